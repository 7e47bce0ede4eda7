"""Reviews at once: one counts a reviewer, and nobody scores anew who could have seen others' points."""

import pytest

from accounts.actors import Actor
from participants.models import Review
from participants.verbs.criteria import CriterionDraft, set_criteria
from participants.verbs.reviewers import name_reviewer
from tests import builders
from tests.participants.conftest import BEFORE
from tests.participants.reviewing import each, gave, named
from tests.participants.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lara(call, lebanon, organizer):
    return named(call, "Lara", lebanon, by=organizer)


def test_of_two_submissions_at_once_the_last_one_counts(nomination, lara):
    results = at_once(*[lambda given=given: gave(nomination, lara, given) for given in (1, 2, 3, 4)])
    assert {type(each) for each in results} == {Review}
    assert Review.objects.filter(set_aside_at=None).count() == 1
    assert Review.objects.filter(set_aside_reason="Given anew by the reviewer").count() == 3


def test_of_two_reviewers_who_score_anew_at_once_none_has_seen_the_other(nomination, lara, call, organizer):
    emad = named(call, "Emad", builders.party("EGY", "Egypt"), by=organizer)
    gave(nomination, lara, 1)
    results = at_once(
        lambda: gave(nomination, lara, 2), lambda: gave(nomination, emad, 4), lambda: gave(nomination, emad, 5)
    )
    assert {each for each in results if isinstance(each, str)} <= {"others_seen"}
    counted = Review.objects.filter(set_aside_at=None).values_list("reviewer__user__name", flat=True)
    assert sorted(counted) == ["Emad", "Lara"]


def test_criteria_do_not_change_under_a_review(nomination, lara, call, organizer):
    marks = each(call, 3)

    def change():
        return set_criteria(call, [CriterionDraft({"en": "Expertise"})], by=organizer, at=BEFORE)

    results = at_once(lambda: gave(nomination, lara, 3), change)
    refused = {each for each in results if isinstance(each, str)}
    assert refused in ({"criteria_in_use"}, {"unknown_criterion"})
    if refused == {"criteria_in_use"}:
        assert set(Review.objects.get().marks.values_list("criterion", flat=True)) == set(marks)
    else:
        assert not Review.objects.exists()


def test_naming_the_same_reviewer_twice_at_once_names_one(call, lebanon, organizer):
    user = builders.user("emad@review.example", role="reviewer")
    by = Actor(label="organizer", user=organizer.user)
    results = at_once(*[lambda: name_reviewer(call, user, lebanon, by=by, at=BEFORE)] * 4)
    assert results.count("already_reviewer") == 3
    assert call.scored.count() == 3
