"""Registration and attendance."""

from datetime import date, timedelta

import pytest

from accounts.errors import Invalid, NotAllowed, Refused
from correspondence.models import Message
from participants.models import Attendance, Registration
from participants.queries import attendances, registrations
from participants.verbs.attendances import record_attendance
from participants.verbs.invitations import decline
from participants.verbs.registrations import RegistrationDetails, register
from tests import builders
from tests.participants.conftest import DECIDED

JUNE = {day: date(2014, 6, day) for day in range(1, 31)}


def test_registering_twice_changes_the_one_registration(accepted, nominee):
    first = register(accepted, RegistrationDetails(badge_name=" Suharyanto "), by=nominee, at=DECIDED)
    later = DECIDED + timedelta(days=1)
    second = register(accepted, RegistrationDetails(badge_name="Pak Suharyanto"), by=nominee, at=later)
    assert (first.pk, first.badge_name) == (second.pk, "Suharyanto")
    assert (second.badge_name, second.registered_at, second.changed_at) == ("Pak Suharyanto", DECIDED, later)
    assert Message.objects.filter(kind="registration-received").count() == 1


def test_e08_government_nationality_and_residence_are_three_things(accepted, nominee, jordan, lebanon):
    egypt = builders.party("EGY", "Egypt")
    details = RegistrationDetails(badge_name="S", nationality=lebanon, residence=egypt)
    row = register(accepted, details, by=nominee, at=DECIDED)
    assert (row.invitation.nomination.party, row.nationality, row.residence) == (jordan, lebanon, egypt)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"badge_name": "  "}, "name_missing", "badge_name"),
        ({"badge_name": "x" * 201}, "too_long", "badge_name"),
        ({"passport_name": "x" * 201}, "too_long", "passport_name"),
        ({"arrives_on": JUNE[16], "leaves_on": JUNE[15]}, "stay_reversed", "leaves_on"),
        ({"arrives_on": date(2041, 6, 14)}, "stay_off", "arrives_on"),
        ({"leaves_on": date(2014, 6, 1)}, "stay_off", "leaves_on"),
    ],
)
def test_bad_values_name_their_field(changes, code, field, accepted, nominee):
    with pytest.raises(Invalid) as refused:
        register(accepted, RegistrationDetails(**({"badge_name": "S"} | changes)), by=nominee, at=DECIDED)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not Registration.objects.exists()


def test_arriving_the_day_before_is_fine(accepted, nominee):
    details = RegistrationDetails(badge_name="S", arrives_on=JUNE[14], leaves_on=JUNE[20])
    assert register(accepted, details, by=nominee, at=DECIDED).arrives_on == JUNE[14]


def test_registration_is_for_the_person_who_accepted(invitation, nominee, jordanian):
    with pytest.raises(NotAllowed):
        register(invitation, RegistrationDetails(badge_name="S"), by=jordanian, at=DECIDED)
    with pytest.raises(Refused) as refused:
        register(invitation, RegistrationDetails(badge_name="S"), by=nominee, at=DECIDED)
    assert refused.value.code == "not_accepted"


def test_attendance_is_recorded_once_a_day_and_makes_the_workshop_held(accepted, nominee, organizer, workshop):
    row = register(accepted, RegistrationDetails(badge_name="S"), by=nominee, at=DECIDED)
    for _twice in range(2):
        record_attendance(row, JUNE[15], by=organizer, at=DECIDED)
    record_attendance(row, JUNE[16], by=organizer, at=DECIDED)
    assert Attendance.objects.count() == 2
    workshop.refresh_from_db()
    assert workshop.stage == "held"


def test_attendance_is_refused_off_the_days_and_for_others(accepted, nominee, organizer):
    row = register(accepted, RegistrationDetails(badge_name="S"), by=nominee, at=DECIDED)
    with pytest.raises(Invalid):
        record_attendance(row, JUNE[14], by=organizer, at=DECIDED)
    with pytest.raises(NotAllowed):
        record_attendance(row, JUNE[15], by=nominee, at=DECIDED)
    decline(accepted, by=nominee, at=DECIDED)
    with pytest.raises(Refused):
        record_attendance(row, JUNE[15], by=organizer, at=DECIDED)
    assert not Attendance.objects.exists()


def test_who_sees_registrations_and_attendances(accepted, nominee, organizer, cbd):
    row = register(accepted, RegistrationDetails(badge_name="S"), by=nominee, at=DECIDED)
    attendance = record_attendance(row, JUNE[15], by=organizer, at=DECIDED)
    own, party = builders.user("own@ministry.example"), builders.user("party@ministry.example")
    for person, user in ((accepted.nomination.person, own), (cbd.person, party)):
        person.user = user
        person.save()
    assert list(registrations.visible_to(own)) == [row]
    assert list(registrations.visible_to(party)) == []
    assert list(attendances.visible_to(party)) == [attendance]
