"""The directory of focal points: usable on a phone and by keyboard, and a focal point's own page of it."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page

from accounts.actors import Actor
from participants.models import FocalPoint, Person
from participants.verbs.deputies import name_deputy
from participants.verbs.focal_points import designate
from tests import builders
from tests.e2e.conftest import DESKTOP, PHONE, press

pytestmark = pytest.mark.e2e


@pytest.fixture
def rana(transactional_db: None, organizer: Actor, now) -> FocalPoint:
    """Jordan's focal point with one before and a deputy; Lebanon has two at once, Egypt none."""
    jordan, lebanon = builders.party("JOR", "Jordan"), builders.party("LBN", "Lebanon")
    builders.party("EGY", "Egypt")
    nabil = builders.focal_point(jordan, who=builders.person("Nabil Haddad", "nabil@ministry.example"))
    person = builders.person("Rana Al-Ali", "rana@ministry.example", position="Director, Ministry of Environment")
    mandate = designate(
        jordan,
        person,
        "CBD-FP1",
        valid_from=date(2012, 1, 1),
        designation="MoE/12/2011",
        letter=b"%PDF-1.4\n% synthetic\n%%EOF\n",
        letter_name="letter.pdf",
        succeeds=nabil,
        by=organizer,
        at=now,
    )
    name_deputy(mandate, name="Layla Nasser", email="layla@ministry.example", language="en", by=organizer, at=now)
    builders.focal_point(jordan, "FAO-FP")
    for name in ("Samir Khoury", "Hadi Mansour"):
        builders.focal_point(lebanon, who=builders.person(name, f"{name}@x.example".replace(" ", ".").lower()))
    return mandate


def fits(page: Page) -> bool:
    """Whether the page is no wider than the window; what is wider scrolls inside its own box."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_directory_of_a_day_is_clean(size, language, admin, clean: Callable[[Page], None], rana):
    page = admin("/admin/participants/focalpoint/directory/", size=size, language=language)
    assert "Rana Al-Ali" in page.inner_text("#content")
    assert fits(page)
    clean(page)


def test_the_directory_is_asked_and_leads_to_a_mandate_by_keyboard(admin, rana):
    page = admin("/admin/participants/focalpoint/directory/")
    page.select_option("[name=only]", "gaps")
    page.focus("[name=only]")
    with page.expect_navigation():
        page.get_by_role("button", name="Show").press("Enter")
    assert "only=gaps" in page.url
    page.get_by_role("link", name="Rana Al-Ali").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert str(rana.pk) in page.url


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_page_of_a_mandate_is_clean(size, admin, clean: Callable[[Page], None], rana):
    page = admin(f"/admin/participants/focalpoint/{rana.pk}/change/", size=size)
    assert "MoE/12/2011" in page.inner_text("#content")
    clean(page)


def test_a_successor_is_recorded_with_the_letter(admin, clean, rana, tmp_path: Path):
    scan = tmp_path / "letter.pdf"
    scan.write_bytes(b"%PDF-1.4\n% synthetic letter of designation\n%%EOF\n")
    page = admin(f"/admin/participants/focalpoint/{rana.pk}/change/")
    press(page.get_by_role("button", name="Record a successor"))
    clean(page)
    page.fill("[name=name]", "Huda Saleh")
    page.fill("[name=email]", "huda@ministry.example")
    page.fill("[name=designation]", "MoE/1/2014")
    page.set_input_files("[name=scan]", scan)
    press(page.get_by_role("button", name="Record the successor for 1 mandate"))
    assert "1 successor recorded." in page.inner_text("body")
    kept = FocalPoint.objects.get(person__name="Huda Saleh").letter
    assert kept is not None
    assert kept.name == "letter.pdf"


def sign_in(visit, live_server, person: Person, **options) -> Page:
    user = builders.user("rana@people.example")
    Person.objects.filter(pk=person.pk).update(user=user)
    page: Page = visit(f"{live_server.url}/my/sign-in/?next=/my/party/", **options)
    page.fill("[name=username]", user.email)
    page.fill("[name=password]", "correct horse battery")
    press(page.locator("form:has([name=password]) button:not([name=language])").last)
    return page


def test_a_focal_point_names_and_ends_a_deputy_on_a_phone(visit, live_server, clean, rana):
    page = sign_in(visit, live_server, rana.person, size=PHONE)
    assert "Everybody who speaks for Jordan today" in page.inner_text("main")
    assert fits(page)
    clean(page)
    press(page.get_by_role("link", name="Name a deputy"))
    clean(page)
    page.fill("[name=name]", "Omar Saleh")
    page.fill("[name=email]", "omar@ministry.example")
    page.select_option("[name=language]", "en")
    press(page.get_by_role("button", name="Name 1 deputy"))
    assert "Omar Saleh is your deputy now" in page.inner_text("main")
    press(page.get_by_role("link", name=re.compile("Omar Saleh")))
    clean(page)
    press(page.get_by_role("button", name="End 1 deputy"))
    assert "Omar Saleh is no longer your deputy." in page.inner_text("main")
