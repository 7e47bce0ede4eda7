"""Proposals that people enter, and the one that another organizer approves."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.actors import Actor
from accounts.errors import NotAllowed, Refused
from correspondence.models import Message
from participants.models import Call, Nomination, Selection, SelectionEntry
from participants.queries.selections import approved, free_seats
from participants.verbs.calls import close_call
from participants.verbs.candidates import Candidate
from participants.verbs.computing import compute_proposal
from participants.verbs.invitations import decline, invite
from participants.verbs.nominations import nominate, withdraw
from participants.verbs.organizations import record_organization
from participants.verbs.overrides import override
from participants.verbs.proposals import discard_proposal, enter_selection, request_proposal
from participants.verbs.rules import RulesGiven, set_rules
from participants.verbs.selections import approve
from tests import builders
from tests.decisions import COLLEAGUE
from tests.participants.conftest import BEFORE, DEADLINE, DECIDED, RESPOND_BY
from workshops.models import Party, Workshop


def named(call, number, organizer, *, track="planning", **of):
    """An expert of a Party or an organization who reads English."""
    if "party" in of:
        of["signature"] = builders.official("fao" if track == "planning" else "cbd")
    candidate = Candidate(name=f"Expert {number}", email=f"expert{number}@ministry.example", language="en")
    return nominate(call, candidate=candidate, track=track, sector="forest", by=organizer, at=BEFORE, **of)


@pytest.fixture
def three(call, jordan, lebanon, organizer):
    """Two nominations of Jordan, then one of Lebanon; the call is closed."""
    made = [
        named(call, 1, organizer, party=jordan, track="biodiversity"),
        named(call, 2, organizer, party=jordan),
        named(call, 3, organizer, party=lebanon),
    ]
    close_call(call, by=organizer, at=DEADLINE)
    return made


@pytest.fixture
def colleague(db):
    """A second organizer."""
    user = builders.user("colleague@secretariat.example", role="organizer")
    return Actor(label=str(user), user=user)


@pytest.fixture
def enter(call, organizer):
    """Enter a proposal of two seats."""

    def _enter(selected, **changes):
        values = {"selected": selected, "seats": 2, "by": organizer, "at": DECIDED} | changes
        return enter_selection(call, **values)

    return _enter


def refusal(verb, *what, **how):
    with pytest.raises(Refused) as refused:
        verb(*what, **how, at=DECIDED)
    return refused.value.code


def states(nominations):
    return [Nomination.objects.get(pk=each.pk).state for each in nominations]


def entered(selection):
    return {each.nomination.person.name: (each.outcome, each.position, each.reason) for each in selection.entries.all()}


def test_a_proposal_is_kept_with_a_reason_for_each_and_decides_nothing(three, enter, workshop):
    first, second, third = three
    proposal = enter([first], reserves=[third], reasons={first.pk: "Best fit."})
    assert (proposal.state, proposal.origin, proposal.number, proposal.seats) == ("proposed", "hand", 1, 2)
    assert (proposal.proposed_label, proposal.decided_at) == ("organizer@secretariat.example", None)
    assert entered(proposal) == {
        "Expert 1": ("selected", None, "Best fit."),
        "Expert 2": ("not-selected", None, "Not chosen by the organizer within the seats."),
        "Expert 3": ("reserve", 1, "Placed among the reserves by the organizer."),
    }
    assert enter([second]).number == 2
    assert states(three) == ["submitted"] * 3
    assert not Message.objects.filter(kind__in=["selected", "reserve", "not-selected"]).exists()
    workshop.refresh_from_db()
    assert workshop.stage != "selected"


def test_what_cannot_be_proposed_leaves_nothing_behind(call, three, enter):
    first, _second, third = three
    for selected, changes, code in (
        ([first, third], {"seats": 1}, "too_many_selected"),
        ([], {}, "nobody_selected"),
        ([first], {"reserves": [first]}, "named_twice"),
        ([Nomination(pk=call.pk)], {}, "not_of_this_call"),
        ([first], {"seats": -1}, "seats_negative"),
    ):
        with pytest.raises(Refused) as refused:
            enter(selected, **changes)
        assert refused.value.code == code
    Call.objects.update(seats_per_party=1)
    with pytest.raises(Refused, match="Jordan has its 1 places already"):
        enter(three[:2])
    assert not Selection.objects.exists()


def test_an_open_call_is_not_decided(nomination, enter):
    with pytest.raises(Refused) as refused:
        enter([nomination])
    assert refused.value.code == "call_still_open"


def test_the_decision_gives_each_nomination_a_state_and_a_letter_with_its_reason(three, enter, workshop, colleague):
    first, _second, third = three
    selection = approve(enter([first], reserves=[third], reasons={first.pk: "Best fit."}), by=colleague, at=DECIDED)
    assert (selection.state, selection.decided_by, selection.decided_at) == ("approved", colleague.user, DECIDED)
    assert states(three) == ["selected", "not-selected", "reserve"]
    told = {
        "expert1@ministry.example": ("selected", "Best fit."),
        "expert2@ministry.example": ("not-selected", "Not chosen by the organizer within the seats."),
        "expert3@ministry.example": ("reserve", "Placed among the reserves by the organizer."),
    }
    letters = Message.objects.filter(kind__in=["selected", "reserve", "not-selected"])
    assert {each.to_address: each.kind for each in letters} == {address: kind for address, (kind, _) in told.items()}
    assert all(told[each.to_address][1] in each.body for each in letters)
    workshop.refresh_from_db()
    assert workshop.stage == "selected"


def test_experts_of_organizations_take_none_of_the_parties_seats(call, jordan, organizer, enter):
    centre = record_organization(name="Regional Centre", kind="regional", by=organizer, at=BEFORE)
    of_party = named(call, 1, organizer, party=jordan)
    expert = named(call, 2, organizer, organization=centre)
    close_call(call, by=organizer, at=DEADLINE)
    selection = approve(enter([of_party, expert], seats=1), by=COLLEAGUE, at=DECIDED)
    assert list(selection.entries.filter(apart=True).values_list("nomination", flat=True)) == [expert.pk]
    assert states([of_party, expert]) == ["selected", "selected"]
    assert free_seats(selection) == 0


def test_e16_observers_are_selected_apart_from_the_seats(three, enter):
    first, _second, third = three
    Party.objects.filter(pk="LBN").update(in_force_on=None)
    selection = approve(enter([first, third], seats=1), by=COLLEAGUE, at=DECIDED)
    assert SelectionEntry.objects.get(apart=True).nomination == third
    assert states([first, third]) == ["selected", "selected"]
    assert free_seats(selection) == 0


@pytest.mark.parametrize(("first_day", "apart", "free"), [(date(2014, 5, 13), True, 1), (date(2014, 5, 18), False, 0)])
def test_e18_a_seat_is_for_who_is_a_party_on_the_first_day(call, lebanon, organizer, enter, first_day, apart, free):
    sudanese = named(call, 1, organizer, party=lebanon)
    Party.objects.filter(pk="LBN").update(name={"en": "South Sudan"}, in_force_on=date(2014, 5, 18))
    close_call(call, by=organizer, at=DEADLINE)
    Workshop.objects.update(starts_on=first_day)
    selection = approve(enter([sudanese], seats=1), by=COLLEAGUE, at=DECIDED)
    assert (selection.entries.get().apart, free_seats(selection)) == (apart, free)


def test_e18_who_would_no_longer_be_a_party_on_the_first_day_is_not_approved(three, enter):
    proposal = enter([three[2]])
    Party.objects.filter(pk="LBN").update(in_force_on=date(2014, 5, 18))
    Workshop.objects.update(starts_on=date(2014, 5, 13))
    assert refusal(approve, proposal, by=COLLEAGUE) == "not_a_party"
    Workshop.objects.update(starts_on=date(2014, 5, 18))
    assert approve(proposal, by=COLLEAGUE, at=DECIDED).state == "approved"


def test_whoever_proposed_does_not_approve_under_another_name_either(three, enter, organizer, colleague):
    proposal = enter(three[:1])
    assert refusal(approve, proposal, by=organizer) == "same_organizer"
    assert refusal(approve, proposal, by=Actor(label="Another Name", user=organizer.user)) == "same_organizer"
    by_program = enter(three[:1], by=COLLEAGUE)
    assert refusal(approve, by_program, by=COLLEAGUE) == "same_organizer"
    assert states(three) == ["submitted"] * 3
    assert approve(proposal, by=colleague, at=DECIDED).decided_by == colleague.user


def test_whoever_overrode_does_not_approve(three, enter, organizer, colleague):
    proposal = enter(three[:1])
    override(proposal, takes_in=three[2], reason="Lebanon has nobody.", by=colleague, at=DECIDED)
    assert refusal(approve, proposal, by=colleague) == "same_organizer"
    third = Actor(label="Third", user=builders.user("third@secretariat.example", role="organizer"))
    approve(proposal, by=third, at=DECIDED)
    assert states(three) == ["selected", "not-selected", "selected"]
    assert "Lebanon has nobody." in Message.objects.get(to_address="expert3@ministry.example", kind="selected").body


def test_the_database_holds_that_two_organizers_decide(three, enter, organizer):
    enter(three[:1])
    with pytest.raises(IntegrityError, match="selection_two_organizers"), transaction.atomic():
        Selection.objects.update(decided_by=organizer.user)


def test_only_organizers_decide_and_only_once(call, three, enter, jordanian):
    with pytest.raises(NotAllowed):
        enter(three[:1], by=jordanian)
    proposal, other = enter(three[:1]), enter(three[1:2])
    with pytest.raises(NotAllowed):
        approve(proposal, by=jordanian, at=DECIDED)
    selection = approve(proposal, by=COLLEAGUE, at=DECIDED)
    assert {refusal(approve, each, by=COLLEAGUE) for each in (proposal, other)} == {"already_decided"}
    with pytest.raises(Refused, match="approved selection"):
        enter(three[1:2])
    with pytest.raises(IntegrityError), transaction.atomic():
        call.selections.create(number=3, state="approved", seats=1, proposed_at=DECIDED, decided_at=DECIDED)
    assert approved(call) == selection


def test_a_proposal_that_was_put_away_is_not_approved(three, enter, organizer):
    proposal = discard_proposal(enter(three[:1]), by=organizer, at=DECIDED)
    assert refusal(approve, proposal, by=COLLEAGUE) == "illegal_step"


def test_what_changed_since_it_was_proposed_is_proposed_again(three, enter, organizer):
    proposal = enter(three[:1], reserves=[three[2]])
    withdraw(three[2], by=organizer, at=DECIDED)
    assert refusal(approve, proposal, by=COLLEAGUE) == "changed_since"
    assert states(three) == ["submitted", "submitted", "withdrawn"]
    approve(enter(three[:1]), by=COLLEAGUE, at=DECIDED)
    assert states(three) == ["selected", "not-selected", "withdrawn"]


def test_a_computed_proposal_is_approved_under_the_rules_it_was_computed_by(call, three, organizer):
    def computed(seats):
        set_rules(call, RulesGiven(seats=seats), by=organizer, at=DECIDED)
        return compute_proposal(request_proposal(call, by=organizer, at=DECIDED).pk, at=DECIDED)

    Call.objects.update(papers=[])
    before, now = computed(2), computed(1)
    assert refusal(approve, before, by=COLLEAGUE) == "changed_since"
    approve(now, by=COLLEAGUE, at=DECIDED)
    assert sorted(states(three)) == ["reserve", "reserve", "selected"]
    reserves = now.entries.filter(outcome="reserve").order_by("position")
    for place, entry in enumerate(reserves, start=1):
        body = Message.objects.get(to_address=entry.nomination.person.email, kind="reserve").body
        assert f"The 1 seat is taken. Your place among the reserves is number {place}." in body


def test_the_hard_rules_hold_once_more_when_a_proposal_is_approved(three, enter, organizer):
    proposal = enter(three[:2])
    Call.objects.update(seats_per_party=1)
    assert refusal(approve, proposal, by=COLLEAGUE) == "party_full"
    override(proposal, leaves_out=three[0], reason="One is enough.", by=organizer, at=DECIDED)
    override(proposal, leaves_out=three[1], reason="One is too many.", by=organizer, at=DECIDED)
    assert refusal(approve, proposal, by=COLLEAGUE) == "nobody_selected"
    assert states(three) == ["submitted"] * 3


def test_a_reserve_moves_up_when_a_seat_is_given_up_and_not_before(three, enter, organizer):
    first, second, _third = three
    selection = approve(enter([first], reserves=[second], seats=1), by=COLLEAGUE, at=DECIDED)
    invitation = invite(Nomination.objects.get(pk=first.pk), respond_by=RESPOND_BY, by=organizer, at=DECIDED)
    reserve = Nomination.objects.get(pk=second.pk)
    assert refusal(invite, reserve, respond_by=RESPOND_BY, by=organizer) == "no_free_seat"
    decline(invitation, by=organizer, at=DECIDED)
    assert invite(reserve, respond_by=RESPOND_BY, by=organizer, at=DECIDED).nomination.state == "selected"
    assert free_seats(selection) == 0


def test_what_waits_for_a_signature_is_left_out_with_its_reason_and_what_is_disputed_left_as_it_is(
    call, jordan, lebanon, of_lebanon, organizer, enter
):
    call.planning_signatures = "both"
    call.save()
    signed = named(call, 1, organizer, party=lebanon, track="biodiversity")
    unsigned = named(call, 2, organizer, party=jordan)
    disputed = named(call, 3, organizer, party=jordan, track="biodiversity")
    Nomination.objects.filter(pk=disputed.pk).update(state="disputed")
    close_call(call, by=organizer, at=DEADLINE)
    with pytest.raises(Refused, match="not a live one"):
        enter([signed], reserves=[unsigned])
    selection = approve(enter([signed]), by=COLLEAGUE, at=DECIDED)
    assert states([signed, unsigned, disputed]) == ["selected", "not-selected", "disputed"]
    entry = selection.entries.get(nomination=unsigned)
    assert (entry.outcome, entry.reason, entry.why) == (
        "not-selected",
        "",
        [{"code": "barred-unsigned", "facts": {}}],
    )
    body = Message.objects.get(kind="not-selected").body
    assert "The nomination lacked a signature that the call asked for." in body
