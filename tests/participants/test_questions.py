"""Questions about a proposal: asked once, answered by a worker, true when tried."""

from datetime import timedelta

import pytest

from accounts.errors import Invalid, NotAllowed, Refused
from participants.models import SelectionQuestion
from participants.verbs.calls import close_call
from participants.verbs.proposals import enter_selection
from participants.verbs.questions import answer_question, ask, sweep_questions
from tests import builders
from tests.participants.conftest import DEADLINE, DECIDED
from tests.participants.scenes import asks_for_nothing, computed, expert, pays, ruled


@pytest.fixture
def three(call, jordan, lebanon, organizer):
    asks_for_nothing(call)
    made = [
        expert(call, jordan, 1, organizer),
        expert(call, lebanon, 2, organizer),
        expert(call, lebanon, 3, organizer),
    ]
    close_call(call, by=organizer, at=DEADLINE)
    ruled(call, organizer, seats=2)
    return made


def answered(question: SelectionQuestion) -> SelectionQuestion:
    answer_question(question.pk, at=DECIDED)
    return SelectionQuestion.objects.get(pk=question.pk)


def test_why_not_names_the_first_level_that_gets_worse(call, three, organizer):
    selection = computed(call, organizer)
    question = answered(ask(selection, why_not=three[2], by=organizer, at=DECIDED))
    assert question.state == "answered"
    assert [each["code"] for each in question.answer] == ["price"]
    # With the third in, the second of Lebanon goes: as good but for the Party's own order.
    assert question.answer[0]["facts"]["level"] == "ties"


def test_one_more_seat_names_who_comes_in(call, three, organizer):
    norway = pays(call, builders.party("NOR", "Norway"), organizer, amount=2000).contribution
    selection = computed(call, organizer)
    paid = answered(ask(selection, one_more_by=norway, by=organizer, at=DECIDED))
    assert paid.answer == [{"code": "one-more", "facts": {"enters": [str(three[2].pk)], "leaves": [], "money": 1000}}]
    unpaid = answered(ask(selection, by=organizer, at=DECIDED))
    assert unpaid.answer == [{"code": "one-more", "facts": {"enters": [], "leaves": [], "money": 0}}]


def test_the_same_question_is_asked_once(call, three, organizer):
    selection = computed(call, organizer)
    first = ask(selection, why_not=three[2], by=organizer, at=DECIDED)
    assert ask(selection, why_not=three[2], by=organizer, at=DECIDED) == first
    assert answer_question(first.pk, at=DECIDED) is not None
    assert answer_question(first.pk, at=DECIDED) is None
    assert ask(selection, why_not=three[2], by=organizer, at=DECIDED) == first


def test_a_lost_question_is_found_again_and_given_up_in_the_end(call, three, organizer):
    question = ask(computed(call, organizer), by=organizer, at=DECIDED)
    SelectionQuestion.objects.update(beat_at=DECIDED, attempts=1)
    later = DECIDED + timedelta(minutes=11)
    assert answer_question(question.pk, at=DECIDED + timedelta(minutes=1)) is None
    assert sweep_questions(at=later) == 1
    SelectionQuestion.objects.update(attempts=3)
    assert sweep_questions(at=later) == 0
    question.refresh_from_db()
    assert question.state == "failed"
    assert ask(question.selection, by=organizer, at=later) != question


def test_refusals(call, three, organizer, jordanian, jordan):
    selection = computed(call, organizer)
    with pytest.raises(NotAllowed):
        ask(selection, by=jordanian, at=DECIDED)
    by_hand = enter_selection(call, selected=three[:1], seats=2, by=organizer, at=DECIDED)
    with pytest.raises(Refused) as refused:
        ask(by_hand, by=organizer, at=DECIDED)
    assert refused.value.code == "not_computed"
    stranger = three[0].__class__(pk=call.pk)
    with pytest.raises(Invalid) as refused:
        ask(selection, why_not=stranger, by=organizer, at=DECIDED)
    assert refused.value.code == "not_in_selection"
