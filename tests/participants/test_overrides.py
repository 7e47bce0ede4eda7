"""Overrides: a proposal changed by hand, with a reason, within the hard rules."""

import pytest
from django.db import IntegrityError, transaction

from accounts.errors import Invalid, NotAllowed, Refused
from participants.models import CostPart, Selection
from participants.verbs.calls import close_call
from participants.verbs.overrides import override
from participants.verbs.proposals import discard_proposal
from participants.verbs.selections import approve
from tests import builders
from tests.decisions import COLLEAGUE
from tests.participants.conftest import DEADLINE, DECIDED
from tests.participants.scenes import asks_for_nothing, computed, expert, outcomes, pays, ruled

WHY = "Leads the national team for target 11."


@pytest.fixture
def three(call, jordan, lebanon, organizer):
    """One of Jordan and two of Lebanon, the second the better; two seats, and Norway pays two journeys."""
    asks_for_nothing(call)
    made = [
        expert(call, jordan, 1, organizer),
        expert(call, lebanon, 2, organizer),
        expert(call, lebanon, 3, organizer),
    ]
    close_call(call, by=organizer, at=DEADLINE)
    ruled(call, organizer, seats=2)
    pays(call, builders.party("NOR", "Norway"), organizer, amount=2000)
    return made


@pytest.fixture
def proposal(call, three, organizer):
    selection = computed(call, organizer)
    assert outcomes(selection) == [
        ("Expert 1", "selected", None),
        ("Expert 2", "selected", None),
        ("Expert 3", "reserve", 1),
    ]
    return selection


def test_one_comes_in_for_another_with_the_money_and_the_levels_counted_anew(proposal, three, organizer):
    override(proposal, takes_in=three[2], leaves_out=three[0], reason=WHY, by=organizer, at=DECIDED)
    assert outcomes(proposal) == [
        ("Expert 1", "reserve", 1),
        ("Expert 2", "selected", None),
        ("Expert 3", "selected", None),
    ]
    changed = {each.nomination_id: each for each in proposal.entries.exclude(computed="")}
    assert {key: (each.computed, each.reason, each.overridden_by) for key, each in changed.items()} == {
        three[0].pk: ("selected", WHY, organizer.user),
        three[2].pk: ("reserve", WHY, organizer.user),
    }
    proposal.refresh_from_db()
    parties = proposal.levels[0]
    assert (parties["name"], parties["value"], parties["bound"]) == ("parties", 1, 2)
    paid = set(CostPart.objects.values_list("entry__nomination", flat=True))
    assert paid == {three[1].pk, three[2].pk}


def test_who_is_put_out_becomes_the_last_reserve_and_the_others_move_up(proposal, three, organizer):
    override(proposal, leaves_out=three[1], reason=WHY, by=organizer, at=DECIDED)
    assert outcomes(proposal)[1:] == [("Expert 2", "reserve", 2), ("Expert 3", "reserve", 1)]
    override(proposal, takes_in=three[2], reason=WHY, by=organizer, at=DECIDED)
    assert outcomes(proposal)[1:] == [("Expert 2", "reserve", 1), ("Expert 3", "selected", None)]


def test_the_hard_rules_hold(call, proposal, three, organizer):
    for changes, code in (
        ({"takes_in": three[2]}, "too_many_selected"),
        ({"takes_in": three[0]}, "in_already"),
        ({"leaves_out": three[2]}, "not_in"),
    ):
        with pytest.raises(Refused) as refused:
            override(proposal, reason=WHY, by=organizer, at=DECIDED, **changes)
        assert refused.value.code == code
    Selection.objects.filter(pk=proposal.pk).update(seats=3)
    with pytest.raises(Refused) as refused:
        override(proposal, takes_in=three[2], reason=WHY, by=organizer, at=DECIDED)
    assert refused.value.code == "no_money"
    call.seats_per_party = 1
    call.funded_seats = 1
    call.save()
    with pytest.raises(Refused) as refused:
        override(proposal, takes_in=three[2], leaves_out=three[0], reason=WHY, by=organizer, at=DECIDED)
    assert refused.value.code == "party_full"
    assert not proposal.entries.exclude(computed="").exists()


def test_a_reason_is_needed_and_somebody_named(proposal, three, organizer, jordanian):
    for changes, code in (
        ({"takes_in": three[2], "reason": "  "}, "reason_needed"),
        ({"takes_in": three[2], "reason": "x" * 1001}, "too_long"),
        ({"reason": WHY}, "nothing_named"),
    ):
        with pytest.raises(Invalid) as refused:
            override(proposal, by=organizer, at=DECIDED, **changes)
        assert refused.value.code == code
    with pytest.raises(NotAllowed):
        override(proposal, leaves_out=three[0], reason=WHY, by=jordanian, at=DECIDED)
    with pytest.raises(IntegrityError), transaction.atomic():
        proposal.entries.filter(nomination=three[0]).update(computed="reserve", reason="")


def test_a_proposal_that_is_discarded_or_decided_is_changed_no_more(proposal, three, organizer):
    discard_proposal(proposal, by=organizer, at=DECIDED)
    with pytest.raises(Refused) as refused:
        override(proposal, leaves_out=three[0], reason=WHY, by=organizer, at=DECIDED)
    assert refused.value.code == "not_proposed"


def test_whoever_overrode_does_not_approve(proposal, three, organizer):
    override(proposal, takes_in=three[2], leaves_out=three[0], reason=WHY, by=organizer, at=DECIDED)
    with pytest.raises(Refused) as refused:
        approve(proposal, by=organizer, at=DECIDED)
    assert refused.value.code == "same_organizer"
    decided = approve(proposal, by=COLLEAGUE, at=DECIDED)
    assert [each.state for each in decided.call.nominations.order_by("reference")] == [
        "reserve",
        "selected",
        "selected",
    ]


def test_a_barred_nominee_is_locked_in_first(call, jordan, lebanon, organizer):
    asks_for_nothing(call, papers=["cv"])
    lacking = expert(call, jordan, 1, organizer)
    close_call(call, by=organizer, at=DEADLINE)
    selection = computed(call, organizer)
    with pytest.raises(Refused) as refused:
        override(selection, takes_in=lacking, reason=WHY, by=organizer, at=DECIDED)
    assert refused.value.code == "barred"
