"""Two reviewers score: one on a phone, one at a desk; an organizer names them and sees what they gave."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from participants.models import Nomination, Review, Reviewer
from participants.verbs.candidates import Candidate
from participants.verbs.documents import attach_document
from participants.verbs.nominations import nominate
from participants.verbs.reviewers import name_reviewer
from tests import builders
from tests.e2e.conftest import DESKTOP, PHONE, press

pytestmark = pytest.mark.e2e

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
WIDTHS = (PHONE, {"width": 768, "height": 1024}, DESKTOP)


@pytest.fixture
def nominees(call, organizer) -> list[Nomination]:
    """Two nominees of Jordan and one of Lebanon, with papers."""
    made = []
    for number, code in enumerate(("JOR", "JOR", "LBN"), start=1):
        row = nominate(
            call,
            party=builders.party(code),
            candidate=Candidate(
                name=f"Nominee {number} (synthetic)",
                email=f"nominee{number}@ministry.example",
                position="Head of the section for drylands (synthetic)",
            ),
            track="biodiversity" if number == 1 else "planning",
            sector="forest",
            expertise="Restoration of drylands; ten years of field work with herders, farmers and foresters.",
            signature=builders.official(),
            by=organizer,
            at=timezone.now(),
        )
        for kind in ("letter", "cv"):
            name = f"{kind}-of-nominee-{number}-with-a-rather-long-name.pdf"
            attach_document(row, kind, data=PDF, name=name, by=organizer, at=timezone.now())
        made.append(row)
    return made


@pytest.fixture
def reviewers(call, organizer):
    """Lara, compatriot of Lebanon, and Emad, of neither Party."""
    parties = {"Lara": builders.party("LBN"), "Emad": builders.party("EGY", "Egypt")}
    for name, party in parties.items():
        user = builders.user(f"{name}@review.example".lower(), name=f"{name} (synthetic)", role="reviewer")
        name_reviewer(call, user, party, by=organizer, at=timezone.now())


def sign_in(page: Page, name: str) -> None:
    page.fill("[name=username]", f"{name}@review.example".lower())
    page.fill("[name=password]", "correct horse battery")
    press(page.get_by_role("button", name="Sign in", exact=True).last)


def give(page: Page, *points: int) -> None:
    for scale, given in zip(page.locator("fieldset.points").all(), points, strict=True):
        scale.get_by_role("radio", name=str(given), exact=True).check()
    press(page.get_by_role("button", name="Give these points"))


def score_on_a_phone(phone: Page, clean) -> None:
    """Lara finds the call, opens a paper, and scores the first nominee 67."""
    sign_in(phone, "Lara")
    assert "0 of 2 scored" in phone.inner_text("main")
    press(phone.get_by_role("link", name="Workshop for Western Asia"))
    assert "1 nominee of your own Government (Lebanon) is scored by others." in phone.inner_text("main")
    press(phone.get_by_role("link", name="Nominee 1 (synthetic)"))
    clean(phone)
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Curriculum vitae").click()
    assert download.value.path().read_bytes() == PDF
    give(phone, 4, 2, 3)
    assert "67 of 100" in phone.inner_text("main")
    clean(phone)


def score_at_a_desk(desk: Page, clean) -> None:
    """Emad sees nothing of Lara, forgets the points, gives them, sees both, and goes on to the next nominee."""
    sign_in(desk, "Emad")
    press(desk.get_by_role("link", name="Workshop for Western Asia"))
    press(desk.get_by_role("link", name="Nominee 1 (synthetic)"))
    assert "Lara" not in desk.inner_text("main")
    press(desk.get_by_role("button", name="Give these points"))
    assert "Choose the points." in desk.inner_text("main")
    clean(desk)
    give(desk, 5, 5, 5)
    said = desk.inner_text("main")
    assert [part for part in ("Lara (synthetic)", "Mean of 2 reviews", "84") if part not in said] == []
    clean(desk)
    press(desk.get_by_role("link", name="Next nominee to score"))
    assert "Nominee 2 (synthetic)" in desk.inner_text("h1")


def test_two_reviewers_score_and_see_each_other_only_afterwards(visit, clean, admin, nominees, reviewers, live_server):
    phone = visit(f"{live_server.url}/my/sign-in/", size=PHONE)
    score_on_a_phone(phone, clean)
    score_at_a_desk(visit(f"{live_server.url}/my/sign-in/", size=DESKTOP), clean)
    phone.reload()
    assert "Others have scored too, so your points stand." in phone.inner_text("main")
    page = admin(f"/admin/participants/nomination/{nominees[0].pk}/change/")
    assert "Mean: 84 of 100" in page.inner_text("#content")


def test_points_are_given_by_keyboard_alone(visit, call, nominees, reviewers, live_server):
    page = visit(f"{live_server.url}/my/sign-in/?next=/my/reviews/{call.pk}/{nominees[0].pk}/", scripts=False)
    sign_in(page, "Lara")
    page.locator("fieldset.points input").first.focus()
    for _criterion in range(3):
        page.keyboard.press("Space")
        for _point in range(4):
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Tab")
    page.keyboard.type("Knows drylands.")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert (Review.objects.get().points, Review.objects.get().note) == (80, "Knows drylands.")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_of_a_reviewer_is_clean_at_three_widths(
    language, visit, clean, call, nominees, reviewers, live_server
):
    dossier = f"/my/reviews/{call.pk}/{nominees[0].pk}/"
    for size in WIDTHS:
        page = visit(f"{live_server.url}/my/sign-in/?next=/my/", size=size, language=language)
        page.fill("[name=username]", "lara@review.example")
        page.fill("[name=password]", "correct horse battery")
        with page.expect_navigation():
            page.locator("[name=password]").press("Enter")
        for path in ("/my/", "/my/reviews/", f"/my/reviews/{call.pk}/", f"/my/reviews/{call.pk}/?show=scored", dossier):
            page.goto(live_server.url + path)
            clean(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        clean(page)
        column = page.locator(".beside > div").evaluate_all("all => all.map(each => each.getBoundingClientRect().top)")
        assert (column[0] == column[1]) == (size is not PHONE)


def test_an_organizer_sets_criteria_and_names_a_reviewer(admin, clean, call, nominees, live_server):
    builders.user("lara@review.example", name="Lara (synthetic)", role="reviewer")
    page = admin(f"/admin/participants/call/{call.pk}/change/")
    press(page.get_by_role("link", name="Criteria for scoring"))
    clean(page)
    page.fill("#id_form-0-weight", "4")
    press(page.get_by_role("button", name="Set the criteria"))
    assert "3 criteria set." in page.inner_text("body")
    page.goto(f"{live_server.url}/admin/participants/reviewer/add/")
    for field, text, option in (
        ("call", call.symbol, call.symbol),
        ("user", "lara", "Lara (synthetic)"),
        ("party", "LBN", "Lebanon"),
    ):
        page.locator(f".field-{field} .select2-selection").click()
        page.locator(".select2-search__field").fill(text)
        page.locator(".select2-results__option", has_text=option).click()
    press(page.get_by_role("button", name="Save", exact=True))
    assert list(Reviewer.objects.values_list("user__name", "party")) == [("Lara (synthetic)", "LBN")]
    assert list(call.scored.values_list("weight", flat=True)) == [4, 1, 2]
    clean(page)
