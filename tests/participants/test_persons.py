"""People and their names: E01 to E03, E07."""

import csv
import io
import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction

from accounts.errors import Invalid, NotAllowed, Refused
from participants.models import Person
from participants.queries.persons import belongs, search
from participants.verbs.persons import LIMITS, change_person, link_account, record_person, unlink_account
from tests import builders

AWKWARD = (
    "N’Guessan Côte d’Ivoire",
    "Ana 'Anita' da Silva",
    "Andriantsimitoviaminandriandehibe Razafindratsimandresy",
    "محمد بن صالح",
    "欧阳丽华",
    "ចាន់ សុខា",
    "ሰላም ገብረ",
    "ລາວ ວົງສາ",
    "އަހްމަދު ރަޝީދު",
)


def test_e01_one_name_is_enough(organizer, now):
    person = record_person(name="Suharyanto", email="suharyanto@ministry.example", by=organizer, at=now)
    person.refresh_from_db()
    assert (person.name, person.passport_name, person.sort_key) == ("Suharyanto", "", "Suharyanto")
    assert str(person) == "Suharyanto"
    assert list(search("suhar")) == [person]


def test_e01_no_name_is_refused_by_verb_and_database(organizer, now):
    with pytest.raises(Invalid) as refused:
        record_person(name="  ", email="", by=organizer, at=now)
    assert (refused.value.code, refused.value.field) == ("name_missing", "name")
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(name="")


def test_e02_written_passport_and_sort_names_are_kept_apart_and_all_found(organizer, now):
    person = record_person(
        name="王晓明", passport_name="WANG Xiaoming", sort_key="Wang Xiaoming", email="", by=organizer, at=now
    )
    for text in ("晓明", "wang xiao", "XIAOMING"):
        assert list(search(text)) == [person], text
    assert person.name == "王晓明"


def test_e02_lists_sort_by_the_key_given(organizer, now):
    for name, key in (("欧阳丽华", "Ouyang Lihua"), ("Zainab", ""), ("Łukasz Ądam", "Adam Lukasz")):
        record_person(name=name, sort_key=key, by=organizer, at=now)
    assert [each.name for each in Person.objects.all()] == ["Łukasz Ądam", "欧阳丽华", "Zainab"]


@pytest.mark.parametrize("name", AWKWARD)
def test_e03_names_come_back_as_they_went_in(name, organizer, now):
    person = Person.objects.get(pk=record_person(name=name, by=organizer, at=now).pk)
    assert person.name == name
    assert json.loads(json.dumps({"name": person.name}, cls=DjangoJSONEncoder))["name"] == name
    table = io.StringIO()
    csv.writer(table).writerow([person.name])
    assert next(csv.reader(io.StringIO(table.getvalue()))) == [name]


def test_e03_both_apostrophes_find_the_same_person(organizer, now):
    curly = record_person(name="Adjoua N’Guessan", by=organizer, at=now)
    straight = record_person(name="Koffi N'Guessan", by=organizer, at=now)
    for text in ("n'guessan", "N’GUESSAN"):
        assert set(search(text)) == {curly, straight}


def test_e07_gender_is_unknown_unless_stated(organizer, now):
    person = record_person(name="Ms. Maria", by=organizer, at=now)
    assert person.gender == "unknown"
    changed = change_person(person, gender="other", by=organizer, at=now)
    assert (changed.gender, changed.get_gender_display()) == ("other", "Another")


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("name", "x" * 201, "too_long"),
        ("name", "two\nlines", "control_characters"),
        ("name", "nul\x00", "control_characters"),
        ("name", "lone \ud800 surrogate", "control_characters"),
        ("email", "not an address", "email_invalid"),
        ("email", "a@b.example\nBcc: c@d.example", "control_characters"),
        ("gender", "female", "unknown_choice"),
        ("language", "de", "unknown_choice"),
        ("phone", "1" * 41, "too_long"),
    ],
)
def test_bad_values_name_their_field_and_leave_nothing(field, value, code, organizer, now):
    with pytest.raises(Invalid) as refused:
        record_person(**({"name": "Somebody"} | {field: value}), by=organizer, at=now)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not Person.objects.exists()


def test_an_account_belongs_to_one_person(organizer, now):
    user = builders.user("guest@ministry.example")
    first, second = builders.person("First"), builders.person("Second")
    link_account(first, user, by=organizer, at=now)
    with pytest.raises(Refused, match="somebody else"):
        link_account(second, user, by=organizer, at=now)
    unlink_account(user, by=organizer, at=now)
    assert link_account(second, user, by=organizer, at=now).user == user
    with pytest.raises(NotAllowed):
        link_account(first, user, by=type(organizer)(label="nobody"), at=now)


def test_synthetic_people_belong_to_their_practice_copy_alone(db):
    real = builders.programme()
    practice = builders.programme("practice", rehearsal_of=real)
    other = builders.programme("other-practice", rehearsal_of=real)
    someone, made_up = builders.person("Real"), builders.person("Synthetic", rehearsal=practice)
    assert [belongs(someone, each) for each in (real, practice, other)] == [True, False, False]
    assert [belongs(made_up, each) for each in (real, practice, other)] == [False, True, False]


def test_the_limits_of_texts_are_those_of_the_columns():
    assert {field: Person._meta.get_field(field).max_length for field in LIMITS} == LIMITS  # type: ignore[union-attr]
