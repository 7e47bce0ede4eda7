"""The organizer's admin: sign in, see the desk, open a call after being told whom it reaches."""

from datetime import timedelta

import pytest
from django.utils import timezone

from correspondence.models import Message
from participants.models import Call
from tests.e2e.conftest import press

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_desk_is_clean(language, admin, clean, call):
    page = admin("/admin/", language=language)
    assert call.workshop.reference in page.inner_text("body")
    clean(page)


@pytest.mark.parametrize(
    "noun", ["workshops/workshop", "participants/person", "correspondence/message", "workshops/party"]
)
def test_lists_are_clean(noun, admin, clean, call):
    clean(admin(f"/admin/{noun}/"))


def test_an_organizer_opens_a_call_after_seeing_whom_it_reaches(admin, clean, workshop):
    page = admin(f"/admin/workshops/workshop/{workshop.pk}/change/")
    press(page.get_by_role("button", name="Open the call"))
    assert "2 focal points get a letter" in page.inner_text("#content")
    clean(page)
    page.fill("[name=day]", (timezone.now() + timedelta(days=30)).date().isoformat())
    page.fill("[name=time]", "17:00")
    press(page.get_by_role("button", name="Open 1 call"))
    assert "1 call opened." in page.inner_text("body")
    assert Call.objects.get().deadline_zone == "Etc/GMT+12"
    assert Message.objects.filter(kind="call-notification").count() == 2
