"""Answers to questions about a proposal, in sentences."""

import pytest

from participants.models import Selection, SelectionQuestion
from participants.queries.questions import told_of
from tests.participants.conftest import DECIDED
from tests.participants.decided import contribution, nominee

pytestmark = pytest.mark.django_db


@pytest.fixture
def selection(call):
    return Selection.objects.create(call=call, number=1, seats=2, currency="USD", proposed_at=DECIDED)


def ask(selection, code, facts, **about):
    kind = "why-not" if "nomination" in about else "one-more"
    answer = [{"code": code, "facts": facts}]
    return SelectionQuestion.objects.create(
        selection=selection, kind=kind, state="answered", answer=answer, asked_at=DECIDED, **about
    )


@pytest.mark.parametrize(
    ("level", "before", "after", "sentence"),
    [
        ("", 0, 0, "Nothing would get worse if Expert 1 (Jordan) were in."),
        (
            "rules",
            0,
            0,
            "Expert 1 (Jordan) cannot be in: the seats, the Party’s places, the locks or the money forbid it.",
        ),
        ("parties", 40, 39, "If Expert 1 (Jordan) were in, Parties represented would fall from 40 to 39."),
        ("tracks", 9, 8, "If Expert 1 (Jordan) were in, Parties with both tracks would fall from 9 to 8."),
        (
            "cost",
            -9900,
            -11100,
            (
                "If Expert 1 (Jordan) were in, nothing before it would get worse, but donors would pay USD 1\u202f200 more: "
                "USD 11\u202f100."
            ),
        ),
        (
            "ties",
            -5,
            -7,
            (
                "If Expert 1 (Jordan) were in, nothing would get worse: somebody equal came first, by the Party’s own order or "
                "by lot."
            ),
        ),
    ],
)
def test_the_price_of_taking_somebody_in(level, before, after, sentence, selection, call, jordan, organizer):
    facts = {"level": level, "before": before, "after": after}
    ask(selection, "price", facts, nomination=nominee(call, jordan, 1, organizer))
    [told] = told_of(selection)
    assert (told.asked, told.answer, told.waits) == ("Why not Expert 1 (Jordan)?", sentence, False)


def test_one_more_seat_names_who_comes_in_who_goes_out_and_the_money(selection, call, jordan, lebanon, organizer):
    into, out = nominee(call, jordan, 1, organizer), nominee(call, lebanon, 2, organizer)
    norway = contribution(call, "Nature Fund")
    ask(selection, "one-more", {"enters": [], "leaves": [], "money": 0})
    facts = {"enters": [str(into.pk)], "leaves": [str(out.pk)], "money": 1200}
    ask(selection, "one-more", facts, contribution=norway)
    assert {(told.asked, told.answer) for told in told_of(selection)} == {
        ("Who comes in with one more seat?", "Nobody comes in."),
        (
            "Who comes in with one more seat paid by Jordan (Nature Fund)?",
            "Expert 1 (Jordan) comes in. Expert 2 (Lebanon) goes out. This takes USD 1\u202f200 more from Jordan (Nature Fund).",
        ),
    }


def test_a_question_that_failed_has_no_answer(selection):
    SelectionQuestion.objects.create(selection=selection, kind="one-more", state="failed", asked_at=DECIDED)
    [told] = told_of(selection)
    assert (told.answer, told.waits) == ("", False)
