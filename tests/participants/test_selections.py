"""Proposing and deciding."""

import pytest
from django.db import IntegrityError, transaction

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed, Refused
from correspondence.models import Message
from participants.models import Nomination, SelectionEntry
from participants.queries.selections import approved, free_seats
from participants.verbs.calls import close_call
from participants.verbs.candidates import Candidate
from participants.verbs.invitations import decline, invite
from participants.verbs.nominations import nominate
from participants.verbs.organizations import record_organization
from participants.verbs.selections import propose, select
from tests import builders
from tests.participants.conftest import BEFORE, DEADLINE, DECIDED, RESPOND_BY


@pytest.fixture
def three(call, jordan, lebanon, organizer):
    """Two nominations of Jordan, then one of Lebanon; the call is closed."""
    made = [
        nominate(
            call,
            party=party,
            candidate=Candidate(name=f"Expert {number}", email=f"expert{number}@ministry.example"),
            track=track,
            sector="forest",
            signature=builders.official("fao" if track == "planning" else "cbd"),
            by=organizer,
            at=BEFORE,
        )
        for number, (party, track) in enumerate(
            [(jordan, "biodiversity"), (jordan, "planning"), (lebanon, "planning")], start=1
        )
    ]
    close_call(call, by=organizer, at=DEADLINE)
    return made


def decide(call, organizer, **changes):
    values = {"selected": (), "reserves": (), "reasons": {}, "seats": 2, "by": organizer, "at": DECIDED} | changes
    return select(call, **values)


def test_every_party_has_a_seat_before_any_has_two(call, three):
    proposal = propose(call, 2)
    assert [each.reference for each in proposal.selected] == [three[0].reference, three[2].reference]
    assert list(proposal.reserves) == [three[1]]
    assert proposal.reasons[three[0].pk] == "Ranked 1 by the Party; it is the Party's seat number 1."
    assert "All 2 seats went to earlier turns" in proposal.reasons[three[1].pk]


def test_experts_of_organizations_take_none_of_the_parties_seats(call, jordan, organizer):
    centre = record_organization(name="Regional Centre", kind="regional", by=organizer, at=BEFORE)
    values = {"track": "biodiversity", "sector": "forest", "by": organizer, "at": BEFORE}
    of_party = nominate(
        call,
        party=jordan,
        candidate=Candidate(name="A", email="a@m.example"),
        signature=builders.official(),
        **values,
    )
    expert = nominate(call, organization=centre, candidate=Candidate(name="B", email="b@c.example"), **values)
    close_call(call, by=organizer, at=DEADLINE)
    proposal = propose(call, 1)
    assert proposal.selected == (of_party, expert)
    selection = decide(call, organizer, selected=proposal.selected, seats=1)
    assert free_seats(selection) == 0


def test_proposing_writes_nothing(call, three):
    propose(call, 2)
    assert {each.state for each in Nomination.objects.all()} == {"submitted"}
    with pytest.raises(Invalid):
        propose(call, -1)


def test_the_decision_gives_each_nomination_a_state_a_reason_and_a_letter(call, three, workshop, organizer):
    first, second, third = three
    selection = decide(call, organizer, selected=[first], reserves=[third], seats=1, reasons={first.pk: "Best fit."})
    assert {each.nomination_id: (each.outcome, each.position) for each in selection.entries.all()} == {
        first.pk: ("selected", None),
        third.pk: ("reserve", 1),
        second.pk: ("not-selected", None),
    }
    assert SelectionEntry.objects.get(nomination=first).reason == "Best fit."
    assert SelectionEntry.objects.get(nomination=second).reason == "Not chosen by the organizer within the seats."
    assert [Nomination.objects.get(pk=each.pk).state for each in three] == ["selected", "not-selected", "reserve"]
    letters = Message.objects.filter(kind__in=["selected", "reserve", "not-selected"])
    assert {each.to_address: each.kind for each in letters} == {
        "expert1@ministry.example": "selected",
        "expert2@ministry.example": "not-selected",
        "expert3@ministry.example": "reserve",
    }
    assert "Best fit." in letters.get(kind="selected").body
    workshop.refresh_from_db()
    assert workshop.stage == "selected"


def test_refusals_leave_nothing_behind(call, three, jordan, organizer):
    first, second, third = three
    stranger = Nomination(pk=call.pk)
    for changes, code in (
        ({"selected": three, "seats": 2}, "too_many_selected"),
        ({"selected": []}, "nobody_selected"),
        ({"selected": [first], "reserves": [first]}, "named_twice"),
        ({"selected": [stranger]}, "not_of_this_call"),
    ):
        with pytest.raises(Refused) as refused:
            decide(call, organizer, **changes)
        assert refused.value.code == code
    jordan.in_force_on = DECIDED.date().replace(year=2015)
    jordan.save()
    with pytest.raises(Refused, match="not a Party"):
        decide(call, organizer, selected=[second])
    assert not SelectionEntry.objects.exists()
    assert {each.state for each in Nomination.objects.all()} == {"submitted"}


def test_an_open_call_is_not_decided(nomination, call, organizer):
    with pytest.raises(Refused) as refused:
        decide(call, organizer, selected=[nomination])
    assert refused.value.code == "call_still_open"


def test_only_organizers_decide_and_only_once(call, three, organizer, jordanian):
    with pytest.raises(NotAllowed):
        decide(call, jordanian, selected=three[:1])
    selection = decide(call, organizer, selected=three[:1])
    with pytest.raises(Refused, match="approved selection"):
        decide(call, organizer, selected=three[1:2])
    with pytest.raises(IntegrityError), transaction.atomic():
        call.selections.create(number=2, state="approved", seats=1, decided_at=DECIDED)
    assert approved(call) == selection


def test_a_reserve_moves_up_when_a_seat_is_given_up_and_not_before(call, three, organizer):
    first, second, _third = three
    selection = decide(call, organizer, selected=[first], reserves=[second], seats=1)
    invitation = invite(Nomination.objects.get(pk=first.pk), respond_by=RESPOND_BY, by=organizer, at=DECIDED)
    reserve = Nomination.objects.get(pk=second.pk)
    assert free_seats(selection) == 0
    with pytest.raises(Refused) as refused:
        invite(reserve, respond_by=RESPOND_BY, by=organizer, at=DECIDED)
    assert refused.value.code == "no_free_seat"
    decline(invitation, by=organizer, at=DECIDED)
    assert free_seats(selection) == 0
    assert invite(reserve, respond_by=RESPOND_BY, by=organizer, at=DECIDED).nomination.state == "selected"
    assert free_seats(selection) == 0


def test_what_waits_for_a_signature_is_not_selected_and_says_why(
    call, jordan, jordanian, lebanon, of_lebanon, organizer
):
    call.planning_signatures = "both"
    call.save()
    signed = nominate(
        call,
        party=lebanon,
        candidate=Candidate(name="Signed", email="signed@ministry.example"),
        track="biodiversity",
        sector="forest",
        by=Actor(label="", person_id=of_lebanon.person_id),
        at=BEFORE,
    )
    unsigned = nominate(
        call,
        party=jordan,
        candidate=Candidate(name="Unsigned", email="unsigned@ministry.example", language="en"),
        track="planning",
        sector="forest",
        by=jordanian,
        at=BEFORE,
    )
    close_call(call, by=organizer, at=DEADLINE)
    select(call, selected=[signed], reserves=[], reasons={}, seats=1, by=organizer, at=DECIDED)
    unsigned.refresh_from_db()
    assert unsigned.state == "not-selected"
    assert unsigned.entries.get().reason == "The nomination lacked a signature that the call asked for."
    assert "lacked a signature" in Message.objects.get(kind="not-selected").body
