"""The terms of a call in a browser: folded away, found again, changed; and a workshop that is put off."""

from datetime import timedelta

import pytest
from django.utils import timezone

from participants.models import Person
from participants.verbs.extensions import extend_call
from participants.verbs.put_offs import put_off_workshop
from tests.e2e.conftest import DESKTOP, PHONE, press

pytestmark = pytest.mark.e2e
SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])


def fits(page) -> bool:
    """Whether nothing sticks out of the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


@SIZES
def test_the_terms_are_folded_away_and_can_all_be_reached_by_keyboard(size, admin, clean, workshop):
    page = admin(f"/admin/workshops/workshop/{workshop.pk}/change/", size=size)
    press(page.get_by_role("button", name="Open the call"))
    assert page.locator("details.more-questions[open]").count() == 0
    for fold in page.locator("details.more-questions > summary").all():
        fold.focus()
        page.keyboard.press("Enter")
    assert page.locator("details.more-questions[open]").count() == 3
    assert page.get_by_label("Experts financed a Party").is_visible()
    clean(page)
    assert fits(page)


def test_what_is_wrong_inside_a_fold_stands_open_beside_its_field(admin, clean, workshop):
    page = admin(f"/admin/workshops/workshop/{workshop.pk}/change/", size=PHONE)
    press(page.get_by_role("button", name="Open the call"))
    page.get_by_text("Reference and wording").click()
    page.fill("[name=file_reference]", "SCBD/ABS/833612 1 March 2014")
    press(page.get_by_role("button", name="Open 1 call"))
    assert "This can be read as" in page.inner_text("details[open]")
    clean(page)


@SIZES
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_of_an_extended_call_is_clean(size, language, admin, clean, call, organizer):
    later = call.deadline_at + timedelta(days=14)
    extend_call(call, later, "Asia/Amman", reason="Several Parties asked.", by=organizer, at=timezone.now())
    page = admin(f"/admin/participants/call/{call.pk}/change/", size=size, language=language)
    assert "Several Parties asked." in page.inner_text("#content")
    clean(page)
    assert fits(page)


@SIZES
def test_the_public_page_of_a_workshop_put_off_is_clean(size, visit, live_server, clean, call, workshop, organizer):
    Person.objects.update(language="en")
    put_off_workshop(workshop, "A flood.", by=organizer, at=timezone.now())
    page = visit(f"{live_server.url}/workshops/{workshop.slug}/", size=size)
    assert "Put off until further notice." in page.inner_text("main")
    clean(page)
    assert fits(page)
