"""Registering in stages on a phone: from the mailed link to the confirmed registration, in two scripts, also without scripts."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.core import mail
from django.utils import timezone
from PIL import Image
from playwright.sync_api import FilePayload, Page

from correspondence.models import Message
from correspondence.verbs.delivery import deliver_due
from participants.models import (
    EmergencyContact,
    Invitation,
    Needs,
    PersonalLink,
    Registration,
    RegistrationQuestion,
    TravelDocument,
)
from participants.models.asked import AnswerKind
from participants.models.registrations import RegistrationStage
from tests.e2e.conftest import PHONE, press
from tests.e2e.test_nominations import sign_in_by_code
from workshops.models import Workshop

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

EXPERT = "suharyanto@ministry.example"
GO_ON = "main form [value=next]"


@pytest.fixture
def questions(workshop: Workshop) -> None:
    """Two questions of the organizers in two languages, the second for those alone who say yes to the first."""
    visit = RegistrationQuestion.objects.create(
        workshop=workshop,
        position=1,
        kind=AnswerKind.YES_NO,
        label={"en": "Do you join the field visit?", "ar": "هل تشارك في الزيارة الميدانية؟"},
        needed=True,
    )
    RegistrationQuestion.objects.create(
        workshop=workshop,
        position=2,
        kind=AnswerKind.CHOICE,
        label={"en": "Which size are your boots?", "ar": "ما مقاس حذائك؟"},
        options=[{"key": "40", "label": {"en": "40"}}, {"key": "42", "label": {"en": "42"}}],
        needed=True,
        depends_on=visit,
        depends_value="yes",
    )


@pytest.fixture
def mailed_link(invitation_page: str, questions: None, live_server) -> str:
    """Deliver the letters and take the link out of the invitation, as its reader does."""
    deliver_due(at=timezone.now())
    letters = [str(each.body) for each in mail.outbox if EXPERT in each.to[0]]
    found = [re.search(r"/my/invitation/[\w-]{43}/", body) for body in letters]
    path = next(each.group() for each in found if each)
    assert live_server.url + path == invitation_page
    return invitation_page


@pytest.fixture
def look(clean) -> Callable[[Page], None]:
    """Let axe look at a page, and see that it fits a phone."""

    def at(page: Page) -> None:
        clean(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        small = page.evaluate(
            "[...document.querySelectorAll('main :is(.btn, select, input:not([type=checkbox], [type=radio], [type=hidden]))')]"
            ".filter(each => each.offsetHeight && each.offsetHeight < 44).map(each => each.outerHTML.slice(0, 90))"
        )
        assert small == []

    return at


def photo() -> FilePayload:
    kept = BytesIO()
    Image.new("RGB", (640, 480), "#8fd0a4").save(kept, "JPEG")
    return {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def identity(page: Page, workshop: Workshop) -> None:
    assert page.input_value("[name=badge_name]") == "Suharyanto"
    page.select_option("[name=nationality]", "LBN")
    page.select_option("[name=residence]", "JOR")


def document(page: Page, workshop: Workshop) -> None:
    page.select_option("[name=kind]", "official")
    page.fill("[name=number]", "B1234567")
    page.fill("[name=born_on]", "1975-03-02")
    page.fill("[name=expires_on]", (workshop.ends_on + timedelta(days=60)).isoformat())


def travel(page: Page, workshop: Workshop) -> None:
    page.fill("[name=leaves_from]", "بيروت")
    page.fill("[name=arrives_on]", workshop.starts_on.isoformat())
    page.fill("[name=leaves_on]", workshop.ends_on.isoformat())


def stay(page: Page, workshop: Workshop) -> None:
    page.select_option("[name=lodging]", "home")


def needs(page: Page, workshop: Workshop) -> None:
    page.fill("[name=diet]", "No nuts")


def emergency(page: Page, workshop: Workshop) -> None:
    page.fill("[name=name]", "Dewi")
    page.fill("[name=phone]", "+62 21 555 0100")


def languages(page: Page, workshop: Workshop) -> None:
    page.check("[name=speaks][value=en]")
    page.check("[name=speaks][value=ar]")


def picture(page: Page, workshop: Workshop) -> None:
    page.set_input_files("[name=photo]", files=[photo()])


def answers(page: Page, workshop: Workshop) -> None:
    page.locator("main input[type=radio][value=yes]").check()
    press(page.locator(GO_ON))
    assert page.url.endswith("/register/questions/")
    page.locator("main form.form select").select_option("42")


def consents(page: Page, workshop: Workshop) -> None:
    page.check("[name=may_list]")


FILLED: dict[RegistrationStage, Callable[[Page, Workshop], None]] = {
    RegistrationStage.IDENTITY: identity,
    RegistrationStage.DOCUMENT: document,
    RegistrationStage.TRAVEL: travel,
    RegistrationStage.STAY: stay,
    RegistrationStage.NEEDS: needs,
    RegistrationStage.EMERGENCY: emergency,
    RegistrationStage.LANGUAGES: languages,
    RegistrationStage.PHOTO: picture,
    RegistrationStage.QUESTIONS: answers,
    RegistrationStage.CONSENTS: consents,
}


@pytest.mark.parametrize(
    ("language", "scripts"), [("en", True), ("ar", True), ("en", False)], ids=["en", "ar", "no-scripts"]
)
def test_from_the_mailed_link_to_the_confirmed_registration(
    language, scripts, visit, look, workshop, mailed_link, live_server
):
    page = visit(mailed_link, size=PHONE, language=language, scripts=scripts)
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    press(page.locator("main form[action$='/accept/'] button"))
    if scripts:
        look(page)
    press(page.locator("main a.btn-act"))
    for stage, fill in FILLED.items():
        assert page.url.endswith(f"/register/{stage}/")
        if scripts:
            look(page)
        fill(page, workshop)
        press(page.locator(GO_ON))
    if scripts:
        look(page)
    assert page.url == f"{mailed_link}told/"
    assert "•••••567" in page.inner_text("main")
    assert "B1234567" not in page.content()
    assert Registration.objects.get().state == "begun"
    press(page.locator("main form[action$='/complete/'] button"))
    if scripts:
        look(page)
    row = Registration.objects.get()
    assert (row.state, row.badge_name, row.nationality_id, row.residence_id) == (
        "registered",
        "Suharyanto",
        "LBN",
        "JOR",
    )
    assert (row.speaks, row.may_list, row.photo is not None, row.answers.count()) == (["ar", "en"], True, True, 2)
    assert TravelDocument.objects.get().number == "B1234567"
    assert (Needs.objects.get().diet, EmergencyContact.objects.get().name) == ("No nuts", "Dewi")
    assert Message.objects.filter(kind="registration-received").count() == 1


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until what has the focus is what is meant; it must be seen that it has it."""
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
            return
    pytest.fail(f"{selector} is not reached by Tab")


def test_a_stage_and_a_second_passport_by_keyboard_alone(visit, workshop, mailed_link):
    page = visit(mailed_link)
    tab_to(page, "form[action$='/accept/'] button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, "a[href$='/register/document/']")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, "[name=kind]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "[name=number]")
    page.keyboard.type("B1234567")
    tab_to(page, "summary")
    page.keyboard.press("Enter")
    tab_to(page, "[name=second_number]")
    page.keyboard.type("C7654321")
    tab_to(page, "button[value=later]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert [each.number for each in TravelDocument.objects.all()] == ["B1234567", "C7654321"]
    assert TravelDocument.objects.earliest("position").kind == "official"
    assert page.evaluate("document.activeElement.closest('main, body') !== null")


def test_an_old_link_asks_for_a_mailed_code_and_comes_back_to_the_stage(
    visit, look, workshop, mailed_link, live_server
):
    invitation = Invitation.objects.get()
    made = timezone.now() - timedelta(days=31)
    PersonalLink.objects.filter(invitation=invitation).update(created_at=made)
    page = visit(mailed_link, size=PHONE)
    press(page.locator("main form[action$='/accept/'] button"))
    press(page.locator("a[href$='/register/needs/']"))
    look(page)
    press(page.get_by_role("link", name="Mail me a code"))
    sign_in_by_code(page, EXPERT)
    assert page.url == f"{live_server.url}/my/invitations/{invitation.pk}/register/needs/"
    page.fill("[name=diet]", "No nuts")
    press(page.locator(GO_ON))
    assert Needs.objects.get().diet == "No nuts"


def test_the_pages_are_clean_in_the_dark(browser, clean, workshop, mailed_link, questions):
    context = browser.new_context(viewport=PHONE, locale="ar", color_scheme="dark")
    page = context.new_page()
    page.goto(mailed_link)
    press(page.locator("main form[action$='/accept/'] button"))
    for stage in FILLED:
        page.goto(f"{mailed_link}register/{stage}/")
        clean(page)
    context.close()
