"""The letterhead's form stands where other nouns have their list."""

from django.test import Client
from django.urls import reverse

from accounts.models import ActivityEntry
from correspondence.models import Letterhead

FORM = {"organization_en": "Secretariat", "organization_ar": "الأمانة", "signatory_en": "Executive Secretary"}
FORM |= {"address": "World Trade Centre\r\nMontreal", "signatory_name": "A. Synthetic"}


def address() -> str:
    return reverse("admin:correspondence_letterhead_changelist")


def test_it_is_written_and_changed_on_one_page(door: Client):
    assert 'name="organization_en"' in door.get(address()).content.decode()

    got = door.post(address(), FORM, follow=True)
    assert got.redirect_chain == [(address(), 302)]
    assert "A. Synthetic" in got.content.decode()
    door.post(address(), FORM | {"signatory_name": ""})

    row = Letterhead.objects.get()
    assert row.organization == {"en": "Secretariat", "ar": "الأمانة"}
    assert (row.address, row.signatory_name) == ("World Trade Centre\nMontreal", "")
    assert [entry.verb for entry in ActivityEntry.objects.all()] == ["write_letterhead", "write_letterhead"]


def test_a_refusal_stands_beside_its_field(door: Client):
    shown = door.post(address(), FORM | {"organization_en": "Secretariat {link}"}).content.decode()

    assert "Braces have no place in a letterhead." in shown
    assert not Letterhead.objects.exists()


def test_there_is_one(door: Client):
    door.post(address(), FORM)

    assert door.get(reverse("admin:correspondence_letterhead_add")).status_code == 403
    assert door.get(reverse("admin:correspondence_letterhead_delete", args=["1"])).status_code == 403
