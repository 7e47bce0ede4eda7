"""Erasing a person: who it was goes, what is counted stays."""

import json
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest

from accounts.actors import Actor
from accounts.errors import NotAllowed, Refused
from accounts.models import ActivityEntry, User
from correspondence.models import Message
from participants.models import Nomination, NominationDocument, Person, PersonalLink, Registration
from participants.queries.statistics import REACHED, Stage
from participants.verbs.disclosed_persons import export_person
from participants.verbs.documents import attach_document
from participants.verbs.erasures import erase_person
from participants.verbs.invitations import decline
from participants.verbs.needs import NeedsDetails, save_needs
from participants.verbs.registrations import RegistrationDetails, register
from tests import builders
from tests.participants.conftest import DECIDED

LONG_AFTER = datetime(2014, 9, 1, 9, 0, tzinfo=UTC)
PDF = b"%PDF-1.4 a paper"


@pytest.fixture
def person(accepted, nominee, organizer):
    """Somebody who took part and has an account."""
    attach_document(accepted.nomination, "cv", data=PDF, name="cv.pdf", by=organizer, at=DECIDED)
    register(accepted, RegistrationDetails(badge_name="Suharyanto", may_list=True), by=nominee, at=DECIDED)
    save_needs(accepted, NeedsDetails(diet="No pork"), by=nominee, at=DECIDED)
    found = Person.objects.get(pk=accepted.nomination.person_id)
    found.gender, found.user = "man", builders.user("suharyanto@ministry.example", name="Suharyanto")
    found.save()
    return found


def test_nothing_tells_of_the_person_any_more(person, organizer):
    erase_person(person, by=organizer, at=LONG_AFTER)
    row = Person.objects.get(pk=person.pk)
    assert row.name == f"Erased person {str(person.pk)[-6:]}"
    assert (row.email, row.search_text, row.user, row.erased_at) == ("", "", None, LONG_AFTER)
    assert not User.objects.filter(email__startswith="suharyanto").exists()
    assert not NominationDocument.objects.exists()
    assert not PersonalLink.objects.filter(person=person).exists()
    registration = Registration.objects.get()
    assert (registration.badge_name, registration.may_list) == (row.name, False)
    letters = Message.objects.filter(person_key=person.pk)
    assert set(letters.values_list("to_name", "body")) == {("", "")}
    labels = ActivityEntry.objects.values_list("actor_label", "subject_label")
    assert not [each for each in labels if "Suharyanto" in " ".join(each)]


def test_gender_party_and_every_figure_stay(person, organizer):
    def counted():
        return [Nomination.objects.filter(REACHED[stage]).distinct().count() for stage in Stage]

    before = counted()
    erase_person(person, by=organizer, at=LONG_AFTER)
    assert counted() == before
    assert Nomination.objects.get().party_id == "JOR"
    assert Person.objects.get(pk=person.pk).gender == "man"


def test_it_waits_until_nobody_expects_the_person(person, accepted, nominee, organizer):
    with pytest.raises(Refused) as expected:
        erase_person(person, by=nominee, at=DECIDED)
    assert expected.value.code == "expected"
    decline(accepted, by=nominee, at=DECIDED)
    erase_person(person, by=nominee, at=DECIDED)
    with pytest.raises(Refused) as twice:
        erase_person(person, by=organizer, at=DECIDED)
    assert twice.value.code == "erased_already"


def test_a_focal_point_stays_while_the_mandate_stands(cbd, organizer):
    with pytest.raises(Refused) as mandate:
        erase_person(cbd.person, by=organizer, at=DECIDED)
    assert mandate.value.code == "mandate"


def test_an_undecided_nomination_and_an_office_hold_it_up(nomination, organizer):
    with pytest.raises(Refused) as undecided:
        erase_person(nomination.person, by=organizer, at=DECIDED)
    assert undecided.value.code == "selection_open"
    colleague = builders.person("Colleague", "colleague@secretariat.example")
    colleague.user = builders.user("colleague@secretariat.example", role="organizer")
    colleague.save()
    with pytest.raises(Refused) as office:
        erase_person(colleague, by=organizer, at=DECIDED)
    assert office.value.code == "account_held"


def test_nobody_erases_somebody_else(person, jordanian):
    with pytest.raises(NotAllowed):
        erase_person(person, by=jordanian, at=LONG_AFTER)


def test_all_that_is_held_is_handed_out_to_the_person(person, nominee, organizer):
    with ZipFile(BytesIO(export_person(person, by=nominee, at=DECIDED))) as archive:
        told = json.loads(archive.read("person.json"))
        assert [each["diet"] for each in told["food and access"]] == ["No pork"]
        assert told["people"][0]["name"] == "Suharyanto"
        assert "password" not in archive.read("person.json").decode()
        papers = [name for name in archive.namelist() if name != "person.json"]
        assert [archive.read(name) for name in papers] == [PDF]
    assert ActivityEntry.objects.filter(verb="export_person").count() == 1


def test_an_organizer_takes_it_out_with_every_permission_alone(person, organizer):
    with pytest.raises(NotAllowed):
        export_person(person, by=organizer, at=DECIDED)
    user = organizer.user
    user.opens_passports = user.opens_health = user.opens_emergency = True
    user.save()
    assert export_person(person, by=Actor(label="O", user=user), at=DECIDED)[:2] == b"PK"
