"""Search and the comparison of people pass by who was erased."""

from datetime import timedelta

import pytest

from participants.models import (
    DuplicatePair,
    Nomination,
    Person,
)
from participants.queries import persons
from participants.verbs.documents import attach_document
from participants.verbs.duplicates import find_pairs
from participants.verbs.erasures import erase_person
from participants.verbs.registrations import RegistrationDetails, register
from tests import builders
from tests.participants.conftest import DECIDED

pytestmark = pytest.mark.django_db(transaction=True)

PDF = b"%PDF-1.4 a letter"
AFTER = DECIDED + timedelta(days=120)
NAME, ADDRESS = "Suharyanto", "suharyanto@ministry.example"


@pytest.fixture
def registered(accepted, nominee, jordan, jordanian):
    """Somebody who took part, with all that a person can leave behind."""
    attach_document(accepted.nomination, "cv", data=PDF, name="Suharyanto cv.pdf", by=jordanian, at=DECIDED)
    Nomination.objects.update(expertise="Suharyanto knows forests")
    return register(
        accepted,
        RegistrationDetails(badge_name=NAME, passport_name="SUHARYANTO", nationality=jordan, residence=jordan),
        by=nominee,
        at=DECIDED,
    )


@pytest.fixture
def person(registered):
    return Person.objects.get(email=ADDRESS)


def test_search_and_duplicates_pass_the_erased_by(person, organizer):
    other = builders.person("Other", "other@ministry.example")
    erase_person(person, by=organizer, at=AFTER)
    erase_person(other, by=organizer, at=AFTER)
    find_pairs(at=AFTER)
    find_pairs(everybody=True, at=AFTER)
    assert not persons.search("").filter(pk__in=[person.pk, other.pk]).exists()
    assert not DuplicatePair.objects.exists()
    person.refresh_from_db()
    assert person.match_key == ""
