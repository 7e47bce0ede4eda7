"""The outbox in a browser: three people are invited, their letters read, one edited, one left out, two sent and watched."""

from datetime import timedelta

import pytest
from django.utils import timezone

from correspondence.models import Mailing, Message
from correspondence.verbs.delivery import deliver_due
from correspondence.verbs.relay import stop_mail
from participants.models import Nomination
from participants.verbs.calls import close_call
from participants.verbs.candidates import Candidate
from participants.verbs.nominations import nominate
from tests import builders
from tests.decisions import decide
from tests.e2e.conftest import PHONE, press

pytestmark = pytest.mark.e2e

SELECTED = "/admin/participants/nomination/?state__exact=selected"
NAMES = ["Amal Haddad", "陈明", "N’Guessan Aïssatou"]


@pytest.fixture
def selected(call, organizer) -> list[Nomination]:
    """Three people of two Parties, selected and not invited yet; letters written so far are out of the way."""
    now = timezone.now()
    for name, code in zip(NAMES, ["JOR", "JOR", "LBN"], strict=True):
        person = Candidate(name=name, email=f"person.{NAMES.index(name)}@ministry.example")
        nominate(
            call, party=builders.party(code), candidate=person, track="biodiversity", sector="forest",
            signature=builders.official(), by=organizer, at=now,
        )  # fmt: skip
    close_call(call, by=organizer, at=now)
    decide(call, by=organizer, at=now)
    Message.objects.update(state="sent", sent_at=now)
    return list(call.nominations.order_by("reference"))


def invite_all(page) -> None:
    """Ask for the invitations of all who are listed, answer the questions, and arrive at their mailing."""
    for box in page.locator("[name=_selected_action]").all():
        box.check()
    page.select_option("[name=action]", "invite")
    press(page.locator("button[name=index]"))
    page.fill("[name=day]", (timezone.now() + timedelta(days=14)).date().isoformat())
    page.fill("[name=time]", "17:00")
    press(page.locator("button[name=confirm]"))


def row(page, name: str):
    return page.locator("table.letters-of tbody tr", has_text=name)


def change(page, name: str, subject: str) -> None:
    """Give one letter another subject on its own page."""
    press(row(page, name).get_by_role("link", name="Edit"))
    page.fill("[name=subject]", subject)
    press(page.get_by_role("button", name="Change the letter"))


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_three_are_invited_one_letter_is_edited_one_left_out_two_are_sent(scripts, admin, clean, selected):
    page = admin(SELECTED, scripts=scripts)
    invite_all(page)
    assert "3 letters are written and not sent yet." in page.inner_text("#progress")
    assert sorted(each.inner_text() for each in page.locator("tbody th bdi").all()) == sorted(NAMES)
    assert Message.objects.filter(kind="invitation", held=True).count() == 3
    change(page, "Amal", "Please come to Amman")
    assert "Please come to Amman" in row(page, "Amal").inner_text()
    press(row(page, "陈明").get_by_role("button", name="Leave out"))
    press(page.get_by_role("button", name="Send 2 letters"))
    assert "2 letters are on their way." in page.inner_text("body")
    assert "0 of 2 sent" in page.inner_text("#progress")

    assert deliver_due(at=timezone.now()) == 2

    if not scripts:
        press(page.get_by_role("link", name="Refresh the page"))
    page.get_by_text("2 of 2 sent").wait_for(timeout=10_000)
    assert page.locator("#progress[hx-get]").count() == 0
    states = dict(Message.objects.filter(kind="invitation").values_list("to_name", "state"))
    assert states == {"Amal Haddad": "sent", "陈明": "cancelled", "N’Guessan Aïssatou": "sent"}
    press(row(page, "Amal").get_by_role("link", name="Please come to Amman"))
    assert "Please come to Amman" in page.inner_text(".sheet")
    assert page.locator("#attempts-group tbody tr.form-row").count() == 1


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pages_of_a_mailing_are_clean_on_a_phone(language, admin, clean, selected, organizer):
    page = admin(SELECTED, language=language)
    invite_all(page)
    page.set_viewport_size(PHONE)
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    for inside in (
        None,
        row(page, "Amal").locator("td:last-child a"),
        page.locator(".submit-row a"),
        page.locator("#send"),
    ):
        if inside is not None:
            press(inside)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        clean(page)
    stop_mail(by=organizer, at=timezone.now())
    page.locator(".late-note").wait_for(timeout=10_000)
    clean(page)


def test_the_outbox_and_the_mail_server(admin, clean, selected, organizer):
    page = admin("/admin/correspondence/mailing/")
    assert not Mailing.objects.exists()
    page.goto(page.url.replace("mailing", "message"))
    clean(page)
    press(page.get_by_role("link", name="Mail server"))
    clean(page)
    press(page.get_by_role("button", name="Stop all mail"))
    assert "All mail is stopped since" in page.inner_text("#content")
    clean(page)
    stop_mail(by=organizer, at=timezone.now())
    press(page.get_by_role("button", name="Start mail again"))
    assert "Letters go out." in page.inner_text("#content")
