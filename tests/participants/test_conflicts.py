"""What is at odds and what gives way, in sentences, for each kind of rule."""

import pytest

from participants.models import Selection
from participants.queries.conflicts import conflicts_of
from tests.participants.conftest import DECIDED
from tests.participants.decided import contribution, nominee

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(call, jordan, organizer):
    """Say what a conflict over these rules, one giving way by so much, is told as."""
    person = nominee(call, jordan, 1, organizer)
    money, places = contribution(call, "Nature Fund"), contribution(call, "Seats")
    donors = [
        {"key": str(person.pk), "contribution": str(money.pk), "amount": 20_000, "places": None},
        {"key": str(call.pk), "contribution": str(places.pk), "amount": None, "places": 1},
        {"key": str(money.pk), "contribution": str(money.pk), "amount": 5_000, "places": 2},
    ]
    keys = {"person": person.pk, "pool": person.pk, "places": call.pk, "both": money.pk, "call": call.pk}

    def tell(rule, by):
        name = rule.format(**keys)
        selection = Selection(call=call, number=1, seats=1, currency="USD", proposed_at=DECIDED)
        selection.inputs = {"rooms": [{"key": str(call.pk), "seats": 1, "limit": 2, "own": 1}], "donors": donors}
        selection.conflict = [{"rules": [name], "gives_way": [{"rule": name, "by": by}]}]
        [found] = conflicts_of(selection)
        return found.rules[0].sentence, found.gives_way[0]

    return tell


@pytest.mark.parametrize(
    ("rule", "by", "stands", "gives"),
    [
        ("in:{person}", 1, "Expert 1 (Jordan) is locked in.", "Expert 1 (Jordan) no longer locked in"),
        ("seats:{call}", 4, "There is 1 seat for Parties.", "4 seats more"),
        ("limit:{call}:JOR", 1, "At most 2 may come from Jordan.", "1 place more for Jordan"),
        (
            "own:{call}:JOR",
            2,
            "At the own Government’s expense at most 1 may come from Jordan.",
            "2 people more from Jordan at the own Government’s expense",
        ),
        ("paid:{call}:JOR", 1, "Donors pay for at most 1 from Jordan.", "1 person more from Jordan paid by donors"),
        (
            "budget:{pool}",
            5000,
            "Jordan (Nature Fund) pays at most USD 20\u202f000.",
            "USD 5\u202f000 more from Jordan (Nature Fund)",
        ),
        (
            "budget:{places}",
            1,
            "Jordan (Seats) pays for at most 1 person.",
            "1 person more paid by Jordan (Seats)",
        ),
        (
            "budget:{both}",
            700,
            "Jordan (Nature Fund) pays at most USD 5\u202f000, for at most 2 people.",
            "USD 700 more from Jordan (Nature Fund)",
        ),
    ],
)
def test_each_rule_has_a_sentence_and_what_would_have_to_give_way(rule, by, stands, gives, told):
    assert told(rule, by) == (stands, gives)


def test_the_queries_do_not_grow_with_the_people(call, jordan, lebanon, organizer, django_assert_num_queries):
    people = [
        nominee(call, party, number, organizer) for number, party in enumerate([jordan, jordan, lebanon], start=1)
    ]
    for many in (people[:1], people):
        rules = [f"in:{each.pk}" for each in many]
        selection = Selection(call=call, number=1, seats=1, currency="USD", proposed_at=DECIDED)
        selection.inputs = {"rooms": [{"seats": 1, "limit": 2, "own": 0}], "donors": []}
        selection.conflict = [{"rules": rules, "gives_way": []}]
        with django_assert_num_queries(1):
            [found] = conflicts_of(selection)
        assert len(found.rules) == len(many)
