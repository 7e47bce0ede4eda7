"""Asking for more time after the deadline, on a phone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from participants.models import Call
from tests.e2e.conftest import PHONE, press

pytestmark = pytest.mark.e2e


def test_after_the_deadline_more_time_is_asked_for_on_a_phone_e34(visit, clean, call, nomination_page):
    Call.objects.filter(pk=call.pk).update(
        opened_at=timezone.now() - timedelta(days=9), deadline_at=timezone.now() - timedelta(hours=1)
    )
    page = visit(nomination_page, size=PHONE)
    assert "The deadline has passed" in page.inner_text("main")
    clean(page)
    press(page.get_by_role("link", name="Ask for more time"))
    clean(page)
    page.fill("[name=reason]", "The ministry moved to another building.")
    press(page.get_by_role("button", name="Ask for more time"))
    assert "the secretariat has not answered yet" in page.inner_text("main")
    clean(page)
