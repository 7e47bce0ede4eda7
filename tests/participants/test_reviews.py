"""Scoring: who may, what counts, and when it is too late to score anew."""

import pytest

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed, Refused
from accounts.models import ActivityEntry
from participants.models import Dispute, Nomination, Review, Reviewer
from participants.verbs.candidates import Candidate
from participants.verbs.nominations import nominate, withdraw
from participants.verbs.reviewers import end_reviewer
from participants.verbs.reviews import score, set_aside
from tests import builders
from tests.participants.conftest import BEFORE, DECIDED
from tests.participants.reviewing import decided, each, gave, named, nominee


@pytest.fixture
def egypt(db):
    return builders.party("EGY", "Egypt")


@pytest.fixture
def lara(call, lebanon, organizer):
    return named(call, "Lara", lebanon, by=organizer)


@pytest.fixture
def emad(call, egypt, organizer):
    return named(call, "Emad", egypt, by=organizer)


def refusal(step, kind=Refused):
    with pytest.raises(kind) as refused:
        step()
    return refused.value.code


def test_points_are_the_weighted_share_and_the_log_does_not_tell_them(nomination, lara):
    review = score(nomination, each(nomination.call, 4, 2, 3), note=" Knows drylands. ", by=lara, at=BEFORE)
    assert (review.points, review.note, review.scored_at, review.set_aside_at) == (67, "Knows drylands.", BEFORE, None)
    assert list(review.marks.order_by("criterion__position").values_list("points", flat=True)) == [4, 2, 3]
    entry = ActivityEntry.objects.get(verb="score")
    assert (entry.subject_key, entry.subject_label) == (str(nomination.pk), nomination.reference)
    assert entry.changes == {"anew": False}


def test_only_a_standing_reviewer_of_the_call_scores(nomination, lara, organizer, jordanian):
    stranger = Actor(label="Ida", user=builders.user("ida@review.example", role="reviewer"))
    for by in (organizer, jordanian, stranger):
        assert refusal(lambda by=by: gave(nomination, by, 3), NotAllowed) == "not_a_reviewer"
    end_reviewer(Reviewer.objects.get(), by=organizer, at=BEFORE)
    assert refusal(lambda: gave(nomination, lara, 3), NotAllowed) == "not_a_reviewer"
    assert not Review.objects.exists()


def test_a_switched_off_account_scores_nothing(nomination, lara):
    type(lara.user).objects.filter(pk=lara.user.pk).update(is_active=False)
    assert refusal(lambda: gave(nomination, lara, 3), NotAllowed) == "not_a_reviewer"


def test_nobody_scores_a_compatriot(call, nomination, lebanon, jordan, lara, organizer):
    assert refusal(lambda: gave(nominee(call, lebanon, 1, by=organizer), lara, 5), NotAllowed) == "compatriot"
    chief = named(call, "Chief", jordan, by=organizer, role="organizer")
    assert refusal(lambda: gave(nomination, chief, 5), NotAllowed) == "compatriot"


def test_every_criterion_wants_a_mark_in_its_range(nomination, lara, call):
    keys = list(call.scored.values_list("pk", flat=True))
    good = dict.fromkeys(keys, 3)
    assert refusal(lambda: score(nomination, dict.fromkeys(keys[:2], 3), by=lara, at=BEFORE), Invalid) == "mark_missing"
    for wrong in (-1, 6):
        given = good | {keys[1]: wrong}
        assert refusal(lambda given=given: score(nomination, given, by=lara, at=BEFORE), Invalid) == "mark_out_of_range"
    stray = good | {nomination.pk: 3}
    assert refusal(lambda: score(nomination, stray, by=lara, at=BEFORE), Invalid) == "unknown_criterion"
    assert refusal(lambda: score(nomination, good, note="x" * 2001, by=lara, at=BEFORE), Invalid) == "too_long"
    assert not Review.objects.exists()


def test_an_own_review_is_given_anew_while_it_is_the_only_one(nomination, lara):
    first, second = gave(nomination, lara, 1), gave(nomination, lara, 5, at=DECIDED)
    first.refresh_from_db()
    assert (first.set_aside_at, first.set_aside_reason) == (DECIDED, "Given anew by the reviewer")
    assert (second.points, second.set_aside_at) == (100, None)
    assert ActivityEntry.objects.filter(verb="score").latest("id").changes == {"anew": True}


def test_once_another_review_counts_only_an_organizer_opens_the_way_to_a_new_one(nomination, lara, emad, organizer):
    first = gave(nomination, lara, 1)
    gave(nomination, emad, 4)
    with pytest.raises(Refused) as refused:
        gave(nomination, lara, 4)
    assert refused.value.code == "others_seen"
    assert "Ask an organizer to set your review aside" in str(refused.value)
    set_aside(first, "Took one person for another", by=organizer, at=DECIDED)
    assert gave(nomination, lara, 4).points == 80
    assert Review.objects.filter(set_aside_at=None).count() == 2


def test_setting_aside_needs_an_organizer_and_a_reason(nomination, lara, organizer):
    review = gave(nomination, lara, 1)
    assert refusal(lambda: set_aside(review, "No", by=lara, at=BEFORE), NotAllowed) == "organizers_only"
    assert refusal(lambda: set_aside(review, " ", by=organizer, at=BEFORE), Invalid) == "reason_missing"
    assert refusal(lambda: set_aside(review, "x" * 501, by=organizer, at=BEFORE), Invalid) == "too_long"
    done = set_aside(review, " Conflict of interest ", by=organizer, at=BEFORE)
    assert (done.set_aside_at, done.set_aside_reason) == (BEFORE, "Conflict of interest")
    assert refusal(lambda: set_aside(review, "Again", by=organizer, at=BEFORE)) == "set_aside_already"
    entry = ActivityEntry.objects.get(verb="set_aside")
    assert (entry.subject_label, entry.changes) == (
        nomination.reference,
        {"reviewer": "Lara", "reason": "Conflict of interest"},
    )


def test_an_organizer_who_reviews_does_not_set_the_own_review_aside(call, nomination, lebanon, organizer):
    anna = named(call, "Anna", lebanon, by=organizer, role="organizer")
    review = gave(nomination, anna, 1)
    assert refusal(lambda: set_aside(review, "Mine", by=anna, at=BEFORE), NotAllowed) == "own_review"


def test_after_the_decision_nothing_is_scored_or_set_aside(nomination, lara, call, organizer):
    review = gave(nomination, lara, 1)
    decided(call)
    assert refusal(lambda: gave(nomination, lara, 2)) == "already_decided"
    assert refusal(lambda: set_aside(review, "Late", by=organizer, at=DECIDED)) == "already_decided"


def test_a_call_that_was_cancelled_is_not_scored(nomination, lara, call):
    type(call).objects.update(state="cancelled")
    assert refusal(lambda: gave(nomination, lara, 2)) == "call_cancelled"


def test_a_withdrawn_nomination_is_not_scored(nomination, lara, organizer):
    withdraw(nomination, by=organizer, at=BEFORE)
    assert refusal(lambda: gave(nomination, lara, 2)) == "nomination_gone"


def test_e04_a_joined_nomination_is_scored_as_the_one_it_was_joined_to(call, jordan, jordanian, fao, lara):
    type(call).objects.update(planning_signatures="both")
    call.refresh_from_db()
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
        for by in (jordanian, Actor(label="Omar", person_id=fao.person_id))
    )
    with pytest.raises(Refused) as refused:
        gave(second, lara, 3)
    assert (refused.value.code, str(refused.value)) == (
        "nomination_gone",
        f"This nomination was joined to {first.reference}; score that one.",
    )
    assert gave(first, lara, 3).points == 60


def test_e10_both_lists_of_a_dispute_are_scored(call, nomination, jordan, lara):
    rival = builders.focal_point(jordan, "CBD-FP1", builders.person("Hani", "hani@cabinet.example", language="en"))
    other = nominate(
        call,
        party=jordan,
        candidate=Candidate(name="Another", email="another@ministry.example"),
        track="biodiversity",
        sector="forest",
        by=Actor(label="Hani", person_id=rival.person_id),
        at=BEFORE,
    )
    assert Dispute.objects.count() == 1
    assert set(Nomination.objects.values_list("state", flat=True)) == {"disputed"}
    assert (gave(nomination, lara, 2).points, gave(other, lara, 4).points) == (40, 80)
