"""What nominees are scored on."""

import pytest

from accounts.errors import Invalid, NotAllowed, Refused
from accounts.models import ActivityEntry
from participants.models import Mark
from participants.verbs.criteria import CriterionDraft, set_criteria, usual_criteria
from participants.verbs.reviews import set_aside
from tests.participants.conftest import BEFORE
from tests.participants.reviewing import gave, named


def draft(name="Expertise", **changes):
    return CriterionDraft({"en": name}, **changes)


@pytest.fixture
def lara(call, lebanon, organizer):
    return named(call, "Lara", lebanon, by=organizer)


def test_the_usual_criteria_leave_gender_and_geography_to_the_rules():
    assert [(each.name["en"], each.weight, each.most) for each in usual_criteria()] == [
        ("Relevant expertise and experience", 3, 5),
        ("Earlier work under the Convention", 1, 5),
        ("Role in national planning or the NBSAP", 2, 5),
    ]


def test_an_organizer_sets_them_in_an_order(call, organizer):
    set_criteria(call, [draft(weight=4, most=10), draft(" Languages ")], by=organizer, at=BEFORE)
    rows = call.scored.values_list("position", "name", "weight", "most")
    assert list(rows) == [(1, {"en": "Expertise"}, 4, 10), (2, {"en": "Languages"}, 1, 5)]
    entry = ActivityEntry.objects.get(verb="set_criteria")
    assert entry.changes["criteria"][0] == {"name": {"en": "Expertise"}, "weight": 4, "most": 10}


def test_they_are_replaced_while_nobody_has_scored(call, organizer, lara):
    assert call.scored.count() == 3
    set_criteria(call, [draft()], by=organizer, at=BEFORE)
    assert [str(each) for each in call.scored.all()] == ["Expertise"]


def test_nobody_else_sets_them(call, jordanian):
    with pytest.raises(NotAllowed) as refused:
        set_criteria(call, [draft()], by=jordanian, at=BEFORE)
    assert refused.value.code == "organizers_only"


@pytest.mark.parametrize(
    ("drafts", "code", "field"),
    [
        ([], "criteria_missing", "criteria"),
        ([draft(str(number)) for number in range(13)], "too_many_criteria", "criteria"),
        ([draft(), draft(" ")], "criterion_unnamed", "criteria.1.name"),
        ([CriterionDraft({"tlh": "pIm"})], "criterion_unnamed", "criteria.0.name"),
        ([draft("x" * 201)], "too_long", "criteria.0.name"),
        ([draft(weight=0)], "weight_out_of_range", "criteria.0.weight"),
        ([draft(weight=11)], "weight_out_of_range", "criteria.0.weight"),
        ([draft(most=0)], "most_out_of_range", "criteria.0.most"),
        ([draft(most=11)], "most_out_of_range", "criteria.0.most"),
        ([draft(), draft("EXPERTISE ")], "criterion_named_twice", "criteria.1.name"),
    ],
)
def test_what_is_no_criterion_is_refused(call, organizer, drafts, code, field):
    with pytest.raises(Invalid) as refused:
        set_criteria(call, drafts, by=organizer, at=BEFORE)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not call.scored.exists()


def test_they_stay_once_a_review_counts(call, organizer, lara, nomination):
    gave(nomination, lara, 3)
    with pytest.raises(Refused) as refused:
        set_criteria(call, [draft()], by=organizer, at=BEFORE)
    assert refused.value.code == "criteria_in_use"
    assert call.scored.count() == 3


def test_after_every_review_was_set_aside_they_change_and_the_log_keeps_the_marks(call, organizer, lara, nomination):
    review = set_aside(gave(nomination, lara, 3), "Wrong criteria", by=organizer, at=BEFORE)
    set_criteria(call, [draft()], by=organizer, at=BEFORE)
    review.refresh_from_db()
    assert (review.points, review.set_aside_reason, Mark.objects.count()) == (60, "Wrong criteria", 0)
    kept = ActivityEntry.objects.filter(verb="set_criteria").latest("id").changes["marks_before"]
    assert kept == {
        str(review.pk): {
            "Relevant expertise and experience": 3,
            "Earlier work under the Convention": 3,
            "Role in national planning or the NBSAP": 3,
        }
    }
