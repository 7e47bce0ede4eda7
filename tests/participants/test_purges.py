"""The nightly purge: nothing too early, everything on time, and the counts stay."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.storage import default_storage

from accounts.models import ActivityEntry
from correspondence.models import Message, StoredFile
from participants.models import (
    EmergencyContact,
    Invitation,
    Journey,
    Needs,
    Nomination,
    NominationDocument,
    PersonalLink,
    Purge,
    Registration,
    RegistrationTerms,
    Stay,
    TravelDocument,
    Visa,
)
from participants.models.visas import VisaState
from participants.queries.statistics import REACHED, Stage
from participants.verbs import purges
from participants.verbs.documents import attach_document
from participants.verbs.emergency_contacts import ContactDetails, save_emergency_contact
from participants.verbs.invitations import decline
from participants.verbs.journeys import JourneyDetails, save_journey
from participants.verbs.needs import NeedsDetails, save_needs
from participants.verbs.purges import purge
from participants.verbs.registrations import RegistrationDetails, register
from participants.verbs.stays import StayDetails, save_stay
from participants.verbs.travel_documents import DocumentDetails, DocumentsDetails, Upload, save_documents
from participants.verbs.visas import tell_visa
from tests.participants.conftest import DECIDED

PDF = b"%PDF-1.4 a paper"
LAST_DAY = datetime(2014, 6, 19, 12, 0, tzinfo=UTC)


def after(days):
    return LAST_DAY + timedelta(days=days)


@pytest.fixture
def told(accepted, nominee, organizer, workshop):
    """Somebody who told everything, with papers, for a workshop that ends on 19 June 2014."""
    workshop.ends_on = LAST_DAY.date()
    workshop.save()
    attach_document(accepted.nomination, "cv", data=PDF, name="cv.pdf", by=organizer, at=DECIDED)
    details = RegistrationDetails(badge_name="Suharyanto", passport_name="SUHARYANTO", nationality=workshop.host)
    row = register(accepted, details, by=nominee, at=DECIDED)
    passport = DocumentDetails(kind="regular", number="A1", scan=Upload(PDF, "passport.pdf"))
    save_documents(accepted, DocumentsDetails((passport,)), by=nominee, at=DECIDED)
    tell_visa(accepted, VisaState.APPLIED, by=nominee, at=DECIDED)
    save_needs(accepted, NeedsDetails(diet="No pork"), by=nominee, at=DECIDED)
    save_emergency_contact(accepted, ContactDetails("Siti", "+62 21 555 0100"), by=nominee, at=DECIDED)
    save_journey(accepted, JourneyDetails(leaves_from="Jakarta"), by=nominee, at=DECIDED)
    save_stay(accepted, StayDetails("own"), by=nominee, at=DECIDED)
    return row


def there(*models):
    return [model.objects.count() for model in models]


def test_each_kind_goes_on_its_day_and_not_before(told):
    purge(at=after(7))
    assert there(TravelDocument, Visa, Needs, EmergencyContact) == [1, 1, 1, 1]
    purge(at=after(8))
    assert there(TravelDocument, Visa, Needs, EmergencyContact) == [1, 1, 0, 0]
    purge(at=after(30))
    assert there(TravelDocument, Visa) == [1, 1]
    purge(at=after(31))
    assert there(TravelDocument, Visa, Journey, Stay) == [0, 0, 1, 1]
    purge(at=after(91))
    row = Registration.objects.get()
    assert there(Journey, Stay) == [0, 0]
    assert (row.passport_name, row.nationality, row.badge_name) == ("", None, "Suharyanto")
    purge(at=after(730))
    assert there(NominationDocument, StoredFile) == [1, 1]
    purge(at=after(731))
    assert there(NominationDocument, StoredFile, PersonalLink) == [0, 0, 0]


def test_the_copy_of_the_passport_goes_from_the_storage_with_it(told):
    stored = StoredFile.objects.get(purpose="scan").storage_name
    assert default_storage.exists(stored)
    assert purge(at=after(31)).files == 1
    assert not default_storage.exists(stored)


def test_a_workshop_says_itself_how_long_it_keeps_passports(told, workshop):
    RegistrationTerms.objects.create(workshop=workshop, passport_days=5)
    purge(at=after(5))
    assert there(TravelDocument) == [1]
    purge(at=after(6))
    assert there(TravelDocument) == [0]


def test_a_workshop_that_is_put_off_is_not_over(told, workshop):
    workshop.put_off = True
    workshop.save()
    purge(at=after(200))
    assert there(TravelDocument, Needs, Journey) == [1, 1, 1]


def test_who_no_longer_comes_is_forgotten_that_night(told, accepted, nominee):
    decline(accepted, by=nominee, at=DECIDED)
    run = purge(at=DECIDED + timedelta(hours=1))
    assert there(TravelDocument, Needs, EmergencyContact, Journey) == [0, 0, 0, 0]
    assert (run.counts["passports"], run.counts["needs"]) == (2, 2)


def test_letters_and_addresses_of_the_log_are_blanked_and_stay_counted(told):
    letters, entries = Message.objects.count(), ActivityEntry.objects.count()
    ActivityEntry.objects.update(address="192.0.2.1")
    Message.objects.update(state="sent", sent_at=DECIDED)
    purge(at=after(800))
    assert (Message.objects.count(), ActivityEntry.objects.count()) == (letters, entries)
    assert set(Message.objects.values_list("to_name", "to_address", "body")) == {("", "gone@people.invalid", "")}
    assert not ActivityEntry.objects.filter(address__isnull=False).exists()


def test_the_counts_of_the_reports_stay(told):
    def counted():
        return [Nomination.objects.filter(REACHED[stage]).distinct().count() for stage in Stage]

    before, invitations = counted(), Invitation.objects.count()
    purge(at=after(731))
    assert (counted(), Invitation.objects.count()) == (before, invitations)


def test_a_second_run_finds_nothing(told):
    purge(at=after(731))
    again = purge(at=after(731))
    assert {count for name, count in again.counts.items()} == {0}
    assert (again.files, again.problem) == (0, "")


def test_one_rule_that_fails_does_not_keep_the_others(told, monkeypatch):
    def fails(_at):
        raise RuntimeError("disk full")

    monkeypatch.setattr(purges, "CARRIED_OUT", {**purges.CARRIED_OUT, "needs": fails})
    run = purge(at=after(40))
    assert (run.problem, there(Needs, TravelDocument)) == ("needs", [1, 0])
    assert Purge.objects.get().ended_at is not None
