"""A reviewer's pages: calls, dossiers, and the score beside the papers; blind until the own score is in."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.actors import Actor
from accounts.models import ActivityEntry
from participants.models import Nomination, Review, Reviewer
from participants.verbs.candidates import Candidate
from participants.verbs.documents import attach_document
from participants.verbs.nominations import nominate, withdraw
from participants.verbs.reviewers import end_reviewer
from participants.verbs.reviews import set_aside
from tests import builders
from tests.participants.conftest import BEFORE
from tests.participants.portal.conftest import PDF
from tests.participants.reviewing import decided, gave, named, nominee

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_february(in_february):
    """Open the pages before the deadline of the call."""


@pytest.fixture
def lara(call, lebanon, organizer):
    return named(call, "Lara", lebanon, by=organizer)


@pytest.fixture
def emad(call, organizer):
    return named(call, "Emad", builders.party("EGY", "Egypt"), by=organizer)


def browser(by) -> Client:
    client = Client()
    client.force_login(by.user)
    return client


@pytest.fixture
def hers(lara) -> Client:
    """Lara's browser."""
    return browser(lara)


def page(row: Nomination) -> str:
    return f"/my/reviews/{row.call_id}/{row.pk}/"


def points(call, *given: int, note: str = "") -> dict[str, object]:
    keys = call.scored.values_list("pk", flat=True)
    return {f"criterion-{key}": each for key, each in zip(keys, given, strict=False)} | {"note": note}


def test_a_reviewer_signs_in_by_password_and_finds_what_to_review(client, call, nomination, lara):
    form = {"username": lara.user.email, "password": "correct horse battery"}
    response = client.post("/my/sign-in/", form, follow=True)
    assert response.redirect_chain == [("/my/", 302)]
    assert "Nominees to review" in response.text
    assert "0 of 1 scored" in response.text
    assert f'href="/my/reviews/{call.pk}/"' in response.text
    assert "Nothing waits for you." not in response.text


def test_the_list_of_calls_tells_how_far_each_is(hers, lara, nomination, call):
    gave(nomination, lara, 3)
    response = hers.get("/my/reviews/")
    assert "1 of 1 scored" in response.text
    assert "All scored" in response.text
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_who_reviews_nothing_is_told_so_and_nobody_comes_in_unnamed(client):
    assert client.get("/my/reviews/")["Location"] == "/my/sign-in/?next=/my/reviews/"
    client.force_login(builders.user("ida@review.example", role="reviewer"))
    assert "No call is yours to review." in client.get("/my/reviews/").text


def test_the_dossiers_of_a_call_leave_compatriots_out_and_tell_their_number(hers, call, nomination, lebanon, organizer):
    other = nominee(call, lebanon, 1, by=organizer)
    response = hers.get(f"/my/reviews/{call.pk}/")
    assert page(nomination) in response.text
    assert page(other) not in response.text
    assert "1 nominee of your own Government (Lebanon) is scored by others." in response.text
    assert "0 of 1 nominees scored" in response.text


def test_the_list_keeps_what_is_open_or_scored(hers, lara, call, nomination, jordan, organizer):
    other = nominee(call, jordan, 2, by=organizer)
    gave(nomination, lara, 3)
    kept = {show: hers.get(f"/my/reviews/{call.pk}/?show={show}").text for show in ("open", "scored", "all", "x")}
    assert {show: (page(nomination) in text, page(other) in text) for show, text in kept.items()} == {
        "open": (False, True),
        "scored": (True, False),
        "all": (True, True),
        "x": (True, True),
    }


def test_the_list_has_pages(hers, call, nomination):
    assert hers.get(f"/my/reviews/{call.pk}/?page=1").status_code == 200
    assert hers.get(f"/my/reviews/{call.pk}/?page=2").status_code == 404
    assert hers.get(f"/my/reviews/{call.pk}/?page=x").status_code == 400


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_list(hers, call, jordan, organizer, count, django_assert_num_queries: DjangoAssertNumQueries):
    call.seats_per_party = 3
    call.save()
    for number in range(count):
        nominee(call, jordan, number, by=organizer)
    with django_assert_num_queries(6):
        assert hers.get(f"/my/reviews/{call.pk}/").text.count('scope="row"') == count


def test_a_dossier_shows_what_is_judged_and_no_address(hers, call, jordan, organizer):
    row = nominee(call, jordan, 2, by=organizer)
    text = hers.get(page(row)).text
    for shown in (
        "Nominee 2 of JOR",
        "Head of section (synthetic)",
        "Restoration of drylands",
        "National biodiversity expert",
        "Jordan is a Party on 15 June 2014.",
        "Sent in time.",
        "Missing: Curriculum vitae.",
        "Relevant expertise and experience",
        "0: not shown, 5: fully shown. Counts 3 times.",
    ):
        assert shown in text
    for hidden in ("nominee2.jor@ministry.example", "+962", "Rank"):
        assert hidden not in text


def test_a_paper_is_opened_beside_the_score_and_logged(hers, nomination, jordanian):
    attach_document(nomination, "cv", data=PDF, name="cv.pdf", by=jordanian, at=BEFORE)
    url = f"{page(nomination)}papers/cv/"
    assert f'href="{url}"' in hers.get(page(nomination)).text
    response = hers.get(url)
    assert (response.status_code, response.content) == (200, PDF)
    assert response["Content-Disposition"].startswith("attachment")
    assert "no-store" in response["Cache-Control"]
    entry = ActivityEntry.objects.get(verb="open_document")
    assert (entry.actor_label, entry.changes) == ("Lara", {"kind": "cv"})
    assert hers.get(f"{page(nomination)}papers/letter/").status_code == 404
    assert hers.post(url).status_code == 405


def test_e04_papers_of_a_joined_nomination_stand_in_the_dossier(hers, call, jordan, jordanian, fao):
    type(call).objects.update(planning_signatures="both")
    call.refresh_from_db()
    of_agriculture = Actor(label="Omar", person_id=fao.person_id)
    first, second = (
        nominate(
            call,
            party=jordan,
            candidate=Candidate(name="Expert", email="expert@ministry.example"),
            track="planning",
            sector="forest",
            by=by,
            at=BEFORE,
        )
        for by in (jordanian, of_agriculture)
    )
    attach_document(second, "letter", data=PDF, name="of-agriculture.pdf", by=of_agriculture, at=BEFORE)
    text = hers.get(page(first)).text
    assert "of-agriculture.pdf" in text
    assert hers.get(f"{page(second)}papers/letter/").content == PDF
    assert hers.get(page(second)).status_code == 404


def test_points_are_given_and_then_others_scores_and_the_next_nominee_appear(
    hers, call, nomination, jordan, emad, organizer
):
    gave(nomination, emad, 4)
    other = nominee(call, jordan, 2, by=organizer)
    before = hers.get(page(nomination)).text
    assert "Emad" not in before
    assert "Mean of" not in before
    response = hers.post(page(nomination), points(call, 4, 2, 3, note="Knows drylands."), follow=True)
    assert response.redirect_chain == [(page(nomination), 302)]
    for shown in ("scored: 67 of 100.", "Emad", "80 of 100", "67 of 100", "Knows drylands.", "Mean of 2 reviews",
                  "<dd>74</dd>", "Others have scored too, so your points stand.", page(other)):  # fmt: skip
        assert shown in response.text
    assert "Score anew" not in response.text


def test_a_form_without_all_points_names_each_gap_and_writes_nothing(hers, call, nomination):
    response = hers.post(page(nomination), points(call, 4))
    assert response.status_code == 422
    assert response.text.count("Choose the points.") == 4  # each on top and beside its field
    first = call.scored.all()[1].pk
    assert f'href="#id_criterion-{first}_0"' in response.text
    assert f'id="id_criterion-{first}_0"' in response.text
    assert hers.post(page(nomination), points(call, 4, 2, 9)).status_code == 422
    assert not Review.objects.exists()


def test_the_only_review_can_be_given_anew_and_a_stale_page_is_refused_with_the_way_out(
    hers, call, nomination, lara, emad
):
    gave(nomination, lara, 2)
    text = hers.get(page(nomination)).text
    assert "Nobody else has scored yet, so you may change your points." in text
    assert re.findall(r'value="(\d)"[^>]* checked', text) == ["2", "2", "2"]
    gave(nomination, emad, 4)
    response = hers.post(page(nomination), points(call, 5, 5, 5))
    assert response.status_code == 422
    assert "Ask an organizer to set your review aside." in response.text
    assert Review.objects.get(reviewer__user=lara.user).points == 40


def test_who_was_set_aside_scores_again_without_seeing_the_others(hers, call, nomination, lara, emad, organizer):
    own = gave(nomination, lara, 2)
    gave(nomination, emad, 4)
    set_aside(own, "Mixed up", by=organizer, at=BEFORE)
    text = hers.get(page(nomination)).text
    assert "Emad" not in text
    assert "Your score" in text
    assert hers.post(page(nomination), points(call, 3, 3, 3)).status_code == 302


def test_compatriots_strangers_and_who_was_ended_find_no_page(
    call, nomination, jordan, lara, hers, organizer, jordanian
):
    attach_document(nomination, "cv", data=PDF, name="cv.pdf", by=jordanian, at=BEFORE)
    compatriot = browser(named(call, "Jamal", jordan, by=organizer))
    assert compatriot.get(f"/my/reviews/{call.pk}/").status_code == 200
    end_reviewer(Reviewer.objects.get(user=lara.user), by=organizer, at=BEFORE)
    stranger = Client()
    stranger.force_login(builders.user("ida@review.example", role="reviewer"))
    for door in (compatriot, stranger, hers, browser(organizer)):
        assert door.get(page(nomination)).status_code == 404
        assert door.get(f"{page(nomination)}papers/cv/").status_code == 404
        assert door.post(page(nomination), points(call, 5, 5, 5)).status_code == 404
    for door in (stranger, hers, browser(organizer)):
        assert door.get(f"/my/reviews/{call.pk}/").status_code == 404
    assert not Review.objects.exists()
    assert not ActivityEntry.objects.filter(verb="open_document").exists()


def test_addresses_that_name_nothing_are_not_found(hers, call, nomination, organizer):
    assert hers.get(f"/my/reviews/{uuid4()}/").status_code == 404
    assert hers.get(f"/my/reviews/{call.pk}/{uuid4()}/").status_code == 404
    withdraw(nomination, by=organizer, at=BEFORE)
    assert hers.get(page(nomination)).status_code == 404


def test_an_organizer_who_reviews_uses_the_same_pages(call, nomination, lebanon, organizer, lara):
    chief = browser(named(call, "Chief", lebanon, by=organizer, role="organizer"))
    gave(nomination, lara, 4)
    assert "Nominees to review" in chief.get("/my/").text
    assert "Lara" not in chief.get(page(nomination)).text
    assert chief.post(page(nomination), points(call, 1, 1, 1)).status_code == 302
    assert "Mean of 2 reviews" in chief.get(page(nomination)).text


def test_after_the_decision_the_pages_are_for_reading(hers, lara, call, nomination):
    gave(nomination, lara, 2)
    decided(call)
    text = hers.get(page(nomination)).text
    assert "nothing is scored any more" in text
    assert "Score anew" not in text
    assert "Decided" in hers.get("/my/reviews/").text
    response = hers.post(page(nomination), points(call, 5, 5, 5))
    assert response.status_code == 422
    assert "This call has an approved selection." in response.text


def test_late_disputed_and_other_governments_are_told(hers, call, nomination, jordan):
    Nomination.objects.update(late=True, state="disputed")
    type(jordan).objects.filter(pk=jordan.pk).update(in_force_on=None)
    text = hers.get(page(nomination)).text
    for shown in ("Sent after the deadline.", "Two lists stand for this Party", "Jordan is no Party on 15 June 2014"):
        assert shown in text


def test_a_practice_copy_says_so(hers, call, nomination):
    real = builders.programme("other")
    type(real).objects.filter(pk=call.workshop.programme_id).update(rehearsal_of=real)
    for url in (f"/my/reviews/{call.pk}/", page(nomination)):
        assert "banner" in hers.get(url).text
