"""Letters in support of a visa."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.actors import Actor
from accounts.errors import NotAllowed, Refused
from accounts.models import ActivityEntry
from correspondence.models import Message
from participants.verbs.invitations import decline
from participants.verbs.registrations import RegistrationDetails, register
from participants.verbs.visas import support_visa
from tests.participants.conftest import DECIDED


def letters() -> list[Message]:
    return list(Message.objects.filter(kind="visa-support").order_by("created_at", "id"))


def test_a_participant_asks_and_gets_a_letter_as_pdf(accepted, nominee):
    support_visa(accepted, by=nominee, at=DECIDED)
    letter = letters()[0]
    assert letter.to_address == "suharyanto@ministry.example"
    assert letter.enclosures["letter"]["reference"] == accepted.nomination.reference
    assert "calendar" not in letter.enclosures
    assert ActivityEntry.objects.get(verb="support_visa").actor_label == "Suharyanto"


def test_the_letter_bears_the_name_as_in_the_passport(accepted, nominee):
    person = accepted.nomination.person
    person.language = "en"
    person.save()
    support_visa(accepted, by=nominee, at=DECIDED)
    person.passport_name = "SUHARYANTO"
    person.save()
    support_visa(accepted, by=nominee, at=DECIDED + timedelta(days=1))
    details = RegistrationDetails(badge_name="S.", passport_name="SUHARYANTO SUHARYANTO")
    register(accepted, details, by=nominee, at=DECIDED)
    support_visa(accepted, by=nominee, at=DECIDED + timedelta(days=2))
    assert [line for each in letters() for line in each.body.splitlines() if line.startswith("Name: ")] == [
        "Name: Suharyanto",
        "Name: SUHARYANTO",
        "Name: SUHARYANTO SUHARYANTO",
    ]
    assert {each.to_name for each in letters()} == {"Suharyanto"}


def test_one_letter_a_day_is_enough(accepted, nominee, organizer):
    support_visa(accepted, by=nominee, at=DECIDED)
    for by in (nominee, organizer):
        with pytest.raises(Refused) as refused:
            support_visa(accepted, by=by, at=DECIDED + timedelta(hours=2))
        assert refused.value.code == "written_today"
    support_visa(accepted, by=organizer, at=DECIDED + timedelta(days=1))
    assert len(letters()) == 2


def test_only_who_accepted_gets_one(invitation, nominee):
    with pytest.raises(Refused) as refused:
        support_visa(invitation, by=nominee, at=DECIDED)
    assert refused.value.code == "not_accepted"
    declined = decline(invitation, by=nominee, at=DECIDED)
    with pytest.raises(Refused):
        support_visa(declined, by=nominee, at=DECIDED)
    assert letters() == []


def test_nobody_asks_for_somebody_else(accepted, jordanian):
    for other in (jordanian, Actor(label="nobody")):
        with pytest.raises(NotAllowed) as refused:
            support_visa(accepted, by=other, at=DECIDED)
        assert refused.value.code == "not_yours"


def test_the_last_day_of_the_workshop_is_the_last_day_for_it(accepted, nominee):
    after = datetime(2014, 6, 19, 21, 0, tzinfo=UTC)  # midnight in Amman
    with pytest.raises(Refused) as refused:
        support_visa(accepted, by=nominee, at=after)
    assert refused.value.code == "workshop_over"
    support_visa(accepted, by=nominee, at=after - timedelta(minutes=1))
    assert len(letters()) == 1


def test_without_an_address_nothing_is_written(accepted, organizer):
    accepted.nomination.person.email = ""
    accepted.nomination.person.save()
    with pytest.raises(Refused) as refused:
        support_visa(accepted, by=organizer, at=DECIDED)
    assert refused.value.code == "no_address"
    assert not ActivityEntry.objects.filter(verb="support_visa").exists()
