"""A Party's order among its experts."""

import pytest

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed, Refused
from accounts.models import ActivityEntry
from participants.models import Nomination
from participants.queries.problems import waiting
from participants.verbs.calls import close_call
from participants.verbs.nominations import withdraw
from participants.verbs.ranks import rerank
from tests.participants.conftest import BEFORE, DEADLINE
from tests.participants.test_nominations import put


@pytest.fixture
def three(call, jordan, jordanian):
    call.seats_per_party = 3
    call.save()
    return [put(call, jordan, jordanian, number) for number in (1, 2, 3)]


def test_the_order_turns_round(three, call, jordan, jordanian):
    first, second, third = three
    rows = rerank(call, jordan, [third, first, second], by=jordanian, at=BEFORE)
    assert [(each.pk, each.rank, each.state) for each in rows] == [
        (third.pk, 1, "submitted"),
        (first.pk, 2, "submitted"),
        (second.pk, 3, "submitted"),
    ]
    assert ActivityEntry.objects.get(verb="rerank").changes == {
        "order": ["ANNEX2-AMM-004", "ANNEX2-AMM-002", "ANNEX2-AMM-003"]
    }


def test_gaps_stay_and_the_same_order_says_nothing(three, call, jordan, jordanian):
    first, second, third = three
    withdraw(second, by=jordanian, at=BEFORE)
    rerank(call, jordan, [first, third], by=jordanian, at=BEFORE)
    assert not ActivityEntry.objects.filter(verb="rerank").exists()
    rerank(call, jordan, [third, first], by=jordanian, at=BEFORE)
    assert dict(Nomination.objects.values_list("pk", "rank")) == {third.pk: 1, second.pk: 2, first.pk: 3}


def test_everybody_is_named_once(three, call, jordan, jordanian):
    first, second, third = three
    for wrong in ([first, second], [first, second, second], [first, second, third, third], []):
        with pytest.raises(Invalid, match="changed meanwhile"):
            rerank(call, jordan, wrong, by=jordanian, at=BEFORE)


def test_others_and_after_the_deadline_not(three, call, jordan, jordanian, of_lebanon, organizer):
    with pytest.raises(NotAllowed):
        rerank(call, jordan, three, by=Actor(label="", person_id=of_lebanon.person_id), at=BEFORE)
    close_call(call, by=organizer, at=DEADLINE)
    with pytest.raises(Refused) as refused:
        rerank(call, jordan, three[::-1], by=jordanian, at=DEADLINE)
    assert refused.value.code == "call_not_open"
    assert [each.rank for each in waiting(call)] == [1, 2, 3]
