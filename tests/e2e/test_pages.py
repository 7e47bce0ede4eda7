"""Public and personal pages: by keyboard and on a phone, with scripts and without, in English and in Arabic."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.tokens import derive
from participants.models import Invitation, PersonalLink, Registration
from targets.models import TargetItem
from targets.verbs.requests import ask_for_targets
from tests.e2e.conftest import DESKTOP, PHONE, press

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("path", ["/", "/programmes/annex-ii/", "/workshops/amman-2014/", "/decisions/", "/parties/"])
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_public_pages_are_clean(path, language, direction, size, visit, clean, workshop, live_server):
    page = visit(live_server.url + path, size=size, language=language)
    assert page.locator("html").get_attribute("dir") == direction
    assert page.locator("html").get_attribute("lang") == language
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    clean(page)


def test_the_language_is_chosen_without_scripts_and_stays(visit, workshop, live_server):
    page = visit(live_server.url + "/", scripts=False)
    page.select_option("select[name=language]", "ar")
    press(page.locator("form:has(select[name=language]) button"))
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.goto(live_server.url + "/parties/")
    assert page.locator("html").get_attribute("dir") == "rtl"


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_an_invited_expert_accepts_and_registers_on_a_phone(
    language, direction, scripts, visit, clean, invitation_page
):
    page = visit(invitation_page, size=PHONE, language=language, scripts=scripts)
    assert page.locator("html").get_attribute("dir") == direction
    press(page.locator("main form[action$='/accept/'] button"))
    assert Invitation.objects.get().state == "accepted"
    press(page.locator("main a.btn-act"))
    assert page.input_value("[name=badge_name]") == "Suharyanto"
    page.select_option("[name=nationality]", "LBN")
    press(page.locator("main form.form button").first)
    registration = Registration.objects.get()
    assert (registration.badge_name, registration.nationality_id) == ("Suharyanto", "LBN")
    if scripts:
        clean(page)


def test_everything_on_the_invitation_is_reached_by_keyboard(visit, invitation_page):
    page = visit(invitation_page)
    for _step in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('form[action$=\"/accept/\"] button')"):
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_selector("main a.btn-act")
    assert Invitation.objects.get().state == "accepted"


def test_a_focal_point_submits_a_target_without_scripts(visit, workshop, organizer, live_server):
    now = timezone.now()
    ask_for_targets(workshop, due_at=now + timedelta(days=30), by=organizer, at=now)
    link = PersonalLink.objects.get(purpose="targets", party="JOR")
    page = visit(f"{live_server.url}/my/targets/{derive(link.pk)}/", scripts=False)
    page.locator("[name$='-title']").first.fill("Restore degraded rangeland")
    page.locator("[name$='-measure']").first.select_option("restore")
    page.locator("[name$='-as_written']").first.fill("1 500 ha")
    page.locator("[name$='-unit']").first.fill("ha")
    press(page.locator("main form button[type=submit], main form button:not([type])").last)
    item = TargetItem.objects.get()
    assert (item.title, item.as_written, item.hectares) == ("Restore degraded rangeland", "1 500 ha", Decimal(1500))


def test_a_wrong_link_says_what_to_do(browser, live_server, transactional_db):
    page = browser.new_page()
    answer = page.goto(f"{live_server.url}/my/invitation/{'x' * 43}/")
    assert answer is not None
    assert answer.status == 404
    assert "secretariat" in page.inner_text("main")
    page.close()
