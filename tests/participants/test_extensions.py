"""Giving a call more time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.errors import Invalid, NotAllowed, Refused
from accounts.models import ActivityEntry
from correspondence.models import Message
from correspondence.verbs.mailings import begin_mailing
from participants.models import PersonalLink
from participants.queries.deadlines import deadline_in_force
from participants.verbs.calls import close_call, open_call
from participants.verbs.cancellations import cancel_workshop
from participants.verbs.candidates import Candidate
from participants.verbs.extensions import extend_call
from participants.verbs.links import revoke_link
from participants.verbs.nominations import nominate
from participants.verbs.reminders import send_due
from tests import builders
from tests.participants.conftest import BEFORE, DEADLINE, DECIDED

LATER = datetime(2014, 4, 11, 15, 0, tzinfo=UTC)


def letters() -> list[str]:
    return sorted(Message.objects.filter(kind="call-extension").values_list("to_address", flat=True))


def test_every_focal_point_learns_the_old_and_the_new_deadline(call, organizer):
    extended = extend_call(call, LATER, "Asia/Beirut", by=organizer, at=BEFORE)
    call.refresh_from_db()
    assert (call.deadline_at, call.deadline_zone, call.state) == (LATER, "Asia/Beirut", "open")
    assert extended.deadline_at == LATER
    assert letters() == ["omar@agriculture.example", "rana@ministry.example", "samir@ministry.example"]
    letter = Message.objects.get(kind="call-extension", to_address="samir@ministry.example")
    assert "Previous deadline: Friday 21 March 2014, 16:00 (time zone Asia/Amman)" in letter.body
    assert "New deadline: Friday 11 April 2014, 18:00 (time zone Asia/Beirut)" in letter.body
    assert letter.link_path == "/my/nominate/{token}/"


def test_the_activity_log_keeps_the_deadline_before(call, organizer):
    extend_call(call, LATER, "Asia/Amman", by=organizer, at=BEFORE)
    assert ActivityEntry.objects.get(verb="extend_call").changes == {
        "letters": 3,
        "before": "2014-03-21T14:00:00+00:00",
        "deadline": "2014-04-11T15:00:00+00:00",
        "zone": "Asia/Amman",
    }


def test_e34_both_deadlines_are_kept_and_each_moment_is_judged_by_its_own(organizer, now):
    """Notification 2016-064: 1 July 2016, extended to 8 August 2016."""
    samoa = builders.party("WSM", "Samoa")
    workshop = builders.workshop("apia-2016", parties=(samoa,), starts_on=date(2016, 10, 31), zone="Pacific/Apia")
    builders.focal_point(samoa)
    first = datetime(2016, 7, 2, 11, 59, tzinfo=UTC)  # the end of 1 July anywhere on Earth
    second = datetime(2016, 8, 9, 11, 59, tzinfo=UTC)
    opened, extended = datetime(2016, 5, 20, 9, tzinfo=UTC), datetime(2016, 7, 6, 9, tzinfo=UTC)
    call = open_call(
        workshop, deadline_at=first, deadline_zone="Etc/GMT+12", seats_per_party=2, by=organizer, at=opened
    )
    call = extend_call(call, second, "Etc/GMT+12", reason="Several Parties asked for it.", by=organizer, at=extended)
    kept = call.extensions.get()
    assert (kept.previous_at, kept.previous_zone, kept.deadline_at, kept.reason) == (
        first,
        "Etc/GMT+12",
        second,
        "Several Parties asked for it.",
    )
    assert (kept.extended_at, kept.extended_by) == (extended, organizer.label)
    assert deadline_in_force(call, datetime(2016, 7, 4, tzinfo=UTC)) == first  # was late then, and stays so
    assert deadline_in_force(call, extended) == second
    letter = Message.objects.get(kind="call-extension")
    assert "Previous deadline: Friday 1 July 2016, 23:59 (anywhere on Earth, UTC−12)" in letter.body
    assert "New deadline: Monday 8 August 2016, 23:59 (anywhere on Earth, UTC−12)" in letter.body


def test_e34_an_extension_of_an_extension_keeps_all_three(call, organizer):
    extend_call(call, LATER, "Asia/Amman", by=organizer, at=BEFORE)
    extend_call(call, LATER + timedelta(days=7), "Asia/Amman", by=organizer, at=LATER)
    assert list(call.extensions.values_list("previous_at", "deadline_at")) == [
        (DEADLINE, LATER),
        (LATER, LATER + timedelta(days=7)),
    ]
    assert deadline_in_force(call, BEFORE - timedelta(days=1)) == DEADLINE
    assert deadline_in_force(call, LATER - timedelta(days=1)) == LATER


def test_the_letter_says_why_and_to_a_silent_party_that_nothing_came(call, nomination, fao, organizer):
    fao.person.language = "en"
    fao.person.save()
    extend_call(call, LATER, "Asia/Amman", reason=" A holiday. ", by=organizer, at=BEFORE)
    said = {each.to_address: each.body for each in Message.objects.filter(kind="call-extension")}
    assert "Reason given: A holiday.\n" in said["samir@ministry.example"]
    assert "No nomination of Lebanon has been recorded so far." in said["samir@ministry.example"]
    assert "has been recorded so far" not in said["omar@agriculture.example"]


def test_without_a_reason_none_is_told(call, organizer):
    extend_call(call, LATER, "Asia/Amman", by=organizer, at=BEFORE)
    assert "Reason" not in Message.objects.get(kind="call-extension", to_address="samir@ministry.example").body


def test_a_reason_has_an_end(call, organizer):
    with pytest.raises(Invalid) as refused:
        extend_call(call, LATER, "Asia/Amman", reason="x" * 501, by=organizer, at=BEFORE)
    assert (refused.value.code, refused.value.field) == ("too_long", "reason")
    assert not call.extensions.exists()


def test_links_that_were_mailed_before_are_good_until_after_the_new_deadline(call, cbd, of_lebanon, organizer, now):
    revoked = PersonalLink.objects.get(person=of_lebanon.person)
    revoke_link(revoked, by=organizer, at=now)
    extend_call(call, LATER, "Asia/Amman", by=organizer, at=BEFORE)
    first = PersonalLink.objects.filter(person=cbd.person).earliest("created_at")
    assert first.expires_at == LATER + timedelta(days=30)
    revoked.refresh_from_db()
    assert revoked.expires_at == DEADLINE + timedelta(days=30)


def test_a_closed_call_opens_again_until_it_is_decided(call, jordan, jordanian, organizer):
    close_call(call, by=organizer, at=DEADLINE)
    extend_call(call, LATER, "Asia/Amman", by=organizer, at=DECIDED)
    candidate = Candidate(name="Suharyanto", email="suharyanto@ministry.example")
    made = nominate(
        call, party=jordan, candidate=candidate, track="biodiversity", sector="forest", by=jordanian, at=DECIDED
    )
    assert made.reference == "ANNEX2-AMM-002"


def test_a_decided_call_is_not_extended(selected, call, organizer):
    with pytest.raises(Refused) as refused:
        extend_call(call, LATER, "Asia/Amman", by=organizer, at=DECIDED)
    assert refused.value.code == "already_decided"
    call.refresh_from_db()
    assert (call.state, call.deadline_at, letters()) == ("closed", DEADLINE, [])


def test_a_cancelled_call_is_not_extended(call, workshop, organizer):
    cancel_workshop(workshop, by=organizer, at=BEFORE)
    with pytest.raises(Refused) as refused:
        extend_call(call, LATER, "Asia/Amman", by=organizer, at=BEFORE)
    assert refused.value.code == "illegal_step"


@pytest.mark.parametrize(
    ("deadline", "zone", "code", "field"),
    [
        (DEADLINE, "Asia/Amman", "deadline_not_later", "deadline_at"),
        (DEADLINE - timedelta(days=1), "Asia/Amman", "deadline_not_later", "deadline_at"),
        (datetime(2014, 6, 14, 21, 0, tzinfo=UTC), "Asia/Amman", "deadline_after_start", "deadline_at"),
        (datetime.max.replace(tzinfo=UTC), "Asia/Amman", "deadline_after_start", "deadline_at"),
        (datetime.min.replace(tzinfo=UTC), "Asia/Amman", "deadline_past", "deadline_at"),
        (LATER, "Mars/Olympus", "zone_unknown", "deadline_zone"),
    ],
)
def test_bad_deadlines_are_refused_and_leave_nothing(deadline, zone, code, field, call, organizer):
    with pytest.raises(Invalid) as refused:
        extend_call(call, deadline, zone, by=organizer, at=BEFORE)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert letters() == []


def test_the_evening_before_the_first_day_is_just_in_time(call, organizer):
    evening = datetime(2014, 6, 14, 20, 59, tzinfo=UTC)  # 23:59 in Amman
    assert extend_call(call, evening, "Asia/Amman", by=organizer, at=BEFORE).deadline_at == evening


def test_pressing_twice_writes_once_and_extending_again_writes_again(call, organizer):
    extend_call(call, LATER, "Asia/Amman", by=organizer, at=BEFORE)
    with pytest.raises(Invalid):
        extend_call(call, LATER, "Asia/Amman", by=organizer, at=BEFORE)
    assert len(letters()) == 3
    extend_call(call, LATER + timedelta(days=7), "Asia/Amman", by=organizer, at=BEFORE)
    assert len(letters()) == 6


def test_who_came_after_the_notification_is_told_and_who_left_is_not(call, cbd, lebanon, organizer):
    cbd.valid_to = date(2014, 1, 31)
    cbd.save()
    builders.focal_point(lebanon, "PA-FP", builders.person("Nadia Khoury", "nadia@ministry.example"))
    extend_call(call, LATER, "Asia/Amman", by=organizer, at=BEFORE)
    assert letters() == ["nadia@ministry.example", "omar@agriculture.example", "samir@ministry.example"]


def test_the_clock_reminds_of_the_new_deadline_anew(call, organizer):
    assert send_due(at=DEADLINE - timedelta(days=7)) == 3
    extend_call(call, LATER, "Asia/Amman", by=organizer, at=DEADLINE - timedelta(days=1))
    assert send_due(at=LATER - timedelta(days=7)) == 3
    assert send_due(at=LATER - timedelta(days=6)) == 0


def test_letters_of_a_mailing_are_held(call, organizer):
    mailing = begin_mailing("Extension", by=organizer, at=BEFORE)
    extend_call(call, LATER, "Asia/Amman", by=organizer, at=BEFORE, mailing=mailing)
    assert mailing.messages.filter(held=True, kind="call-extension").count() == 3


def test_only_organizers_extend(call, jordanian):
    with pytest.raises(NotAllowed):
        extend_call(call, LATER, "Asia/Amman", by=jordanian, at=BEFORE)
