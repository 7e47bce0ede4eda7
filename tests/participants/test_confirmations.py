"""Answers to a campaign: confirmed, or right once the contact details are changed."""

from datetime import date, timedelta

import pytest

from accounts.errors import Invalid, NotAllowed, Refused
from accounts.models import ActivityEntry
from correspondence.models import Message
from participants.models import CampaignEntry
from participants.verbs.campaigns import remind_campaign
from participants.verbs.confirmations import confirm_mandate, update_contact
from participants.verbs.focal_points import end_mandate
from participants.verbs.persons import change_person
from tests import builders
from tests.participants.campaigns import MEANWHILE, OPENED, acting, addresses, ask, entry_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(organizer, fao, jordan):
    jordan.language = "en"
    jordan.save()
    return ask(organizer)


@pytest.fixture
def entry(campaign, fao) -> CampaignEntry:
    return entry_of(fao)


def test_s038_the_holder_confirms_and_is_left_in_peace(campaign, entry, fao, organizer):
    answered = confirm_mandate(entry, by=acting(fao), at=MEANWHILE)
    assert (answered.answer, answered.answered_at, answered.answered_by) == ("confirmed", MEANWHILE, fao.person)
    fao.refresh_from_db()
    assert fao.confirmed_on == date(2019, 7, 10)
    assert remind_campaign(campaign, by=organizer, at=MEANWHILE) == 0
    confirm_mandate(entry, by=acting(fao), at=MEANWHILE + timedelta(days=1))  # again, and nothing is lost


def test_an_organizer_answers_for_a_party_whose_letter_came_by_post(entry, organizer):
    answered = confirm_mandate(entry, by=organizer, at=MEANWHILE)
    assert (answered.answer, answered.answered_by) == ("confirmed", None)
    assert ActivityEntry.objects.get(verb="confirm_mandate").actor == organizer.user


def test_another_focal_point_of_the_party_does_not_answer(entry, cbd, of_lebanon):
    for other in (cbd, of_lebanon):
        with pytest.raises(NotAllowed) as refused:
            confirm_mandate(entry, by=acting(other), at=MEANWHILE)
        assert refused.value.code == "not_yours"


def test_a_mandate_that_ended_meanwhile_is_not_confirmed(entry, fao, organizer):
    end_mandate(fao, on=date(2019, 7, 1), by=organizer, at=MEANWHILE)
    with pytest.raises(NotAllowed):
        confirm_mandate(entry, by=acting(fao), at=MEANWHILE)
    with pytest.raises(Refused) as refused:
        confirm_mandate(entry, by=organizer, at=MEANWHILE)
    assert refused.value.code == "mandate_ended"


def test_e12_nobody_confirms_a_gap(organizer, cbd, jordan):
    jordan.language = "en"
    jordan.save()
    ask(organizer)
    with pytest.raises(Refused) as refused:
        confirm_mandate(CampaignEntry.objects.get(party=jordan), by=acting(cbd), at=MEANWHILE)
    assert refused.value.code == "nobody_on_record"


def test_changed_details_are_recorded_and_told_to_the_old_address(entry, fao):
    answered = update_contact(
        entry,
        name="Omar Haddad",
        email="Omar.Haddad@Agriculture.Example",
        phone="+962 6 000",
        language="en",
        by=acting(fao),
        at=MEANWHILE,
    )
    fao.refresh_from_db()
    assert (answered.answer, fao.confirmed_on) == ("updated", date(2019, 7, 10))
    assert (fao.person.email, fao.person.phone) == ("Omar.Haddad@agriculture.example", "+962 6 000")
    assert addresses("address-changed") == ["omar@agriculture.example"]
    assert "as focal point of Jordan was changed" in Message.objects.get(kind="address-changed").body
    logged = ActivityEntry.objects.get(verb="update_contact").changes
    assert logged == {"fields": ["email", "language", "phone"]}


def test_a_mandates_own_language_of_correspondence_is_changed_with_it(entry, fao):
    fao.language = "en"
    fao.save()
    update_contact(entry, by=acting(fao), at=MEANWHILE, language="fr")
    fao.refresh_from_db()
    assert (fao.language, fao.person.language) == ("fr", "fr")
    assert addresses("address-changed") == []


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({}, "nothing_changed", ""),
        ({"name": "Omar Haddad ", "email": "omar@agriculture.example"}, "nothing_changed", ""),
        ({"email": ""}, "email_missing", "email"),
        ({"email": "omar at agriculture"}, "email_invalid", "email"),
        ({"name": " "}, "name_missing", "name"),
        ({"language": "xx"}, "unknown_choice", "language"),
    ],
)
def test_details_that_cannot_be_are_refused_beside_their_field(entry, fao, fields, code, field):
    with pytest.raises(Invalid) as refused:
        update_contact(entry, by=acting(fao), at=MEANWHILE, **fields)
    assert (refused.value.code, refused.value.field) == (code, field)
    entry.refresh_from_db()
    assert entry.answer == "waiting"


def test_the_primary_focal_point_gives_the_address_of_a_holder_without_one(organizer, cbd, fao, jordan):
    jordan.language = "en"
    jordan.save()
    change_person(fao.person, email="", by=organizer, at=OPENED)
    ask(organizer)
    update_contact(entry_of(fao), by=acting(cbd), at=MEANWHILE, email="omar@agriculture.example")
    fao.person.refresh_from_db()
    assert fao.person.email == "omar@agriculture.example"
    assert addresses("address-changed") == []


def test_a_synthetic_person_of_another_copy_answers_nothing(entry, jordan):
    copy = builders.programme("copy", rehearsal_of=builders.programme())
    played = builders.focal_point(jordan, "FAO-FP", builders.person("S", "s@practice.example", rehearsal=copy))
    with pytest.raises(NotAllowed):
        confirm_mandate(entry, by=acting(played), at=MEANWHILE)
