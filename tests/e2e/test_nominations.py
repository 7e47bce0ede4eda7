"""The pages of nominating in a browser: the whole story of a call, and each page on a phone, by keyboard, in Arabic."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.actors import Actor
from accounts.tokens import derive
from correspondence.verbs.delivery import deliver_due
from participants.models import (
    Call,
    Endorsement,
    FocalPoint,
    Nomination,
    NominationDocument,
    NominationDraft,
    PersonalLink,
)
from participants.models.calls import PlanningSignatures
from participants.verbs.candidates import Candidate
from participants.verbs.documents import attach_document
from participants.verbs.drafts import save_draft
from participants.verbs.nominations import nominate
from tests import builders
from tests.e2e.conftest import DESKTOP, PHONE, press

pytestmark = pytest.mark.e2e

CBD, FAO = "cbd-fp1.jor@ministry.example", "omar@agriculture.example"


@pytest.fixture
def fao(workshop) -> FocalPoint:
    """The FAO focal point of Jordan."""
    return builders.focal_point(builders.party(), "FAO-FP", builders.person("Omar Haddad (synthetic)", FAO))


@pytest.fixture
def paper(tmp_path):
    """Make a small real PDF with a name."""

    def made(name: str):
        path = tmp_path / name
        path.write_bytes(b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n% " + name.encode())
        return path

    return made


@pytest.fixture
def both(call: Call, fao) -> Call:
    """The call, asking for two signatures on the second track."""
    Call.objects.filter(pk=call.pk).update(planning_signatures=PlanningSignatures.BOTH)
    call.refresh_from_db()
    return call


@pytest.fixture
def cbd(call) -> Actor:
    """The CBD focal point of Jordan, acting."""
    person = FocalPoint.objects.get(party="JOR", kind="CBD-FP1").person
    return Actor(label=person.name, person_id=person.pk)


def page_of(live_server, call: Call, kind: str = "CBD-FP1") -> str:
    """Return the address of a letter's link for a focal point of Jordan."""
    link = PersonalLink.objects.filter(call=call, person__mandates__kind=kind, party="JOR").latest("created_at")
    return f"{live_server.url}/my/nominate/{derive(link.pk)}/"


def sent(call: Call, by: Actor, number: int, track: str = "biodiversity") -> Nomination:
    """A nomination of Jordan."""
    person = Candidate(name=f"Nominee {number} (synthetic)", email=f"nominee{number}@ministry.example")
    return nominate(
        call, party=builders.party(), candidate=person, track=track, sector="forest", by=by, at=timezone.now()
    )


def fill_in(page, name: str, track: str, sector: str, *papers) -> None:
    page.fill("[name=name]", name)
    page.fill("[name=email]", f"{name.split(maxsplit=1)[0].lower()}@ministry.example")
    page.select_option("[name=track]", track)
    page.select_option("[name=sector]", sector)
    for kind, path in zip(("letter", "form", "cv"), papers, strict=False):
        page.set_input_files(f"[name={kind}]", path)


def sign_in_by_code(page, address: str) -> None:
    """Ask for a code, read it in the mail, and come in."""
    page.fill("[name=address]", address)
    press(page.get_by_role("button", name="Mail me a code"))
    deliver_due(at=timezone.now())
    letter = next(
        each for each in reversed(mail.outbox) if address in each.to[0] and "code" in str(each.subject).lower()
    )
    found = re.search(r"\b\d{4}[  ]?\d{4}\b", str(letter.body))
    assert found is not None
    page.fill("[name=code]", found.group())
    press(page.get_by_role("button", name="Sign in"))


def open_and_notify(desk) -> None:
    """Open the call in the admin with two signatures on the second track, and let its letters go."""
    press(desk.get_by_role("button", name="Open the call"))
    desk.fill("[name=day]", (timezone.now() + timedelta(days=30)).date().isoformat())
    desk.fill("[name=time]", "17:00")
    desk.get_by_text("Tracks, sectors, papers, reminders").click()
    desk.select_option("[name=planning_signatures]", "both")
    press(desk.get_by_role("button", name="Open 1 call"))
    press(desk.get_by_role("button", name="Send 3 letters"))
    assert deliver_due(at=timezone.now()) == 3


def nominate_two(page, clean, papers) -> None:
    """Nominate one expert on each track, with all papers at once."""
    press(page.get_by_role("link", name="Workshop for Western Asia").first)
    clean(page)
    for name, track, sector in (
        ("Layla Mansour", "biodiversity", "conservation"),
        ("Yusuf Qasim", "planning", "agriculture"),
    ):
        press(page.get_by_role("link", name="Nominate an expert"))
        fill_in(page, name, track, sector, *papers)
        press(page.get_by_role("button", name="Nominate this expert"))
        assert "received" in page.inner_text("main")
    assert "Waiting for the FAO focal point to sign: Omar Haddad (synthetic)" in page.inner_text("main")
    clean(page)


def read_and_sign(page, clean, letter) -> None:
    """Open the dossier and one of its papers, then sign with the second letter."""
    press(page.get_by_role("link", name="Workshop for Western Asia").first)
    press(page.get_by_role("link", name="Read and sign"))
    clean(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Curriculum vitae").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-1.4")
    page.set_input_files("[name=second-letter]", letter)
    press(page.get_by_role("button", name="Sign this nomination"))
    assert "it is complete in signatures" in page.inner_text("main")


def states() -> dict[str, str]:
    return dict(Nomination.objects.values_list("person__name", "state"))


def test_two_experts_on_two_tracks_from_the_open_call_to_the_dossiers(
    admin, visit, clean, workshop, fao, paper, live_server
):
    desk = admin(f"/admin/workshops/workshop/{workshop.pk}/change/")
    open_and_notify(desk)
    page = visit(f"{live_server.url}/my/sign-in/", size=PHONE)
    sign_in_by_code(page, CBD)
    nominate_two(page, clean, [paper(f"{kind}.pdf") for kind in ("letter", "form", "cv")])
    assert states() == {"Layla Mansour": "submitted", "Yusuf Qasim": "waiting"}
    assert NominationDocument.objects.count() == 6

    deliver_due(at=timezone.now())
    assert any(FAO in each.to[0] and "Yusuf Qasim" in str(each.body) for each in mail.outbox)
    second = visit(f"{live_server.url}/my/sign-in/", size=PHONE)
    sign_in_by_code(second, FAO)
    read_and_sign(second, clean, paper("fao-letter.pdf"))
    assert states() == {"Layla Mansour": "submitted", "Yusuf Qasim": "submitted"}
    assert sorted(Endorsement.objects.values_list("channel", flat=True)) == ["cbd", "cbd", "fao"]

    desk.goto(f"{live_server.url}/admin/participants/nomination/")
    assert "Layla Mansour" in desk.inner_text("#result_list")
    press(desk.get_by_role("link", name=Nomination.objects.get(person__name="Yusuf Qasim").reference).first)
    dossier = desk.inner_text("#content")
    assert "fao-letter.pdf" in dossier
    assert "Omar Haddad (synthetic)" in dossier


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_every_page_is_clean_on_a_phone(language, direction, visit, clean, both, cbd, live_server, organizer):
    first, second = sent(both, cbd, 1), sent(both, cbd, 2, "planning")
    attach_document(
        first, "cv", data=b"%PDF-1.4\n%%EOF\n", name="a-rather-long-name-of-a-file.pdf", by=cbd, at=timezone.now()
    )
    jordan = builders.party()
    draft = save_draft(both, jordan, {"name": "Nour"}, by=cbd, at=timezone.now())
    url = page_of(live_server, both)
    page = visit(url, size=PHONE, language=language)
    assert page.locator("html").get_attribute("dir") == direction
    steps = (
        "new/",
        f"drafts/{draft.pk}/",
        f"drafts/{draft.pk}/discard/",
        f"{first.pk}/replace/",
        f"{first.pk}/papers/",
    )
    for step in ("", *steps, f"{first.pk}/withdraw/"):
        page.goto(url + step)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], step
        clean(page)
    page.goto(f"{page_of(live_server, both, 'FAO-FP')}{second.pk}/sign/")
    assert page.url.endswith("/sign/")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    clean(page)


def test_the_lists_in_dispute_are_clean_and_explained_e10(visit, clean, call, cbd, live_server):
    secondary = builders.focal_point(builders.party(), "CBD-FP2")
    for number in (1, 2):
        sent(call, cbd, number)
    builders_link = PersonalLink.objects.filter(person=secondary.person)
    assert not builders_link.exists()  # named after the call was opened: comes in by a code
    page = visit(f"{live_server.url}/my/sign-in/?next=/my/calls/{call.pk}/JOR/", size=PHONE)
    sign_in_by_code(page, secondary.person.email)
    press(page.get_by_role("link", name="We do not agree with this list"))
    clean(page)
    assert "nobody of either is selected" in page.inner_text("main")
    fill_in(page, "Huda Nasser", "biodiversity", "forest")
    press(page.get_by_role("button", name="Nominate against this list"))
    assert set(Nomination.objects.values_list("state", flat=True)) == {"disputed"}
    assert "which focal point stood on the date of the letter" in page.inner_text("main")
    clean(page)


def test_without_scripts_a_draft_is_saved_gone_on_with_and_sent(visit, nomination_page, paper):
    page = visit(nomination_page, size=PHONE, scripts=False)
    press(page.get_by_role("link", name="Nominate an expert"))
    page.fill("[name=name]", "N’Guessan Aïssatou")
    page.set_input_files("[name=cv]", paper("cv.pdf"))
    press(page.get_by_role("button", name="Save and go on later"))
    assert NominationDraft.objects.get().fields["name"] == "N’Guessan Aïssatou"
    assert not Nomination.objects.exists()
    press(page.get_by_role("link", name="Go on"))
    assert page.input_value("[name=name]") == "N’Guessan Aïssatou"
    assert "“cv.pdf” is here already" in page.inner_text("form.form")
    page.fill("[name=email]", "aissatou@ministry.example")
    page.select_option("[name=track]", "planning")
    page.select_option("[name=sector]", "agriculture")
    page.set_input_files("[name=letter]", paper("letter.pdf"))
    press(page.get_by_role("button", name="Nominate this expert"))
    nomination = Nomination.objects.get()
    assert (nomination.person.name, nomination.track, nomination.rank) == ("N’Guessan Aïssatou", "planning", 1)
    assert sorted(nomination.documents.values_list("kind", flat=True)) == ["cv", "letter"]
    assert nomination.reference in page.inner_text("main")
    assert not NominationDraft.objects.exists()


def test_an_error_names_its_field_and_keeps_what_was_written_and_the_papers(visit, clean, nomination_page, paper):
    page = visit(f"{nomination_page}new/", scripts=True, size=PHONE)
    page.fill("[name=name]", "Suharyanto")
    page.fill("[name=email]", "not an address")
    page.set_input_files("[name=cv]", paper("cv.pdf"))
    press(page.get_by_role("button", name="Nominate this expert"))
    assert page.input_value("[name=name]") == "Suharyanto"
    assert page.locator("[name=email]").get_attribute("aria-invalid") == "true"
    assert page.locator("a[href='#id_email']").count() == 1
    clean(page)
    page.fill("[name=email]", "suharyanto@ministry.example")
    page.select_option("[name=track]", "biodiversity")
    page.select_option("[name=sector]", "forest")
    press(page.get_by_role("button", name="Nominate this expert"))
    assert list(Nomination.objects.get().documents.values_list("kind", flat=True)) == ["cv"]


def test_the_order_is_changed_by_keyboard_without_scripts(visit, call, cbd, nomination_page):
    one, two = sent(call, cbd, 1), sent(call, cbd, 2)
    page = visit(nomination_page, scripts=False)
    for _step in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('button[name=up]')"):
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith(f"#nomination-{two.pk}")
    one.refresh_from_db()
    two.refresh_from_db()
    assert (two.rank, one.rank) == (1, 2)


def test_a_form_is_filled_in_and_sent_by_keyboard_alone(visit, nomination_page):
    page = visit(f"{nomination_page}new/", size=DESKTOP)
    page.focus("[name=name]")
    for words in ("Sukarno", "", None, "sukarno@ministry.example"):  # name, passport name, gender, address
        if words:
            page.keyboard.type(words)
        page.keyboard.press("Tab")
    for _step in range(30):
        if page.evaluate("document.activeElement.name === 'send'"):
            break
        if page.evaluate("['track', 'sector'].includes(document.activeElement.name)"):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert Nomination.objects.get().person.name == "Sukarno"
