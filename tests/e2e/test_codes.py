"""Signing in by a mailed code in a real browser: on a phone, by keyboard, from the right, without scripts."""

import re

import pytest
from django.core import mail
from django.utils import timezone

from correspondence.verbs.delivery import deliver_due
from participants.models import SignInCode
from tests import builders
from tests.e2e.conftest import PHONE, press

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

RANA = "cbd-fp1.jor@ministry.example"


def mailed_code() -> str:
    """Deliver what waits and return the code of the newest letter."""
    deliver_due(at=timezone.now())
    codes = [re.search(r"^\d{8}$", str(letter.body), re.MULTILINE) for letter in mail.outbox]
    return [found.group() for found in codes if found][-1]


def fits(page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_is_clean_and_fits_a_phone(visit, clean, live_server, call, language):
    shared = builders.person("Amal Nasser (synthetic)", RANA.upper(), language="en")
    builders.focal_point(builders.party(), "CHM-FP", shared)
    page = visit(f"{live_server.url}/my/sign-in/", size=PHONE, language=language)
    clean(page)
    assert fits(page)
    page.fill("[name=address]", RANA)
    press(page.locator("form[action$='/send/'] button"))
    clean(page)
    assert fits(page)
    page.fill("[name=code]", "00000000")
    press(page.locator("main form button").first)
    assert page.locator("[name=code]").get_attribute("aria-invalid") == "true"
    clean(page)
    assert fits(page)
    page.fill("[name=code]", mailed_code())
    press(page.locator("main form button").first)
    assert page.url.endswith("/who/")
    clean(page)
    assert fits(page)
    press(page.locator("main form button").first)
    assert page.url == f"{live_server.url}/my/"
    clean(page)
    assert fits(page)


def test_by_keyboard_alone(visit, live_server, call):
    page = visit(f"{live_server.url}/my/sign-in/")
    page.locator("[name=address]").focus()
    page.keyboard.type(RANA)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator("[name=code]").focus()
    page.keyboard.type(mailed_code())
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == f"{live_server.url}/my/"


def test_without_scripts(visit, live_server, call):
    page = visit(f"{live_server.url}/my/sign-in/", scripts=False)
    page.fill("[name=address]", RANA)
    page.get_by_role("button", name="Mail me a code").click()
    page.wait_for_url("**/my/sign-in/code/")
    page.fill("[name=code]", mailed_code())
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/my/")
    assert SignInCode.objects.get().used_at is not None
