"""Reserves move up: on a refusal, a cancellation, a withdrawal, and by an organizer's hand, always by the rules."""

from datetime import date, timedelta

import pytest

from accounts.actors import CLOCK, Actor
from accounts.admin.sentences import sentence
from accounts.errors import NotAllowed, Refused
from accounts.models import ActivityEntry
from correspondence.models import Message
from participants.models import Nomination, Selection, SelectionEntry
from participants.queries.reserves import moved_up
from participants.queries.selections import free_seats
from participants.verbs.cancellations import cancel_workshop
from participants.verbs.invitations import accept, cancel_invitation, decline, invite
from participants.verbs.nominations import withdraw
from participants.verbs.organizations import record_organization
from participants.verbs.postponements import postpone_workshop
from participants.verbs.promotions import promote_next
from participants.verbs.put_offs import put_off_workshop
from tests.participants.conftest import BEFORE, DECIDED, RESPOND_BY
from tests.participants.decided import contribution, decide, donor, nominee, paid_for
from workshops.models import Workshop


@pytest.fixture
def four(call, jordan, lebanon, organizer):
    """Two experts of Jordan, then two of Lebanon."""
    return [
        nominee(call, party, number, organizer)
        for number, party in enumerate([jordan, jordan, lebanon, lebanon], start=1)
    ]


@pytest.fixture
def invited(organizer):
    """Invite a nomination as it is now."""

    def _invite(nomination):
        return invite(Nomination.objects.get(pk=nomination.pk), respond_by=RESPOND_BY, by=organizer, at=DECIDED)

    return _invite


def states(nominations):
    return [Nomination.objects.get(pk=each.pk).state for each in nominations]


def test_a_decline_lets_the_next_reserve_move_up_and_the_decision_stays_as_it_was(call, four, organizer, invited):
    first, second, third, fourth = four
    selection = decide(call, selected=[first], reserves=[third, second, fourth], seats=1)
    decline(invited(first), by=organizer, at=DECIDED)
    assert states([third, second, fourth]) == ["selected", "reserve", "reserve"]
    assert free_seats(selection) == 0
    entry = SelectionEntry.objects.get(nomination=third)
    assert (entry.outcome, entry.position, list(entry.parts.all())) == ("reserve", 1, [])
    assert list(moved_up(DECIDED.date())) == [third]


def test_the_clock_moves_up_and_the_log_names_whose_seat_it_was(call, four, organizer, invited):
    first, second, *_rest = four
    decide(call, selected=[first], reserves=[second], seats=1)
    decline(invited(first), by=organizer, at=DECIDED)
    entry = ActivityEntry.objects.get(verb="promote")
    assert (entry.actor, entry.actor_label, entry.changes) == (None, "clock", {"seat_of": first.reference})
    assert sentence(entry) == f"clock moved the reserve {second.reference} up to a free seat."
    assert set(Message.objects.filter(to_address="expert2@ministry.example").values_list("kind", flat=True)) == set()


def test_e28_a_visa_that_is_refused_frees_the_seat_of_who_had_accepted(call, four, organizer, invited):
    first, second, *_rest = four
    decide(call, selected=[first], reserves=[second], seats=1)
    accepted = accept(invited(first), by=organizer, at=DECIDED)
    decline(accepted, reason="The visa was refused", by=organizer, at=DECIDED + timedelta(days=60))
    assert states([first, second]) == ["selected", "selected"]
    assert invited(second).state == "open"


def test_an_invitation_taken_back_and_a_nomination_withdrawn_free_their_seats_too(call, four, organizer, invited):
    first, second, third, fourth = four
    selection = decide(call, selected=[first, third], reserves=[second, fourth], seats=2)
    cancel_invitation(invited(first), by=organizer, at=DECIDED)
    assert states([second, fourth]) == ["selected", "reserve"]
    withdraw(Nomination.objects.get(pk=third.pk), by=organizer, at=DECIDED)
    assert states([second, fourth]) == ["selected", "selected"]
    assert free_seats(selection) == 0
    withdraw(Nomination.objects.get(pk=fourth.pk), by=organizer, at=DECIDED)
    assert free_seats(selection) == 1


def test_a_seat_given_up_twice_is_given_once(call, four, organizer, invited):
    first, second, third, _fourth = four
    decide(call, selected=[first], reserves=[second, third], seats=1)
    decline(invited(first), by=organizer, at=DECIDED)
    withdraw(Nomination.objects.get(pk=first.pk), by=organizer, at=DECIDED)
    assert states([second, third]) == ["selected", "reserve"]


def test_a_reserve_who_is_withdrawn_moves_nobody(call, four, organizer):
    first, second, third, _fourth = four
    decide(call, selected=[first], reserves=[second, third], seats=2)
    withdraw(Nomination.objects.get(pk=second.pk), by=organizer, at=DECIDED)
    assert states([third]) == ["reserve"]


def test_all_free_seats_are_filled_and_only_the_first_is_the_seat_of_who_declined(call, four, organizer, invited):
    first, second, third, fourth = four
    decide(call, selected=[first], reserves=[second, third, fourth], seats=2)
    decline(invited(first), by=organizer, at=DECIDED)
    assert states([second, third, fourth]) == ["selected", "selected", "reserve"]
    told = {each.subject_label: each.changes["seat_of"] for each in ActivityEntry.objects.filter(verb="promote")}
    assert told == {second.reference: first.reference, third.reference: ""}


def test_the_money_of_who_declined_pays_for_the_next_whom_it_may_pay_for(call, four, organizer, invited):
    first, second, third, fourth = four
    call.funded_seats = 2
    call.save()
    norway = donor(contribution(call, "Norway"), amount=1000, parties=["JOR"])
    japan = donor(contribution(call, "Japan"), amount=1000)
    decide(
        call,
        selected=[first, fourth],
        reserves=[third, second],
        seats=2,
        donors=[norway, japan],
        payers={first: [norway], fourth: [japan]},
    )
    decline(invited(first), by=organizer, at=DECIDED)
    assert states([third, second]) == ["reserve", "selected"]
    assert paid_for(second) == {"Norway": 1000}
    decline(invited(fourth), by=organizer, at=DECIDED)
    assert paid_for(third) == {"Japan": 1000}
    assert (paid_for(first), paid_for(fourth)) == ({"Norway": 1000}, {"Japan": 1000})  # the record of the decision


def test_e30_what_two_who_go_leave_in_two_pools_pays_one_journey(call, four, organizer, invited):
    first, second, third, fourth = four
    call.funded_seats = 2
    call.save()
    norway = donor(contribution(call, "Norway"), amount=700)
    japan = donor(contribution(call, "Japan"), amount=800)
    decide(
        call,
        selected=[first],
        reserves=[third, second, fourth],
        seats=3,
        donors=[norway, japan],
        payers={first: [norway, japan]},
    )
    decline(invited(first), by=organizer, at=DECIDED)
    assert states([third, second, fourth]) == ["selected", "reserve", "reserve"]  # 500 are left for the next
    assert paid_for(third) == {"Norway": 700, "Japan": 300}


def test_a_donor_of_places_pays_for_as_many_as_were_promised(call, four, organizer, invited):
    first, second, third, fourth = four
    call.funded_seats = 2
    call.save()
    norway = donor(contribution(call, "Norway"), places=2)
    decide(call, selected=[first], reserves=[second, third, fourth], seats=4, donors=[norway], payers={first: [norway]})
    assert promote_next(call, by=CLOCK, at=DECIDED) == second
    assert promote_next(call, by=CLOCK, at=DECIDED) is None
    decline(invited(second), by=organizer, at=DECIDED)
    assert states([second, third, fourth]) == ["selected", "selected", "reserve"]
    assert [paid_for(each) for each in four] == [{"Norway": 1000}] * 3 + [{}]


def test_e31_money_below_plan_drops_nobody_and_moves_nobody_up(call, four, organizer, invited):
    first, second, third, fourth = four
    call.funded_seats = 2
    call.save()
    norway = donor(contribution(call, "Norway"), amount=1500)
    selection = decide(
        call,
        selected=[first, second, third],
        reserves=[fourth],
        seats=3,
        donors=[norway],
        payers={first: [norway], second: [norway], third: [norway]},
    )
    accept(invited(first), by=organizer, at=DECIDED)
    Selection.objects.update(seats=2)
    decline(invited(second), by=organizer, at=DECIDED)
    assert states([first, third, fourth]) == ["selected", "selected", "reserve"]
    selection.refresh_from_db()
    assert free_seats(selection) == 0


def test_nobody_moves_up_to_a_workshop_that_is_cancelled(call, workshop, four, organizer, invited):
    first, second, *_rest = four
    decide(call, selected=[first], reserves=[second], seats=1)
    invited(first)
    cancel_workshop(workshop, by=organizer, at=DECIDED)
    assert states([second]) == ["reserve"]
    withdraw(Nomination.objects.get(pk=first.pk), by=organizer, at=DECIDED)
    assert states([second]) == ["reserve"]


@pytest.mark.parametrize(("stage", "days"), [("held", 0), ("reported", 0), ("invited", 75)])
def test_nobody_moves_up_to_a_workshop_that_was_held_or_has_begun(call, four, organizer, invited, stage, days):
    first, second, *_rest = four
    decide(call, selected=[first], reserves=[second], seats=1)
    invitation = invited(first)
    Workshop.objects.update(stage=stage)
    decline(invitation, by=organizer, at=DECIDED + timedelta(days=days))
    assert states([second]) == ["reserve"]


def test_seats_given_up_while_a_workshop_is_put_off_are_filled_with_its_new_days(
    call, workshop, four, organizer, invited
):
    first, second, *_rest = four
    decide(call, selected=[first], reserves=[second], seats=1)
    invitation = invited(first)
    put_off_workshop(workshop, "Flood", by=organizer, at=DECIDED)
    decline(invitation, by=organizer, at=DECIDED)
    assert states([second]) == ["reserve"]
    postpone_workshop(workshop, date(2014, 9, 1), date(2014, 9, 5), "Dry again", by=organizer, at=DECIDED)
    assert states([second]) == ["selected"]


def test_a_reserve_invited_by_hand_keeps_the_same_rules(call, four, organizer, invited, lebanon):
    first, second, third, fourth = four
    call.seats_per_party = call.funded_seats = 1
    call.save()
    norway = donor(contribution(call, "Norway"), amount=1000)
    selection = decide(
        call, selected=[first], reserves=[second, third], seats=1, donors=[norway], payers={first: [norway]}
    )

    def refusal(nomination):
        with pytest.raises(Refused) as refused:
            invited(nomination)
        return refused.value.code, str(refused.value)

    assert refusal(third)[0] == "no_free_seat"
    Selection.objects.update(seats=2)
    assert refusal(second) == ("party_full", "Its Party has its 1 place already.")
    assert refusal(third) == ("no_money", "No donor who may pay for this person has enough left.")
    Selection.objects.update(inputs=selection.inputs | {"donors": [norway | {"amount": 2000}]})
    lebanon.in_force_on = date(2014, 7, 1)
    lebanon.save()
    assert refusal(third)[0] == "not_a_party"
    lebanon.in_force_on = date(1996, 1, 1)
    lebanon.save()
    assert states([second, third]) == ["reserve", "reserve"]
    assert invited(third).nomination.state == "selected"
    assert paid_for(third) == {"Norway": 1000}
    assert ActivityEntry.objects.get(verb="promote").actor == organizer.user


def test_who_is_apart_needs_no_seat_and_is_invited_by_hand_alone(call, four, organizer, invited):
    first, second, third, _fourth = four
    centre = record_organization(name="Regional Centre", kind="regional", by=organizer, at=BEFORE)
    Nomination.objects.filter(pk=third.pk).update(party=None, organization=centre, rank=None)
    third.refresh_from_db()
    selection = decide(call, selected=[first, second], reserves=[third], seats=2)
    assert promote_next(call, by=CLOCK, at=DECIDED) is None
    assert invited(third).nomination.state == "selected"
    assert free_seats(selection) == 0


def test_only_organizers_and_the_clock_move_somebody_up(call, four):
    first, second, *_rest = four
    decide(call, selected=[first], reserves=[second], seats=2)
    with pytest.raises(NotAllowed):
        promote_next(call, by=Actor(label="nobody"), at=DECIDED)
    assert promote_next(call, by=CLOCK, at=DECIDED) == second
    assert promote_next(call, by=CLOCK, at=DECIDED) is None


def test_without_a_decision_nobody_moves_up(call, four):
    assert promote_next(call, by=CLOCK, at=DECIDED) is None
