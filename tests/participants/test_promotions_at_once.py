"""Seats given up and taken at once: none is given twice, none is lost, and nobody waits for ever."""

from datetime import timedelta

import pytest

from participants.models import Nomination, Selection
from participants.queries.selections import free_seats, holders
from participants.verbs.attendances import record_attendance
from participants.verbs.cancellations import cancel_workshop
from participants.verbs.invitations import accept, cancel_invitation, decline, invite
from participants.verbs.nominations import withdraw
from participants.verbs.postponements import postpone_workshop
from participants.verbs.registrations import RegistrationDetails, register
from tests import builders
from tests.participants.conftest import DECIDED, RESPOND_BY
from tests.participants.decided import contribution, decide, donor, nominee, paid_for
from tests.participants.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)

STRANGE = {"illegal_step", "already_invited", "no_free_seat", "no_money", "workshop_cancelled"}


@pytest.fixture
def eight(call, workshop, jordan, lebanon, organizer):
    """Two experts of each of four Parties."""
    more = [builders.party(code, name) for code, name in (("EGY", "Egypt"), ("OMN", "Oman"))]
    for party in more:
        workshop.parties.add(party, through_defaults={"programme": workshop.programme})
    parties = [party for party in (jordan, lebanon, *more) for _each in range(2)]
    return [nominee(call, party, number, organizer) for number, party in enumerate(parties, start=1)]


def invited(nominations, organizer):
    fresh = Nomination.objects.in_bulk([each.pk for each in nominations])
    return [invite(fresh[each.pk], respond_by=RESPOND_BY, by=organizer, at=DECIDED) for each in nominations]


def state_of(nomination):
    return Nomination.objects.get(pk=nomination.pk).state


def refusals(results):
    found = [each for each in results if isinstance(each, str)]
    assert set(found) <= STRANGE
    return found


def test_three_declines_at_once_move_three_reserves_up(call, eight, organizer):
    selection = decide(call, selected=eight[:4], reserves=eight[4:], seats=4)
    invitations = invited(eight[:3], organizer)
    results = at_once(*[lambda each=each: decline(each, by=organizer, at=DECIDED) for each in invitations])
    assert refusals(results) == []
    assert [state_of(each) for each in eight[4:]] == ["selected", "selected", "selected", "reserve"]
    assert free_seats(selection) == 0


def test_one_donor_does_not_pay_twice_for_two_who_decline_at_once(call, eight, organizer):
    call.funded_seats = 2
    call.save()
    norway, japan = (donor(contribution(call, fund), amount=1000) for fund in ("Norway", "Japan"))
    selection = decide(
        call,
        selected=[eight[0], eight[2]],
        reserves=eight[4:],
        seats=4,
        donors=[norway, japan],
        payers={eight[0]: [norway], eight[2]: [japan]},
    )
    invitations = invited([eight[0], eight[2]], organizer)
    at_once(*[lambda each=each: decline(each, by=organizer, at=DECIDED) for each in invitations])
    assert sorted(holders(selection).values_list("parts__contribution__fund", flat=True)) == ["Japan", "Norway"]


def test_e30_of_two_who_could_share_two_pools_one_moves_up(call, eight, organizer):
    call.funded_seats = 2
    call.save()
    norway, japan = (donor(contribution(call, fund), amount=500) for fund in ("Norway", "Japan"))
    shared = {eight[0]: [norway, japan]}
    decide(call, selected=[eight[0]], reserves=eight[4:], seats=4, donors=[norway, japan], payers=shared)
    [invitation] = invited(eight[:1], organizer)
    at_once(
        lambda: decline(invitation, by=organizer, at=DECIDED),
        *[lambda each=each: invited([each], organizer) for each in eight[4:]],
    )
    assert [state_of(each) for each in eight[4:]].count("selected") == 1
    assert sorted(map(len, map(paid_for, eight[4:]))) == [0, 0, 0, 2]


def test_a_decline_and_invitations_by_hand_at_once_give_the_seat_once(call, eight, organizer):
    selection = decide(call, selected=eight[:1], reserves=eight[2:], seats=1)
    [invitation] = invited(eight[:1], organizer)
    results = at_once(
        lambda: decline(invitation, by=organizer, at=DECIDED),
        *[lambda each=each: invited([each], organizer) for each in eight[2:]],
    )
    refusals(results)
    assert free_seats(selection) == 0
    assert [state_of(each) for each in eight[2:]].count("selected") == 1


def test_declining_cancelling_and_withdrawing_one_seat_at_once_frees_it_once(call, eight, organizer):
    selection = decide(call, selected=eight[:1], reserves=eight[2:], seats=1)
    [invitation] = invited(eight[:1], organizer)
    results = at_once(
        lambda: decline(invitation, by=organizer, at=DECIDED),
        lambda: cancel_invitation(invitation, by=organizer, at=DECIDED),
        lambda: withdraw(eight[0], by=organizer, at=DECIDED),
        lambda: accept(invitation, by=organizer, at=DECIDED),
        lambda: decline(invitation, by=organizer, at=DECIDED),
    )
    refusals(results)
    assert state_of(eight[0]) == "withdrawn"
    assert [state_of(each) for each in eight[2:]] == ["selected", *["reserve"] * 5]
    assert free_seats(selection) == 0


def test_cancelling_the_workshop_and_giving_seats_up_at_once_end_without_a_deadlock(call, workshop, eight, organizer):
    decide(call, selected=eight[:4], reserves=eight[4:], seats=4)
    invitations = invited(eight[:4], organizer)
    results = at_once(
        lambda: decline(invitations[3], by=organizer, at=DECIDED),
        lambda: withdraw(eight[2], by=organizer, at=DECIDED),
        lambda: cancel_workshop(workshop, by=organizer, at=DECIDED),
        lambda: cancel_invitation(invitations[0], by=organizer, at=DECIDED),
        lambda: decline(invitations[1], by=organizer, at=DECIDED),
    )
    refusals(results)
    workshop.refresh_from_db()
    assert workshop.stage == "cancelled"
    assert free_seats(Selection.objects.get()) >= 0


def test_the_first_presence_other_days_and_a_decline_at_once_end_without_a_deadlock(call, workshop, eight, organizer):
    selection = decide(call, selected=eight[:2], reserves=eight[4:], seats=2)
    stays, goes = [accept(each, by=organizer, at=DECIDED) for each in invited(eight[:2], organizer)]
    registration = register(stays, RegistrationDetails(badge_name="Expert"), by=organizer, at=DECIDED)
    first = workshop.starts_on
    at_once(
        lambda: decline(goes, by=organizer, at=DECIDED),
        lambda: record_attendance(registration, first, by=organizer, at=DECIDED),
        lambda: decline(stays, by=organizer, at=DECIDED),
        lambda: postpone_workshop(
            workshop, first + timedelta(days=1), workshop.ends_on, "Flood", by=organizer, at=DECIDED
        ),
    )
    workshop.refresh_from_db()
    assert free_seats(selection) == 0 or workshop.stage == "held"
    assert {stays.nomination.pk, goes.nomination.pk}.isdisjoint(holders(selection).values_list("nomination", flat=True))
