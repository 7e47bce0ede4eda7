"""Naming who scores."""

import pytest

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed, Refused
from accounts.models import ActivityEntry
from participants.models import Reviewer
from participants.verbs.criteria import CriterionDraft, set_criteria
from participants.verbs.reviewers import end_reviewer, name_reviewer
from tests import builders
from tests.participants.conftest import BEFORE, DECIDED
from tests.participants.reviewing import account, decided, gave, named


@pytest.fixture
def lara(db):
    return builders.user("lara@review.example", name="Lara", role="reviewer")


def test_the_first_reviewer_brings_the_usual_criteria(call, lara, lebanon, organizer):
    reviewer = name_reviewer(call, lara, lebanon, by=organizer, at=BEFORE)
    assert (reviewer.call, reviewer.user, reviewer.party, reviewer.ended_at) == (call, lara, lebanon, None)
    assert list(call.scored.values_list("weight", flat=True)) == [3, 1, 2]
    entry = ActivityEntry.objects.get(verb="name_reviewer")
    assert (entry.subject_label, entry.changes) == ("Lara", {"call": call.symbol, "party": "LBN"})


def test_criteria_that_are_there_stay(call, lara, lebanon, organizer):
    set_criteria(call, [CriterionDraft({"en": "Expertise"})], by=organizer, at=BEFORE)
    name_reviewer(call, lara, lebanon, by=organizer, at=BEFORE)
    assert [str(each) for each in call.scored.all()] == ["Expertise"]


@pytest.mark.parametrize(
    ("account", "error", "code"),
    [
        ({"role": "guest"}, Invalid, "wrong_role"),
        ({"role": "integrator"}, Invalid, "wrong_role"),
        ({"role": "reviewer", "is_active": False}, Refused, "user_inactive"),
    ],
)
def test_not_everybody_reviews(call, lebanon, organizer, account, error, code):
    user = builders.user("other@review.example", **account)
    with pytest.raises(error) as refused:
        name_reviewer(call, user, lebanon, by=organizer, at=BEFORE)
    assert (refused.value.code, refused.value.field) == (code, "user")
    assert not Reviewer.objects.exists()
    assert not call.scored.exists()


def test_nobody_but_organizers_names_or_ends(call, lara, lebanon, organizer, jordanian):
    reviewer = name_reviewer(call, lara, lebanon, by=organizer, at=BEFORE)
    for step in (
        lambda by: name_reviewer(call, lara, lebanon, by=by, at=BEFORE),
        lambda by: end_reviewer(reviewer, by=by, at=BEFORE),
    ):
        for by in (jordanian, Actor(label="Lara", user=lara)):
            with pytest.raises(NotAllowed):
                step(by)


def test_once_a_call_and_again_after_the_end(call, lara, lebanon, jordan, organizer):
    reviewer = name_reviewer(call, lara, lebanon, by=organizer, at=BEFORE)
    with pytest.raises(Refused) as refused:
        name_reviewer(call, lara, jordan, by=organizer, at=BEFORE)
    assert refused.value.code == "already_reviewer"
    assert end_reviewer(reviewer, by=organizer, at=BEFORE).ended_at == BEFORE
    with pytest.raises(Refused) as refused:
        end_reviewer(reviewer, by=organizer, at=BEFORE)
    assert refused.value.code == "ended_already"
    again = name_reviewer(call, lara, jordan, by=organizer, at=DECIDED)
    assert (again.pk, again.party, again.ended_at, again.named_at) == (reviewer.pk, jordan, None, DECIDED)


def test_nobody_comes_back_as_the_compatriot_of_who_was_scored(call, nomination, lebanon, jordan, organizer):
    lara = named(call, "Lara", lebanon, by=organizer)
    gave(nomination, lara, 3)
    end_reviewer(Reviewer.objects.get(), by=organizer, at=BEFORE)
    with pytest.raises(Refused) as refused:
        name_reviewer(call, account(lara), jordan, by=organizer, at=BEFORE)
    assert (refused.value.code, refused.value.field) == ("compatriot_scored", "party")


def test_an_organizer_who_could_see_scores_does_not_begin_to_review(call, nomination, lebanon, organizer):
    anna = named(call, "Anna", lebanon, by=organizer, role="organizer")
    gave(nomination, named(call, "Lara", lebanon, by=organizer), 3)
    end_reviewer(Reviewer.objects.get(user=anna.user), by=organizer, at=BEFORE)
    for user in (account(anna), account(organizer)):
        with pytest.raises(Refused) as refused:
            name_reviewer(call, user, lebanon, by=organizer, at=BEFORE)
        assert refused.value.code == "scores_seen"


def test_a_call_that_is_decided_or_cancelled_needs_no_reviewer(call, lara, lebanon, organizer):
    decided(call)
    with pytest.raises(Refused) as refused:
        name_reviewer(call, lara, lebanon, by=organizer, at=DECIDED)
    assert refused.value.code == "already_decided"
    type(call).objects.update(state="cancelled")
    with pytest.raises(Refused) as refused:
        name_reviewer(call, lara, lebanon, by=organizer, at=DECIDED)
    assert refused.value.code == "call_cancelled"
