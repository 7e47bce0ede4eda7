"""Cancelling a workshop, and who is told."""

import pytest

from accounts.errors import NotAllowed, Refused
from correspondence.models import Message
from participants.models import Call, Invitation, Nomination
from participants.verbs.cancellations import cancel_workshop
from participants.verbs.invitations import accept, cancel_invitation, decline
from participants.verbs.nominations import withdraw
from tests.participants.conftest import DECIDED


def letters() -> list[str]:
    return list(Message.objects.filter(kind="invitation-cancelled").values_list("to_address", flat=True))


def test_everything_that_hangs_on_a_workshop_ends_with_it(accepted, workshop, organizer, nominee):
    cancelled = cancel_workshop(workshop, by=organizer, at=DECIDED)
    assert cancelled.stage == "cancelled"
    assert Call.objects.get().state == "cancelled"
    assert Invitation.objects.get().state == "cancelled"
    assert letters() == ["suharyanto@ministry.example"]
    assert Nomination.objects.get().state == "selected"
    with pytest.raises(Refused):
        accept(accepted, by=nominee, at=DECIDED)
    with pytest.raises(Refused) as refused:
        cancel_workshop(workshop, by=organizer, at=DECIDED)
    assert refused.value.code == "illegal_step"
    assert len(letters()) == 1


def test_the_event_is_taken_out_of_calendars(accepted, workshop, organizer):
    cancel_workshop(workshop, by=organizer, at=DECIDED)
    added = Message.objects.get(kind="acceptance-received").enclosures["calendar"]
    taken = Message.objects.get(kind="invitation-cancelled").enclosures["calendar"]
    assert (added["cancelled"], added["revision"]) == (False, 0)
    assert (taken["cancelled"], taken["revision"], taken["uid"]) == (True, 1, added["uid"])


def test_who_declined_is_not_told(invitation, workshop, organizer, nominee):
    decline(invitation, by=nominee, at=DECIDED)
    cancel_workshop(workshop, by=organizer, at=DECIDED)
    assert letters() == []


def test_a_workshop_is_cancelled_by_organizers_and_never_after_it_was_held(workshop, jordanian, organizer):
    with pytest.raises(NotAllowed):
        cancel_workshop(workshop, by=jordanian, at=DECIDED)
    workshop.stage = "held"
    workshop.save()
    with pytest.raises(Refused):
        cancel_workshop(workshop, by=organizer, at=DECIDED)


@pytest.mark.parametrize("end", [cancel_invitation, lambda row, **by: withdraw(row.nomination, **by)])
def test_an_invitation_taken_back_is_told_once(end, accepted, organizer):
    end(accepted, by=organizer, at=DECIDED)
    assert letters() == ["suharyanto@ministry.example"]
