"""What organizers see of letters that came back, and how they revive an address."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.alerts import alerts
from correspondence.models import DeadAddress, Message
from correspondence.reports import Report
from correspondence.verbs.bounces import record_report
from correspondence.verbs.messages import Recipient
from participants.models import Person
from participants.queries.addresses import came_back, dead_address, missed, with_dead_address
from tests import builders
from tests.conftest import NOW
from tests.correspondence.outbox import acceptance

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)
WORDS = "550 5.1.1 User unknown"


@pytest.fixture
def door(client: Client) -> Client:
    """An organizer's browser."""
    staff = builders.user("staff@secretariat.example", name="Staff", role="organizer", is_staff=True)
    client.force_login(staff)
    return client


def lost(person: Person, number: int = 1) -> Message:
    """A letter to somebody that came back for good."""
    message = acceptance(number, recipient=Recipient(person.name, person.email, "en", person.pk))
    Message.objects.filter(pk=message.pk).update(state="sent", sent_at=NOW)
    names = (str(message.pk),)
    record_report(Report("permanent", "", f"<{number}@mx.example>", names, "5.1.1", WORDS), source="mailbox", at=LATER)
    message.refresh_from_db()
    return message


@pytest.fixture
def amal(db: None) -> Person:
    """Somebody whose address, in another script, died."""
    person = builders.person("Amal", "用户@例子.example")
    lost(person)
    return person


def page(door: Client, noun: str, row: object) -> str:
    return door.get(reverse(f"admin:{noun}_change", args=[row])).content.decode()


def test_a_person_shows_that_no_mail_arrives_and_what_came_back(amal: Person, door: Client):
    text = page(door, "participants_person", amal.pk)

    dead = DeadAddress.objects.get()
    assert f'<a href="/admin/correspondence/deadaddress/{dead.pk}/change/">' in text
    assert "No mail goes to 用户@xn--fsqu00a.example since 6 Jan 2014" in text
    assert "What came back" in text
    assert WORDS in text
    assert f"/admin/correspondence/bounce/{dead.bounce_id}/change/" in text


def test_a_person_whom_mail_reaches_shows_nothing(amal: Person, door: Client):
    badr = builders.person("Badr", "badr@ministry.example")
    text = page(door, "participants_person", badr.pk)
    assert "No mail goes to" not in text
    assert "What came back" not in text


def test_a_letter_shows_what_came_back_of_it(amal: Person, door: Client):
    text = page(door, "correspondence_message", Message.objects.get().pk)
    assert "Will never arrive" in text
    assert WORDS in text


@pytest.mark.parametrize("shown", ["correspondence_bounce", "correspondence_deadaddress"])
def test_the_lists_show_them(shown: str, amal: Person, door: Client):
    text = door.get(reverse(f"admin:{shown}_changelist")).content.decode()
    assert "用户@xn--fsqu00a.example" in text
    assert WORDS in text
    row = DeadAddress.objects.get() if shown.endswith("deadaddress") else DeadAddress.objects.get().bounce
    assert row is not None
    assert 'name="_save"' not in page(door, shown, row.pk)


def test_an_address_works_again_after_two_steps(amal: Person, door: Client):
    dead = DeadAddress.objects.get()
    data = {"action": "revive", "_selected_action": str(dead.pk)}
    address = reverse("admin:correspondence_deadaddress_changelist")

    asked = door.post(address, data).content.decode()
    assert "Write to 1 address again" in asked
    dead.refresh_from_db()
    assert dead.revived_at is None
    told = door.post(address, data | {"counted": "1", "confirm": "1"}, follow=True).content.decode()
    assert "1 address is written to again." in told

    assert DeadAddress.objects.get().revived_at is not None
    assert "Address works again" not in page(door, "correspondence_deadaddress", dead.pk)
    assert "No mail goes to" not in page(door, "participants_person", amal.pk)
    again = door.post(address, data | {"counted": "1", "confirm": "1"}, follow=True).content.decode()
    assert "This address works again already." in again


def test_people_by_what_mail_reaches_them(amal: Person):
    focal = builders.focal_point(builders.party())
    lost(focal.person, 2)
    builders.person("Badr", "badr@ministry.example")

    assert set(with_dead_address()) == {amal, focal.person}
    assert list(missed(NOW.date())) == [focal.person]
    assert [bounce.status for bounce in came_back(amal)] == ["5.1.1"]
    assert dead_address(builders.person("Nobody", "")) is None
    assert dead_address(builders.person("Old", "no address")) is None


def test_the_desk_counts_whom_mail_should_reach_and_the_list_shows_the_same(amal: Person, door: Client):
    focal = builders.focal_point(builders.party())
    practice = builders.programme("practice", rehearsal_of=builders.programme())
    acting = builders.person("Actor", "actor@rehearsal.example", rehearsal=practice)
    builders.focal_point(builders.party("EGY", "Egypt"), who=acting)
    for number, each in enumerate((focal.person, acting), start=2):
        lost(each, number)

    found = [alert for alert in alerts(timezone.now()) if "does not reach" in alert.text]

    assert [alert.text for alert in found] == ["Mail does not reach 1 person who is invited or a focal point"]
    listed = door.get(found[0].address).content.decode()
    assert focal.person.name in listed
    assert "Amal" not in listed
    every = door.get(reverse("admin:participants_person_changelist"), {"mail": "dead"}).content.decode()
    assert "Amal" in every


def test_an_ended_mandate_needs_no_letter(amal: Person):
    builders.focal_point(builders.party(), who=amal, valid_to=NOW.date())
    with time_machine.travel(NOW, tick=False):
        assert not missed(NOW.date()).exists()
        assert missed(NOW.date() - timedelta(days=1)).exists()
