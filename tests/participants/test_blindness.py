"""Who sees which scores: nobody those of others before the own ones, nobody those of compatriots."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.actors import Actor
from accounts.errors import NotAllowed
from accounts.models import ActivityEntry
from participants.models import Nomination, Reviewer
from participants.queries import reviews
from participants.verbs.candidates import Candidate
from participants.verbs.documents import attach_document, open_document
from participants.verbs.nominations import nominate, withdraw
from participants.verbs.reviewers import end_reviewer
from participants.verbs.reviews import set_aside
from tests import builders
from tests.participants.conftest import BEFORE, DECIDED
from tests.participants.reviewing import account, decided, gave, named, nominee
from tests.participants.test_drafts import PDF


@pytest.fixture
def egypt(db):
    return builders.party("EGY", "Egypt")


@pytest.fixture
def lara(call, lebanon, organizer):
    return named(call, "Lara", lebanon, by=organizer)


@pytest.fixture
def emad(call, egypt, organizer):
    return named(call, "Emad", egypt, by=organizer)


@pytest.fixture
def chief(call, egypt, organizer):
    """An organizer who reviews too."""
    return named(call, "Chief", egypt, by=organizer, role="organizer")


def seen(by: Actor) -> set[str]:
    return {str(each.reviewer) for each in reviews.visible_to(account(by))}


def test_others_scores_appear_once_the_own_one_is_in(nomination, lara, emad):
    gave(nomination, lara, 1)
    assert (seen(lara), seen(emad)) == ({"Lara"}, set())
    assert reviews.shown_to(account(emad), nomination) == reviews.Shown((), blind=True)
    gave(nomination, emad, 4)
    assert seen(lara) == seen(emad) == {"Lara", "Emad"}
    assert reviews.shown_to(account(emad), nomination).mean == 50


def test_scores_of_one_nominee_open_nothing_of_another(nomination, call, jordan, lara, emad, organizer):
    other = nominee(call, jordan, 2, by=organizer)
    gave(nomination, lara, 1)
    gave(nomination, emad, 4)
    gave(other, lara, 2)
    assert not reviews.visible_to(account(emad)).filter(nomination=other).exists()


def test_who_was_set_aside_is_blind_again(nomination, lara, emad, organizer):
    own = gave(nomination, lara, 1)
    gave(nomination, emad, 4)
    set_aside(own, "Mixed up", by=organizer, at=BEFORE)
    assert seen(lara) == {"Lara"}
    assert reviews.shown_to(account(lara), nomination).mean is None
    assert reviews.shown_to(account(emad), nomination).mean == 80


def test_organizers_see_all_but_one_who_reviews_is_a_reviewer(nomination, lara, chief, organizer):
    gave(nomination, lara, 1)
    assert seen(organizer) == {"Lara"}
    assert reviews.shown_to(account(organizer), nomination).mean == 20
    assert seen(chief) == set()
    shown = reviews.shown_to(account(chief), nomination)
    assert (shown.reviews, shown.blind, shown.mean) == ((), True, None)
    gave(nomination, chief, 4)
    assert seen(chief) == {"Lara", "Chief"}
    assert reviews.shown_to(account(chief), nomination).mean == 50


def test_an_organizer_who_reviews_one_call_sees_the_reviews_of_others(nomination, lara, organizer, now, egypt):
    elsewhere = builders.workshop("cairo-2014", host=egypt, parties=())
    call = type(nomination.call).objects.create(
        workshop=elsewhere,
        symbol="2014-099",
        opened_at=now,
        deadline_at=DECIDED,
        deadline_zone="UTC",
        seats_per_party=2,
    )
    chief = named(call, "Chief", egypt, by=organizer, role="organizer")
    gave(nomination, lara, 1)
    assert seen(chief) == {"Lara"}


def test_an_organizer_never_sees_scores_of_compatriots_while_reviewing(nomination, jordan, call, lara, organizer):
    chief = named(call, "Chief", jordan, by=organizer, role="organizer")
    gave(nomination, lara, 1)
    assert seen(chief) == set()
    assert reviews.shown_to(account(chief), nomination).blind


def test_nobody_else_sees_a_score(nomination, lara, jordanian, organizer):
    gave(nomination, lara, 1)
    integrator = builders.user("machine@system.example", role="integrator")
    other = builders.user("ida@review.example", role="reviewer")
    nominee_user = builders.user("nominee@ministry.example")
    type(nomination.person).objects.filter(pk=nomination.person_id).update(user=nominee_user)
    for user in (integrator, other, nominee_user, AnonymousUser()):
        assert not reviews.visible_to(user).exists()
        assert not reviews.visible_reviewers(user).exists()
        assert not reviews.visible_criteria(user).exists()
    end_reviewer(Reviewer.objects.get(), by=organizer, at=BEFORE)
    assert seen(lara) == set()


def test_the_log_tells_no_points(nomination, lara, organizer):
    set_aside(gave(nomination, lara, 4), "Mixed up", by=organizer, at=BEFORE)
    told = ActivityEntry.objects.filter(verb__in=["score", "set_aside"]).order_by("verb")
    assert [(each.subject_label, each.changes) for each in told] == [
        (nomination.reference, {"anew": False}),
        (nomination.reference, {"reviewer": "Lara", "reason": "Mixed up"}),
    ]


def test_what_a_reviewer_sees_of_criteria_and_reviewers(nomination, lara, emad, organizer):
    assert reviews.visible_criteria(account(lara)).count() == reviews.visible_criteria(account(organizer)).count() == 3
    assert {str(each) for each in reviews.visible_reviewers(account(lara))} == {"Lara"}
    assert {str(each) for each in reviews.visible_reviewers(account(organizer))} == {"Lara", "Emad"}


@pytest.fixture
def cv(nomination, jordanian):
    return attach_document(nomination, "cv", data=PDF, name="cv.pdf", by=jordanian, at=BEFORE)


def test_reviewers_open_papers_and_the_log_says_so(cv, lara):
    assert open_document(cv, by=lara, at=BEFORE) == PDF
    assert ActivityEntry.objects.get(verb="open_document").actor_label == "Lara"


def test_papers_stay_shut_to_compatriots_strangers_and_who_was_ended(cv, nomination, call, jordan, lara, organizer):
    compatriot = named(call, "Jamal", jordan, by=organizer)
    stranger = Actor(label="Ida", user=builders.user("ida@review.example", role="reviewer"))
    end_reviewer(Reviewer.objects.get(user=account(lara)), by=organizer, at=BEFORE)
    for by in (compatriot, stranger, lara):
        with pytest.raises(NotAllowed) as refused:
            open_document(cv, by=by, at=BEFORE)
        assert refused.value.code == "not_yours"


def test_papers_of_a_withdrawn_nomination_are_no_reviewers_any_more(cv, nomination, lara, organizer):
    withdraw(nomination, by=organizer, at=BEFORE)
    with pytest.raises(NotAllowed):
        open_document(cv, by=lara, at=BEFORE)


def test_e04_both_letters_of_a_joined_nomination_are_open_to_reviewers(call, jordan, jordanian, fao, lara, organizer):
    type(call).objects.update(planning_signatures="both")
    call.refresh_from_db()
    compatriot = named(call, "Jamal", jordan, by=organizer)
    of_agriculture = Actor(label="Omar", person_id=fao.person_id)
    for by in (jordanian, of_agriculture):
        sent = nominate(
            call,
            party=jordan,
            candidate=Candidate(name="Expert", email="expert@ministry.example"),
            track="planning",
            sector="forest",
            by=by,
            at=BEFORE,
        )
        letter = attach_document(sent, "letter", data=PDF, name="letter.pdf", by=by, at=BEFORE)
        assert open_document(letter, by=lara, at=BEFORE) == PDF
        with pytest.raises(NotAllowed):
            open_document(letter, by=compatriot, at=BEFORE)
    assert Nomination.objects.filter(state="joined").count() == 1


def test_scores_are_means_of_what_counts_and_lives(call, nomination, jordan, lebanon, lara, emad, organizer):
    second = nominee(call, jordan, 2, by=organizer)
    third = nominee(call, lebanon, 3, by=organizer)
    gave(nomination, lara, 1)
    gave(nomination, emad, 4)
    set_aside(gave(second, emad, 5), "Mixed up", by=organizer, at=BEFORE)
    gave(third, emad, 2)
    assert reviews.scores(call) == {nomination.pk: 50, third.pk: 40}
    withdraw(third, by=organizer, at=BEFORE)
    assert reviews.scores(call) == {nomination.pk: 50}


def test_a_decided_call_comes_last_and_a_cancelled_one_not_at_all(call, lara, nomination):
    rows = reviews.to_review(account(lara))
    assert [(each.asked, each.given, each.decided) for each in rows] == [(1, 0, False)]
    decided(call)
    assert [each.decided for each in reviews.to_review(account(lara))] == [True]
    type(call).objects.update(state="cancelled")
    assert not reviews.to_review(account(lara))
