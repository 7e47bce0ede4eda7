"""Moving a workshop to other days: who is told, what stands, and what moves along."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.errors import Invalid, NotAllowed, Refused
from accounts.models import ActivityEntry
from correspondence.models import Message
from correspondence.verbs.mailings import begin_mailing
from participants.models import PersonalLink
from participants.verbs.calls import open_call
from participants.verbs.cancellations import cancel_workshop
from participants.verbs.invitations import decline
from participants.verbs.nominations import withdraw
from participants.verbs.postponements import postpone_workshop
from tests.participants.conftest import BEFORE, DECIDED
from workshops.models import Session, Workshop
from workshops.verbs.programmes import copy_for_practice

FIRST, LAST = date(2014, 10, 19), date(2014, 10, 23)
WHY = "The venue was damaged by a flood."


def postpone(workshop, organizer, *, first=FIRST, last=LAST, reason=WHY, at=DECIDED, mailing=None):
    return postpone_workshop(workshop, first, last, reason, by=organizer, at=at, mailing=mailing)


def letters() -> dict[str, Message]:
    return {each.to_address: each for each in Message.objects.filter(kind="postponement")}


def test_who_is_invited_and_the_focal_points_of_the_party_are_told(accepted, workshop, organizer):
    postpone(workshop, organizer)
    workshop.refresh_from_db()
    assert (workshop.starts_on, workshop.ends_on, workshop.revision) == (FIRST, LAST, 1)
    told = letters()
    assert set(told) == {"suharyanto@ministry.example", "rana@ministry.example", "omar@agriculture.example"}
    theirs = told["omar@agriculture.example"]
    assert (theirs.enclosures, theirs.about_kind) == ({}, "workshop")


def test_an_invited_persons_letter_names_both_dates_and_brings_the_same_event_anew(accepted, workshop, organizer):
    accepted.nomination.person.language = "en"
    accepted.nomination.person.save()
    postpone(workshop, organizer)
    letter = letters()["suharyanto@ministry.example"]
    assert "Previous dates: 15–19 June 2014" in letter.body
    assert "New dates: 19–23 October 2014" in letter.body
    assert f"Reason given: {WHY}" in letter.body
    assert accepted.nomination.reference in letter.body
    first = Message.objects.get(kind="invitation").enclosures["calendar"]
    moved = letter.enclosures["calendar"]
    assert (moved["uid"], moved["first"], moved["last"], moved["revision"], moved["cancelled"]) == (
        first["uid"],
        "2014-10-19",
        "2014-10-23",
        1,
        False,
    )
    assert (first["first"], first["revision"]) == ("2014-06-15", 0)


def test_a_focal_points_letter_names_no_reference(invitation, workshop, fao, organizer):
    fao.person.language = "en"
    fao.person.save()
    postpone(workshop, organizer)
    body = letters()["omar@agriculture.example"].body
    assert "Reference" not in body
    assert WHY in body


def test_nominations_selection_and_answers_stand(accepted, workshop, organizer):
    postpone(workshop, organizer)
    accepted.refresh_from_db()
    workshop.refresh_from_db()
    assert (accepted.state, accepted.nomination.state, workshop.stage) == ("accepted", "selected", "invited")
    entry = ActivityEntry.objects.get(verb="postpone_workshop")
    assert entry.changes == {
        "letters": 3,
        "before": ["2014-06-15", "2014-06-19"],
        "days": ["2014-10-19", "2014-10-23"],
        "reason": WHY,
    }


def test_links_are_good_until_half_a_year_after_the_new_last_day(invitation, workshop, organizer):
    postpone(workshop, organizer)
    link = PersonalLink.objects.get(invitation=invitation)
    assert link.expires_at == datetime(2014, 10, 23, tzinfo=UTC) + timedelta(days=180)
    nominate = PersonalLink.objects.filter(purpose="nominate").latest("expires_at")
    assert nominate.expires_at == datetime(2014, 4, 20, 14, 0, tzinfo=UTC)


def test_while_the_call_is_open_everyone_it_asks_is_told(nomination, workshop, organizer):
    postpone(workshop, organizer, at=BEFORE)
    assert set(letters()) == {
        "rana@ministry.example",
        "omar@agriculture.example",
        "samir@ministry.example",
        "suharyanto@ministry.example",  # E26: every nominee
    }


def test_after_a_withdrawal_the_party_is_told_no_more(invitation, workshop, organizer):
    withdraw(invitation.nomination, by=organizer, at=DECIDED)
    postpone(workshop, organizer)
    assert letters() == {}


def test_who_declined_is_not_told(invitation, workshop, nominee, organizer):
    decline(invitation, by=nominee, at=DECIDED)
    postpone(workshop, organizer)
    assert set(letters()) == {"rana@ministry.example", "omar@agriculture.example"}


def test_who_is_selected_and_not_invited_yet_is_told_without_a_calendar(selected, workshop, organizer):
    postpone(workshop, organizer)
    assert letters()["suharyanto@ministry.example"].enclosures == {}


def test_a_focal_point_who_is_invited_gets_one_letter(invitation, cbd, workshop, organizer):
    person = invitation.nomination.person
    cbd.person = person
    cbd.save()
    postpone(workshop, organizer)
    assert Message.objects.filter(kind="postponement", to_address=person.email).count() == 1
    assert letters()[person.email].enclosures != {}


def test_a_planned_workshop_moves_without_a_letter(workshop, organizer, now):
    assert postpone(workshop, organizer, at=now).revision == 1
    assert letters() == {}


def test_each_postponement_writes_once(invitation, workshop, organizer):
    postpone(workshop, organizer)
    with pytest.raises(Refused) as refused:
        postpone(workshop, organizer)
    assert refused.value.code == "same_days"
    assert Message.objects.filter(kind="postponement").count() == 3
    again = postpone(workshop, organizer, last=LAST + timedelta(days=1))
    assert (again.revision, Message.objects.filter(kind="postponement").count()) == (2, 6)


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"first": date(2014, 4, 1)}, "days_past", "starts_on"),
        ({"last": FIRST - timedelta(days=1)}, "days_reversed", "ends_on"),
        ({"first": date(9999, 12, 30), "last": date(9999, 12, 31)}, "days_far", "ends_on"),
        ({"first": date(2014, 5, 1)}, "respond_by_after_start", "starts_on"),
        ({"reason": " \n "}, "reason_missing", "reason"),
        ({"reason": "x" * 1001}, "too_long", "reason"),
    ],
)
def test_bad_values_are_refused_by_field_and_leave_nothing(change, code, field, invitation, workshop, organizer):
    with pytest.raises(Invalid) as refused:
        postpone(workshop, organizer, **change)
    assert (refused.value.code, refused.value.field) == (code, field)
    workshop.refresh_from_db()
    assert (workshop.starts_on, workshop.revision, letters()) == (date(2014, 6, 15), 0, {})


def test_an_answer_due_the_day_before_does_not_stand_in_the_way(invitation, workshop, organizer):
    assert postpone(workshop, organizer, first=date(2014, 5, 2), last=date(2014, 5, 6)).revision == 1


def test_a_workshop_does_not_move_before_the_deadline_of_its_open_call(call, workshop, organizer):
    with pytest.raises(Invalid) as refused:
        postpone(workshop, organizer, first=date(2014, 3, 21), at=BEFORE)
    assert (refused.value.code, refused.value.field) == ("deadline_after_start", "starts_on")


@pytest.mark.parametrize("stage", ["held", "reported", "cancelled"])
def test_what_is_over_keeps_its_days(stage, workshop, organizer):
    Workshop.objects.update(stage=stage)
    with pytest.raises(Refused) as refused:
        postpone(workshop, organizer)
    assert refused.value.code == "workshop_over"


def test_days_that_passed_unheld_can_be_moved(invitation, workshop, organizer):
    assert postpone(workshop, organizer, at=datetime(2014, 7, 1, tzinfo=UTC)).starts_on == FIRST


def test_the_agenda_moves_along_at_the_same_hours_of_the_venue(workshop, organizer, now):
    for day in (15, 16, 17):
        begins = datetime(2014, 6, day, 6, 0, tzinfo=UTC)  # 09:00 in Amman, which is at UTC+3 in June
        Session.objects.create(workshop=workshop, starts_at=begins, ends_at=begins + timedelta(hours=2), room="A")
    postpone(workshop, organizer, first=date(2014, 6, 16), last=date(2014, 6, 20), at=now)
    postpone(workshop, organizer, first=date(2014, 11, 16), last=date(2014, 11, 20), at=now)
    assert list(workshop.sessions.values_list("starts_at", "ends_at")) == [
        (datetime(2014, 11, day, 7, 0, tzinfo=UTC), datetime(2014, 11, day, 9, 0, tzinfo=UTC)) for day in (16, 17, 18)
    ]
    postpone(workshop, organizer, first=date(2014, 11, 15), last=date(2014, 11, 20), at=now)
    assert workshop.sessions.first().starts_at == datetime(2014, 11, 15, 7, 0, tzinfo=UTC)


def test_a_practice_copy_begins_unmoved(workshop, organizer, now):
    postpone(workshop, organizer, at=now)
    assert copy_for_practice(workshop.programme, by=organizer, at=now).workshops.get().revision == 0


def test_letters_of_a_mailing_are_held(invitation, workshop, organizer):
    mailing = begin_mailing("Postponement", by=organizer, at=DECIDED)
    postpone(workshop, organizer, mailing=mailing)
    assert mailing.messages.filter(held=True, kind="postponement").count() == 3


def test_only_organizers_move_a_workshop(workshop, jordanian, now):
    with pytest.raises(NotAllowed):
        postpone(workshop, jordanian, at=now)


def test_cancelling_afterwards_takes_the_moved_event_out_of_calendars(accepted, workshop, organizer):
    postpone(workshop, organizer)
    cancel_workshop(workshop, by=organizer, at=DECIDED)
    event = Message.objects.get(kind="invitation-cancelled").enclosures["calendar"]
    assert (event["cancelled"], event["revision"], event["first"]) == (True, 2, "2014-10-19")


def test_a_call_opened_after_a_postponement_names_the_new_days(workshop, of_lebanon, organizer, now):
    postpone(workshop, organizer, at=now)
    open_call(
        Workshop.objects.get(),
        deadline_at=datetime(2014, 9, 1, tzinfo=UTC),
        deadline_zone="Asia/Amman",
        seats_per_party=2,
        by=organizer,
        at=now,
    )
    assert "19–23 October 2014" in Message.objects.get().body
