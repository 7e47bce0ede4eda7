"""Certificates of participation."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.errors import NotAllowed, Refused
from accounts.models import ActivityEntry
from correspondence.models import Message
from correspondence.verbs.mailings import begin_mailing
from participants.models import Attendance
from participants.verbs.attendances import record_attendance
from participants.verbs.certificates import certify
from participants.verbs.registrations import RegistrationDetails, register
from tests.participants.conftest import DECIDED

AFTER = datetime(2014, 6, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def days(accepted, nominee, organizer) -> list[Attendance]:
    """Two days on which the participant was seen."""
    registration = register(accepted, RegistrationDetails(badge_name="Suharyanto"), by=nominee, at=DECIDED)
    return [record_attendance(registration, date(2014, 6, day), by=organizer, at=AFTER) for day in (15, 17)]


def certificates() -> list[Message]:
    return list(Message.objects.filter(kind="certificate"))


def test_who_was_present_gets_one_certificate_whatever_the_days(days, accepted, organizer):
    assert [certify(day, by=organizer, at=AFTER) for day in (*days, days[0])] == [True, False, False]
    letter = certificates()[0]
    assert letter.to_address == "suharyanto@ministry.example"
    assert letter.enclosures["letter"]["date"] == "2014-06-20"
    assert letter.enclosures["letter"]["reference"] == accepted.nomination.reference
    assert len(certificates()) == ActivityEntry.objects.filter(verb="certify").count() == 1


def test_certificates_are_given_from_the_last_day_on(days, organizer):
    last_day = datetime(2014, 6, 18, 21, 0, tzinfo=UTC)  # midnight in Amman
    with pytest.raises(Refused) as refused:
        certify(days[0], by=organizer, at=last_day - timedelta(minutes=1))
    assert refused.value.code == "workshop_not_held"
    assert certify(days[0], by=organizer, at=last_day)


def test_a_workshop_that_does_not_count_as_held_certifies_nobody(days, workshop, organizer):
    workshop.refresh_from_db()
    assert workshop.stage == "held"
    workshop.stage = "invited"
    workshop.save()
    with pytest.raises(Refused) as refused:
        certify(days[0], by=organizer, at=AFTER)
    assert refused.value.code == "workshop_not_held"


def test_without_an_address_nothing_is_written(days, accepted, organizer):
    accepted.nomination.person.email = ""
    accepted.nomination.person.save()
    with pytest.raises(Refused) as refused:
        certify(days[0], by=organizer, at=AFTER)
    assert refused.value.code == "no_address"
    assert certificates() == []


def test_letters_of_a_mailing_are_held(days, organizer):
    mailing = begin_mailing("Certificates", by=organizer, at=AFTER)
    assert certify(days[0], by=organizer, at=AFTER, mailing=mailing)
    assert mailing.messages.get().held


def test_only_organizers_certify(days, nominee, jordanian):
    for other in (nominee, jordanian):
        with pytest.raises(NotAllowed):
            certify(days[0], by=other, at=AFTER)
