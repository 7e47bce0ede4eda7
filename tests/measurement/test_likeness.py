"""How likely two records are one person: E04 to E07."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measurement.likeness import ASK, POINTS, SHOWN, Described, name_alone, plain_phone, score

JORDAN, LEBANON = frozenset({"JOR"}), frozenset({"LBN"})
SALEH = Described("Mohammed Saleh", email="m.saleh@ministry.example", parties=JORDAN)
TEXTS = st.sampled_from(["", "Mohammed Saleh", "Mohamed Salih", "محمد صالح", "Ana da Silva"])
PEOPLE = st.builds(
    Described,
    name=TEXTS.filter(bool) | st.text(min_size=1, max_size=20),
    passport_name=TEXTS,
    email=st.sampled_from(["", "saleh@a.example", "Saleh@A.example", "saleh@b.example", "info@a.example"]),
    phone=st.sampled_from(["", "+962 6 555 0100", "06 555 0100", "5"]),
    gender=st.sampled_from(["unknown", "woman", "man", "other"]),
    position=st.sampled_from(["", "Director"]),
    organization=st.sampled_from(["", "a", "b"]),
    parties=st.frozensets(st.sampled_from(["JOR", "LBN"])),
    calls=st.frozensets(st.tuples(st.sampled_from(["1", "2"]), st.sampled_from(["biodiversity", "planning"]))),
)


def codes(one, other):
    return [reason.code for reason in score(one, other)[1]]


@pytest.mark.parametrize("name", ["Mohamed Saleh", "محمد صالح", "SALEH Muhammad"])
def test_e06_another_spelling_and_address_of_one_party_is_shown_with_its_reasons(name):
    points, reasons = score(SALEH, Described(name, email="m.saleh@mail.example", parties=JORDAN))
    assert SHOWN <= points <= ASK
    assert [(reason.code, reason.points) for reason in reasons if reason.code != "similar_name"] == [
        ("same_email_local", 15),
        ("same_party", 10),
        ("different_email", -5),
    ]
    assert next(reason.detail for reason in reasons if reason.code == "similar_name") >= 93


def test_e05_name_country_and_office_alone_are_never_enough():
    double = Described("Mohammed Saleh", parties=JORDAN, organization="a", position="Director")
    points, reasons = score(double, double)
    assert points == ASK
    assert name_alone(reason.code for reason in reasons)
    assert score(SALEH, replace(SALEH, email="other@mail.example"))[0] == 45


def test_e05_a_namesake_of_another_country_is_not_even_shown():
    assert score(SALEH, replace(SALEH, email="saleh@ministry.example", parties=LEBANON))[0] < SHOWN


def test_e04_two_tracks_of_one_call_count_for_one_person():
    one = replace(SALEH, calls=frozenset({("1", "biodiversity")}))
    other = replace(SALEH, email="m.saleh@agriculture.example", calls=frozenset({("1", "planning")}))
    assert score(one, other)[0] > ASK
    assert "same_call_two_tracks" in codes(one, other)
    assert "same_call_two_tracks" not in codes(one, replace(other, calls=one.calls))


def test_e07_gender_speaks_against_only_when_both_state_it():
    woman, man = replace(SALEH, gender="woman"), replace(SALEH, gender="man")
    assert "different_gender" in codes(woman, man)
    assert "different_gender" not in codes(woman, SALEH)
    assert "different_gender" not in codes(woman, woman)


def test_e02_the_name_of_the_passport_counts_like_the_name_written():
    written = Described("王晓明", passport_name="WANG Xiaoming")
    assert codes(written, Described("Wang Xiaoming")) == ["same_name"]
    assert "different_passport" in codes(
        Described("Mohammed Saleh", passport_name="Mohammed Saleh Haddad"),
        Described("Mohammed Saleh", passport_name="Xu Li"),
    )


def test_a_shared_mailbox_is_shown_and_a_shared_switchboard_is_not():
    office = Described("Omar Haddad", email="office@ministry.example", phone="+962 6 555 0100")
    colleague = Described("Lina Khoury", email="OFFICE@ministry.example")
    assert score(office, colleague)[0] == 35
    assert score(office, Described("Lina Khoury", phone="00962 6 5550100"))[0] < SHOWN


def test_addresses_of_offices_do_not_begin_alike():
    one, other = Described("A", email="director@a.example"), Described("B", email="director@b.example")
    assert "same_email_local" not in codes(one, other)


@pytest.mark.parametrize("phone", ["+962 6 555 0100", "00962-6-5550100", "962 (6) 555 01 00", "٩٦٢٦٥٥٥٠١٠٠"])
def test_one_number_written_in_several_ways(phone):
    assert plain_phone(phone) == "265550100"
    assert plain_phone("ext. 12") == ""


@given(PEOPLE, PEOPLE)
def test_the_score_is_symmetric_within_a_hundred_and_the_sum_of_its_reasons(one, other):
    points, reasons = score(one, other)
    assert (points, reasons) == score(other, one)
    assert 0 <= points <= 100
    assert points <= max(0, sum(reason.points for reason in reasons))
    assert all(reason.points == POINTS[reason.code] or reason.code == "similar_name" for reason in reasons)
    assert points <= ASK or not name_alone(reason.code for reason in reasons)


@given(PEOPLE)
def test_equal_records_with_an_address_are_one_person(person):
    person = replace(person, email="somebody@ministry.example")
    assert score(person, person)[0] == 100
    assert score(person, replace(person, name=" ".join(reversed(person.name.split())) or person.name))[0] == 100
