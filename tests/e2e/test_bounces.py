"""What came back in a browser: told on the desk, the person and the letter, and an address revived."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from correspondence.models import DeadAddress, Message
from correspondence.reports import Report
from correspondence.verbs.bounces import record_report
from participants.models import Person
from tests.e2e.conftest import PHONE, press

pytestmark = pytest.mark.e2e


@pytest.fixture
def unreached(call) -> Person:
    """The focal point of Jordan, from whom the call came back."""
    now = timezone.now()
    message = Message.objects.get(to_address="cbd-fp1.jor@ministry.example")
    Message.objects.filter(pk=message.pk).update(state="sent", sent_at=now)
    words = "550 5.1.1 <cbd-fp1.jor@ministry.example>: Recipient address rejected: User unknown"
    record_report(
        Report("permanent", "", "<1@mx.example>", (str(message.pk),), "5.1.1", words), source="mailbox", at=now
    )
    return Person.objects.get(email=message.to_address)


def test_from_the_desk_to_an_address_that_works_again(admin, clean, unreached):
    page = admin("/admin/")
    press(page.get_by_role("link", name="Mail does not reach 1 person who is invited or a focal point"))
    clean(page)
    press(page.get_by_role("link", name=unreached.name))
    own_parts_are_clean(page)
    press(page.get_by_role("link", name="No mail goes to"))
    clean(page)
    press(page.get_by_role("button", name="Address works again"))
    clean(page)
    press(page.get_by_role("button", name="Write to 1 address again"))
    assert "1 address is written to again." in page.inner_text(".messagelist")
    assert DeadAddress.objects.get().revived_at is not None


def own_parts_are_clean(page) -> None:
    """Let axe look at what this page adds to Django's own form, whose lists to choose from have no name."""
    for part in ("ul.alerts", "section.latest"):
        found = Axe().run(page, context=part).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"][:120]) for each in found] == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_read_well_on_a_phone(language, admin, clean, unreached):
    dead = DeadAddress.objects.get()
    page = admin(f"/admin/participants/person/{unreached.pk}/change/", size=PHONE, language=language)
    own_parts_are_clean(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for path in (
        "/admin/correspondence/bounce/",
        f"/admin/correspondence/bounce/{dead.bounce_id}/change/",
        "/admin/correspondence/deadaddress/",
        f"/admin/correspondence/deadaddress/{dead.pk}/change/",
    ):
        clean(admin(path, size=PHONE, language=language))
