"""Names and countries of a registration (E01 to E03, E08)."""

import json

import pytest

from accounts.errors import Invalid, NotAllowed, Refused
from participants.models import Person, Registration
from participants.queries.persons import search
from participants.verbs.identities import IdentityDetails, save_identity
from participants.verbs.registrations import complete
from tests import builders
from tests.participants.conftest import DECIDED

NAMES = [
    ("Suharyanto", "SUHARYANTO"),  # one word
    ("ដារា សុខ", "SOK DARA"),  # family name first in the passport, last on the badge
    ("عبد الله بن خالد", "ABDULLAH BIN KHALID"),
    ("N’Guessan Aïssatou", "N'GUESSAN AISSATOU"),
    ("Rakotoarimananjaradrianampoinimerina da Silva", "RAKOTOARIMANANJARADRIANAMPOINIMERINA DA SILVA"),
]


@pytest.mark.parametrize(("badge", "passport"), NAMES)
def test_e01_e02_e03_names_are_kept_as_they_are_written(badge, passport, accepted, nominee):
    save_identity(accepted, IdentityDetails(f"  {badge} ", passport), by=nominee, at=DECIDED)
    row = Registration.objects.get()
    assert (row.badge_name, row.passport_name) == (badge, passport)
    assert json.loads(json.dumps([row.badge_name, row.passport_name])) == [badge, passport]


def test_e01_one_name_is_enough_and_nothing_is_put_in_the_place_of_another(accepted, nominee):
    save_identity(accepted, IdentityDetails("Suharyanto"), by=nominee, at=DECIDED)
    registration = complete(accepted, by=nominee, at=DECIDED)
    assert (registration.state, registration.badge_name, registration.passport_name) == ("registered", "Suharyanto", "")


def test_e03_two_forms_of_the_apostrophe_find_the_same_person(db):
    person = builders.person("N’Guessan Aïssatou", "aissatou@ministry.example")
    Person.objects.filter(pk=person.pk).update(search_text="n'guessan aissatou")
    assert list(search("N'Guessan")) == [person]
    assert list(search("N’Guessan")) == [person]


def test_e08_three_countries_stand_beside_each_other(accepted, nominee, jordan, lebanon):
    egypt = builders.party("EGY", "Egypt")
    details = IdentityDetails("S", nationality=lebanon, residence=egypt)
    row = save_identity(accepted, details, by=nominee, at=DECIDED)
    assert (row.invitation.nomination.party, row.nationality, row.residence) == (jordan, lebanon, egypt)


def test_what_is_wrong_is_named_and_nothing_is_begun(accepted, nominee, jordanian):
    for name, code in ((" ", "name_missing"), ("x" * 201, "too_long")):
        with pytest.raises(Invalid) as refused:
            save_identity(accepted, IdentityDetails(name), by=nominee, at=DECIDED)
        assert refused.value.code == code
    with pytest.raises(NotAllowed):
        save_identity(accepted, IdentityDetails("S"), by=jordanian, at=DECIDED)
    assert not Registration.objects.exists()


def test_names_before_the_invitation_is_accepted_are_refused(invitation, nominee):
    with pytest.raises(Refused) as refused:
        save_identity(invitation, IdentityDetails("S"), by=nominee, at=DECIDED)
    assert refused.value.code == "not_accepted"
