"""A participant asks for the letter the visa needs; an organizer moves a workshop and sends a note."""

from datetime import timedelta

import pytest

from correspondence.models import Message
from participants.models import Invitation
from participants.verbs.invitations import accept
from tests.e2e.conftest import DESKTOP, PHONE, press

pytestmark = pytest.mark.e2e


@pytest.fixture
def accepted(invitation_page, organizer) -> Invitation:
    """The invitation of the page, accepted."""
    invitation = Invitation.objects.get()
    return accept(invitation, by=organizer, at=invitation.invited_at)


@pytest.mark.parametrize(("language", "size"), [("en", PHONE), ("ar", DESKTOP)])
def test_a_participant_asks_for_the_letter_for_the_visa(language, size, visit, clean, accepted, invitation_page):
    page = visit(invitation_page, size=size, language=language)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    press(page.locator("form[action$='visa-letter/'] button"))
    assert page.url == invitation_page
    assert Message.objects.get(kind="visa-support").person_key == accepted.nomination.person_id
    clean(page)


def test_an_organizer_moves_a_workshop_by_keyboard(admin, clean, accepted, workshop):
    page = admin(f"/admin/workshops/workshop/{workshop.pk}/change/", size=PHONE)
    press(page.get_by_role("button", name="Move to other days"))
    clean(page)
    page.fill("[name=starts_on]", str(workshop.starts_on + timedelta(days=7)))
    page.fill("[name=ends_on]", str(workshop.ends_on + timedelta(days=7)))
    page.fill("[name=reason]", "The venue was damaged by a flood.")
    press(page.locator("[name=confirm]"))
    workshop.refresh_from_db()
    assert workshop.revision == 1
    assert Message.objects.filter(kind="postponement", held=True).count() == 2
    clean(page)
