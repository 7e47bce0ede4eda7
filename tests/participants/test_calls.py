"""Opening, closing and reminding of calls."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed, Refused
from accounts.models import ActivityEntry
from accounts.tokens import derive
from correspondence.models import Message
from participants.models import Call, PersonalLink
from participants.queries.calls import open_calls, signatories, visible_to
from participants.queries.links import resolve
from participants.verbs.calls import close_call, open_call
from participants.verbs.candidates import Candidate
from participants.verbs.extensions import extend_call
from participants.verbs.nominations import nominate
from participants.verbs.reminders import remind_call, send_due
from tests import builders
from tests.participants.conftest import BEFORE, DEADLINE


def test_opening_writes_to_every_signatory_once_in_the_right_language(call, workshop):
    letters = {each.to_address: each for each in Message.objects.all()}
    assert set(letters) == {"rana@ministry.example", "omar@agriculture.example", "samir@ministry.example"}
    assert letters["rana@ministry.example"].language == "ar"
    assert letters["samir@ministry.example"].language == "en"
    assert {each.kind for each in letters.values()} == {"call-notification"}
    assert {each.topic for each in letters.values()} == {workshop.reference}
    assert "{link}" in letters["samir@ministry.example"].body
    assert "21 March 2014" in letters["samir@ministry.example"].body
    workshop.refresh_from_db()
    assert (workshop.stage, call.symbol) == ("called", "ANNEX2-AMM-001")
    assert ActivityEntry.objects.get(verb="open_call").changes["letters"] == 3


def test_each_letter_has_a_link_of_its_own_that_is_stored_as_a_digest_only(call):
    links = list(PersonalLink.objects.all())
    assert len({each.digest for each in links}) == 3
    for link in links:
        token = derive(link.pk)
        assert token not in (link.digest, str(link.pk))
        assert resolve(token, "nominate", at=DEADLINE) == link
    assert set(Message.objects.values_list("link_key", flat=True)) == {each.pk for each in links}


def test_one_person_with_two_mandates_gets_one_letter(workshop, jordan, cbd, organizer, now):
    builders.focal_point(jordan, "PA-FP", cbd.person)
    open_call(workshop, deadline_at=DEADLINE, deadline_zone="Asia/Amman", seats_per_party=2, by=organizer, at=now)
    assert Message.objects.count() == 1


def test_ended_and_future_mandates_and_other_kinds_are_not_asked(workshop, jordan, cbd, organizer, now):
    builders.focal_point(jordan, "CBD-FP2", builders.person("Old", "old@m.example"), valid_to=now.date())
    builders.focal_point(jordan, "CBD-FP2", builders.person("New", "new@m.example"), valid_from=date(2014, 6, 1))
    builders.focal_point(jordan, "BCH-FP", builders.person("Biosafety", "bch@m.example"))
    call = open_call(workshop, deadline_at=DEADLINE, deadline_zone="UTC", seats_per_party=2, by=organizer, at=now)
    assert [each.person for each in signatories(call, now.date())] == [cbd.person]


def test_e18_focal_points_of_a_state_not_yet_party_are_not_asked(organizer, now):
    sudan = builders.party("SSD", "South Sudan", in_force_on=date(2014, 5, 18))
    workshop = builders.workshop("juba", parties=(sudan, builders.party()))
    builders.focal_point(sudan)
    builders.focal_point(builders.party())
    call = open_call(workshop, deadline_at=DEADLINE, deadline_zone="UTC", seats_per_party=2, by=organizer, at=now)
    assert {each.party_id for each in signatories(call, date(2014, 5, 17))} == {"JOR"}
    assert {each.party_id for each in signatories(call, date(2014, 5, 18))} == {"JOR", "SSD"}


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"deadline_at": datetime(2014, 1, 1, tzinfo=UTC)}, "deadline_past", "deadline_at"),
        ({"deadline_at": datetime(2014, 6, 20, tzinfo=UTC)}, "deadline_after_start", "deadline_at"),
        ({"deadline_zone": "Mars/Olympus"}, "zone_unknown", "deadline_zone"),
        ({"deadline_zone": "../etc/passwd"}, "zone_unknown", "deadline_zone"),
        ({"deadline_zone": ""}, "zone_unknown", "deadline_zone"),
        ({"seats_per_party": 4}, "seats_out_of_range", "seats_per_party"),
        ({"seats_per_party": 0}, "seats_out_of_range", "seats_per_party"),
    ],
)
def test_bad_values_are_refused_by_field_and_leave_nothing(change, code, field, workshop, cbd, organizer, now):
    values = {"deadline_at": DEADLINE, "deadline_zone": "Asia/Amman", "seats_per_party": 2} | change
    with pytest.raises(Invalid) as refused:
        open_call(workshop, **values, by=organizer, at=now)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not Call.objects.exists()
    assert not Message.objects.exists()


def test_a_call_that_would_reach_nobody_is_refused_and_undone(workshop, organizer, now):
    with pytest.raises(Refused) as refused:
        open_call(workshop, deadline_at=DEADLINE, deadline_zone="UTC", seats_per_party=2, by=organizer, at=now)
    assert refused.value.code == "no_focal_points"
    workshop.refresh_from_db()
    assert (workshop.stage, workshop.last_number, Call.objects.count()) == ("planned", 0, 0)


def test_a_second_call_is_refused_by_verb_and_database(call, workshop, organizer, now):
    with pytest.raises(Refused) as refused:
        open_call(workshop, deadline_at=DEADLINE, deadline_zone="UTC", seats_per_party=2, by=organizer, at=now)
    assert refused.value.code == "illegal_step"
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.create(
            workshop=workshop,
            symbol="X-1",
            opened_at=now,
            deadline_at=DEADLINE,
            deadline_zone="UTC",
            seats_per_party=2,
        )


def test_only_organizers_open_and_close(workshop, cbd, now):
    guest = Actor(label="guest", user=builders.user("guest@ministry.example"))
    with pytest.raises(NotAllowed):
        open_call(workshop, deadline_at=DEADLINE, deadline_zone="UTC", seats_per_party=2, by=guest, at=now)


def test_closing_twice_is_refused(call, organizer, now):
    assert close_call(call, by=organizer, at=now).state == "closed"
    assert not open_calls(BEFORE).exists()
    with pytest.raises(Refused, match="cannot become"):
        close_call(call, by=organizer, at=now)


def test_a_reminder_goes_to_silent_parties_once_a_day(call, jordan, jordanian, organizer):
    nominate(
        call,
        party=jordan,
        candidate=Candidate(name="Suharyanto", email="s@ministry.example"),
        track="biodiversity",
        sector="forest",
        by=jordanian,
        at=BEFORE,
    )
    assert remind_call(call, by=organizer, at=BEFORE) == 1
    assert remind_call(call, by=organizer, at=BEFORE + timedelta(hours=3)) == 0
    assert Message.objects.get(kind="call-reminder").to_address == "samir@ministry.example"
    assert remind_call(call, by=organizer, at=BEFORE + timedelta(days=1)) == 1


def test_the_clock_reminds_at_seven_and_two_days_and_never_twice(call):
    assert send_due(at=DEADLINE - timedelta(days=8)) == 0
    assert send_due(at=DEADLINE - timedelta(days=6, hours=12)) == 3
    assert send_due(at=DEADLINE - timedelta(days=6)) == 0
    assert send_due(at=DEADLINE - timedelta(days=1)) == 3
    assert send_due(at=DEADLINE - timedelta(hours=1)) == 0
    assert send_due(at=DEADLINE + timedelta(hours=1)) == 0
    links = PersonalLink.objects.count()
    assert links == 9


@pytest.mark.parametrize(
    ("days", "written"),
    [
        ([], [0, 0, 0, 0]),
        ([30], [3, 0, 0, 0]),
        ([30, 14, 1], [3, 3, 0, 3]),
        ([90], [0, 0, 0, 0]),  # 90 days before the deadline the call was not open yet: it has just been told
    ],
)
def test_the_clock_follows_the_days_of_the_call(call, days, written):
    call.reminder_days = days
    call.save()
    moments = [DEADLINE - timedelta(days=left) for left in (29, 13, 6, 0.5)]
    assert [send_due(at=at) for at in moments] == written


def test_who_has_just_been_told_of_more_time_is_not_reminded(call, organizer):
    extended = DEADLINE + timedelta(days=5)
    extend_call(call, extended, "Asia/Amman", by=organizer, at=DEADLINE)
    assert send_due(at=DEADLINE + timedelta(hours=1)) == 0
    assert send_due(at=extended - timedelta(days=2)) == 3


def test_who_sees_a_call(call, cbd, of_lebanon, django_user_model):
    user = builders.user("rana@ministry.example")
    cbd.person.user = user
    cbd.person.save()
    stranger = builders.user("stranger@ministry.example")
    assert list(visible_to(user)) == [call]
    assert list(visible_to(stranger)) == []
    cbd.valid_to = date(2014, 12, 31)
    cbd.save()
    assert list(visible_to(user)) == []
