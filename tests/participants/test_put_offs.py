"""Putting a workshop off until further notice, and giving it new days after that."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.errors import Invalid, NotAllowed, Refused
from accounts.models import ActivityEntry
from correspondence.models import Message
from correspondence.verbs.mailings import begin_mailing
from participants.models import FocalPoint, Invitation, Nomination, Person
from participants.verbs.calls import close_call, open_call
from participants.verbs.candidates import Candidate
from participants.verbs.extensions import extend_call
from participants.verbs.invitations import accept, cancel_invitation, invite
from participants.verbs.nominations import nominate, withdraw
from participants.verbs.postponements import postpone_workshop
from participants.verbs.put_offs import put_off_workshop
from participants.verbs.reminders import send_due
from participants.verbs.visas import support_visa
from tests.decisions import decide
from tests.participants.conftest import BEFORE, DEADLINE, DECIDED, RESPOND_BY
from workshops.models import Workshop
from workshops.portal.calendars import calendar_of
from workshops.verbs.programmes import copy_for_practice
from workshops.verbs.workshops import advance

FIRST, LAST = date(2014, 10, 19), date(2014, 10, 23)
WHY = "The venue was damaged by a flood."


@pytest.fixture
def cbd(cbd: FocalPoint) -> FocalPoint:
    """All letters of this module are read in English."""
    Person.objects.filter(pk=cbd.person_id).update(language="en")
    cbd.refresh_from_db()
    return cbd


@pytest.fixture
def nomination(nomination: Nomination) -> Nomination:
    Person.objects.update(language="en")
    nomination.refresh_from_db()
    return nomination


@pytest.fixture
def off(workshop: Workshop, organizer):
    def done(at: datetime = DECIDED, **how) -> Workshop:
        return put_off_workshop(workshop, WHY, by=organizer, at=at, **how)

    return done


def letters() -> dict[str, Message]:
    return {each.to_address: each for each in Message.objects.filter(kind="put-off")}


def test_e26_everyone_is_told_and_everything_stands(accepted, off):
    workshop = off()
    workshop.refresh_from_db()
    assert (workshop.put_off, workshop.revision, workshop.stage) == (True, 1, "invited")
    assert (workshop.starts_on, workshop.ends_on) == (date(2014, 6, 15), date(2014, 6, 19))
    assert set(letters()) == {"suharyanto@ministry.example", "rana@ministry.example", "omar@agriculture.example"}
    accepted.refresh_from_db()
    assert (accepted.state, accepted.nomination.state) == ("accepted", "selected")
    assert ActivityEntry.objects.get(verb="put_off_workshop").changes == {
        "letters": 3,
        "before": ["2014-06-15", "2014-06-19"],
        "reason": WHY,
    }


def test_e26_who_is_nominated_and_not_decided_on_is_told_too(nomination, off):
    off(at=BEFORE)
    assert set(letters()) == {
        "suharyanto@ministry.example",
        "rana@ministry.example",
        "omar@agriculture.example",
        "samir@ministry.example",
    }
    theirs = letters()["suharyanto@ministry.example"]
    assert f"Reference: {nomination.reference}" in theirs.body
    assert theirs.enclosures == {}


def test_who_was_withdrawn_is_not_told(nomination, organizer, off):
    withdraw(nomination, by=organizer, at=BEFORE)
    off(at=BEFORE)
    assert "suharyanto@ministry.example" not in letters()


def test_the_letter_names_the_days_that_no_longer_hold(accepted, off):
    off()
    letter = letters()["suharyanto@ministry.example"]
    assert letter.subject == "Workshop for Western Asia – postponed until further notice"
    assert (
        "which was to be held in Amman, Jordan, 15–19 June 2014, has been postponed until further notice" in letter.body
    )
    assert f"Reason given: {WHY}" in letter.body


def test_calendars_lose_the_event_and_get_it_back_with_the_new_days(accepted, workshop, organizer, off):
    off()
    postpone_workshop(workshop, FIRST, LAST, WHY, by=organizer, at=DECIDED + timedelta(days=30))
    theirs = Message.objects.filter(to_address="suharyanto@ministry.example", enclosures__has_key="calendar")
    told = [each.enclosures["calendar"] for each in theirs.order_by("created_at", "pk")]
    assert [(each["revision"], each["cancelled"], each["first"]) for each in told] == [
        (0, False, "2014-06-15"),
        (0, False, "2014-06-15"),
        (1, True, "2014-06-15"),
        (2, False, "2014-10-19"),
    ]
    assert len({each["uid"] for each in told}) == 1
    workshop.refresh_from_db()
    assert (workshop.put_off, workshop.starts_on) == (False, FIRST)


def test_the_days_it_had_can_be_given_back(accepted, workshop, organizer, off):
    off()
    again = postpone_workshop(workshop, date(2014, 6, 15), date(2014, 6, 19), WHY, by=organizer, at=DECIDED)
    assert (again.put_off, again.revision) == (False, 2)


def test_an_open_call_stays_open_takes_nominations_and_can_be_extended_past_the_former_days(
    call, jordan, jordanian, organizer, off
):
    Person.objects.update(language="en")
    off(at=BEFORE)
    candidate = Candidate(name="Lina Haddad", email="lina@ministry.example")
    nominate(call, party=jordan, candidate=candidate, track="planning", sector="forest", by=jordanian, at=BEFORE)
    call.refresh_from_db()
    assert call.state == "open"
    late = datetime(2014, 8, 1, 12, 0, tzinfo=UTC)
    assert extend_call(call, late, "UTC", by=organizer, at=BEFORE).deadline_at == late
    with pytest.raises(Invalid) as refused:
        postpone_workshop(call.workshop, date(2014, 7, 20), date(2014, 7, 24), WHY, by=organizer, at=BEFORE)
    assert refused.value.code == "deadline_after_start"


def test_the_clock_reminds_nobody_meanwhile(call, organizer, off):
    Person.objects.update(language="en")
    off(at=BEFORE)
    assert send_due(at=DEADLINE - timedelta(days=1)) == 0


def test_the_clock_reminds_no_invited_person_meanwhile(invitation, off):
    off()
    assert send_due(at=RESPOND_BY - timedelta(days=3)) == 0


def test_a_planned_workshop_gets_no_call_before_its_new_days(workshop, cbd, organizer, off):
    off()
    assert letters() == {}
    with pytest.raises(Refused) as refused:
        open_call(
            workshop, deadline_at=DEADLINE, deadline_zone="Asia/Amman", seats_per_party=2, by=organizer, at=BEFORE
        )
    assert refused.value.code == "workshop_put_off"


def test_nobody_is_selected_for_days_that_are_not_known(nomination, call, organizer, off):
    close_call(call, by=organizer, at=DEADLINE)
    off()
    with pytest.raises(Refused) as refused:
        decide(call, by=organizer, at=DECIDED)
    assert refused.value.code == "workshop_put_off"
    nomination.refresh_from_db()
    assert nomination.state == "submitted"


def test_nobody_is_invited_to_days_that_are_not_known(selected, organizer, off):
    off()
    with pytest.raises(Refused) as refused:
        invite(selected, respond_by=RESPOND_BY, by=organizer, at=DECIDED)
    assert refused.value.code == "workshop_put_off"
    assert not Invitation.objects.exists()


def test_an_answer_given_meanwhile_brings_no_calendar_file(invitation, nominee, off):
    off()
    accept(invitation, by=nominee, at=DECIDED)
    assert Message.objects.get(kind="acceptance-received").enclosures == {}


def test_an_invitation_taken_back_meanwhile_is_the_same_change(invitation, organizer, off):
    off()
    cancel_invitation(invitation, by=organizer, at=DECIDED)
    taken_back = Message.objects.get(kind="invitation-cancelled").enclosures["calendar"]
    assert (taken_back["revision"], taken_back["cancelled"]) == (1, True)


def test_no_visa_is_supported_and_nothing_held_meanwhile(accepted, workshop, nominee, organizer, off):
    off()
    with pytest.raises(Refused) as refused:
        support_visa(accepted, by=nominee, at=DECIDED)
    assert refused.value.code == "workshop_put_off"
    with pytest.raises(Refused) as refused:
        advance(workshop, "held", by=organizer, at=DECIDED)
    assert refused.value.code == "workshop_put_off"


def test_it_is_put_off_once(accepted, off):
    off()
    with pytest.raises(Refused) as refused:
        off()
    assert refused.value.code == "put_off_already"
    assert len(letters()) == 3


def test_a_workshop_that_was_held_stays(accepted, workshop, organizer, off):
    advance(workshop, "held", by=organizer, at=DECIDED)
    with pytest.raises(Refused) as refused:
        off()
    assert refused.value.code == "workshop_over"


@pytest.mark.parametrize(("reason", "code"), [(" ", "reason_missing"), ("x" * 1001, "too_long")])
def test_a_reason_is_asked_for(reason, code, workshop, organizer):
    with pytest.raises(Invalid) as refused:
        put_off_workshop(workshop, reason, by=organizer, at=BEFORE)
    assert (refused.value.code, refused.value.field) == (code, "reason")


def test_only_organizers_put_off(workshop, jordanian):
    with pytest.raises(NotAllowed):
        put_off_workshop(workshop, WHY, by=jordanian, at=BEFORE)


def test_letters_of_a_mailing_are_held(accepted, organizer, off):
    mailing = begin_mailing("Put off", by=organizer, at=DECIDED)
    off(mailing=mailing)
    assert mailing.messages.filter(held=True, kind="put-off").count() == 3


def test_it_has_no_place_in_the_calendar_of_the_programme_and_a_practice_copy_has_days(workshop, organizer, off, now):
    off()
    workshop.refresh_from_db()
    assert calendar_of([workshop], "en") is None
    copy = copy_for_practice(workshop.programme, by=organizer, at=now).workshops.get()
    assert (copy.put_off, copy.revision) == (False, 0)
