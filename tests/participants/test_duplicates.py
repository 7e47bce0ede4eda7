"""Possible duplicates: found with score and reasons, decided by a person (E04 to E06)."""

from datetime import timedelta

import pytest

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed, Refused
from measurement.likeness import POINTS
from participants.models import DuplicatePair, Person
from participants.queries.duplicates import REASONS, open_pairs, open_pairs_of, visible_to, words
from participants.tasks import compare_everybody, compare_new_people
from participants.verbs.candidates import Candidate
from participants.verbs.duplicates import find_pairs, mark_different, reopen_pair
from participants.verbs.merges import merge
from participants.verbs.nominations import nominate
from participants.verbs.persons import change_person, record_person
from tests import builders
from tests.participants.conftest import BEFORE

LATER = BEFORE + timedelta(days=1)


def found():
    return [(str(pair), pair.score, pair.reasons) for pair in open_pairs()]


def in_order(*people):
    return " – ".join(str(each) for each in sorted(people, key=lambda each: each.pk))


@pytest.fixture
def two(db):
    """Two rows with one name, as two focal points would write it, and another address."""
    jordan = builders.party("JOR", "Jordan")
    one, other = (
        builders.person("Mohammed Saleh", "m.saleh@ministry.example"),
        builders.person("محمد صالح", "saleh@mail.example"),
    )
    builders.focal_point(jordan, "PA-FP", one)
    builders.focal_point(jordan, "FAO-FP", other)
    return one, other


def test_e06_mohammed_and_mohamed_and_the_arabic_form_are_shown_with_score_and_reasons(call, jordan, organizer):
    for name, track in (("Mohammed Saleh", "biodiversity"), ("Mohamed Salih", "planning")):
        nominate(
            call,
            party=jordan,
            candidate=Candidate(name=name, email=f"{track}@ministry.example"),
            track=track,
            sector="forest",
            signature=builders.official(),
            by=organizer,
            at=BEFORE,
        )
    builders.focal_point(jordan, "PA-FP", builders.person("محمد صالح", "saleh@mail.example"))
    assert find_pairs(at=BEFORE).wrote == 3
    assert sorted((score, reasons) for _pair, score, reasons in found()) == [
        (34, ["similar_name:93", "same_party", "different_email"]),
        (34, ["similar_name:93", "same_party", "different_email"]),
        (54, ["similar_name:93", "same_call_two_tracks", "same_party", "different_email"]),
    ]
    assert Person.objects.filter(merged_into__isnull=False).count() == 0


def test_e05_two_of_one_name_and_country_are_shown_and_never_merged(db):
    jordan = builders.party("JOR", "Jordan")
    for number in range(2):
        builders.focal_point(jordan, "PA-FP", builders.person("Omar Haddad", f"omar{number}@ministry.example"))
    find_pairs(everybody=True, at=BEFORE)
    assert [(score, reasons) for _pair, score, reasons in found()] == [
        (45, ["same_name", "same_party", "different_email"])
    ]
    assert Person.objects.filter(merged_into__isnull=True).count() == 2


def test_e05_namesakes_of_two_countries_are_left_alone(db):
    for code, name in (("JOR", "Jordan"), ("LBN", "Lebanon")):
        who = builders.person("Omar Haddad", f"omar@{code}.example".lower())
        builders.focal_point(builders.party(code, name), "PA-FP", who)
    find_pairs(everybody=True, at=BEFORE)
    assert found() == []


def test_one_address_in_two_writings_is_one_person(two, organizer):
    one, other = two
    change_person(other, email="M.Saleh@ministry.example", by=organizer, at=BEFORE)
    find_pairs(at=BEFORE)
    assert found() == [(in_order(one, other), 99, ["same_email", "similar_name:93", "same_party"])]


def test_only_who_is_new_or_was_changed_is_compared(two, organizer):
    assert (find_pairs(at=BEFORE).people, find_pairs(at=BEFORE).people) == (2, 0)
    DuplicatePair.objects.all().delete()
    assert find_pairs(at=BEFORE).pairs == 0
    third = record_person(name="Muhammad Saleh", email="saleh@mail.example", by=organizer, at=BEFORE)
    find_pairs(at=LATER)
    assert found() == [(in_order(two[1], third), 89, ["same_email", "similar_name:93"])]
    change_person(third, position="Director", by=organizer, at=LATER)
    assert find_pairs(at=LATER).people == 0
    assert find_pairs(everybody=True, at=LATER).wrote == 1


def test_a_pair_that_lost_its_reasons_goes(two, organizer):
    find_pairs(at=BEFORE)
    change_person(two[1], name="Lina Khoury", by=organizer, at=LATER)
    assert find_pairs(at=LATER).wrote == 1
    assert not DuplicatePair.objects.exists()


def test_two_people_stay_two_until_more_comes_to_light(two, organizer):
    find_pairs(at=BEFORE)
    pair = mark_different(open_pairs().get(), "Brothers", by=organizer, at=BEFORE)
    assert (pair.state, pair.note, pair.decided_by, pair.decided_at) == (
        "different",
        "Brothers",
        organizer.user,
        BEFORE,
    )
    change_person(two[1], name="Mohamed Saleh", by=organizer, at=LATER)
    find_pairs(everybody=True, at=LATER)
    pair.refresh_from_db()
    assert (pair.state, pair.score) == ("different", 34)
    for each in two:
        change_person(each, phone="+962 6 555 0100", by=organizer, at=LATER)
    find_pairs(at=LATER)
    pair.refresh_from_db()
    assert (pair.state, pair.note, pair.decided_at) == ("open", "Brothers", None)
    assert "same_phone" in pair.reasons


def test_what_was_decided_can_be_put_back(two, organizer):
    find_pairs(at=BEFORE)
    pair = mark_different(open_pairs().get(), by=organizer, at=BEFORE)
    with pytest.raises(Refused, match="cannot become"):
        mark_different(pair, by=organizer, at=BEFORE)
    assert reopen_pair(pair, by=organizer, at=LATER).state == "open"
    merge(*two, reason="Same passport shown", by=organizer, at=LATER)
    with pytest.raises(Refused) as refused:
        reopen_pair(pair, by=organizer, at=LATER)
    assert refused.value.code == "undo_the_merge"


def test_only_organizers_decide_and_see(two, organizer):
    find_pairs(at=BEFORE)
    pair = open_pairs().get()
    guest = builders.user("guest@ministry.example")
    for verb in (mark_different, reopen_pair):
        with pytest.raises(NotAllowed):
            verb(pair, by=Actor(label="guest", user=guest), at=BEFORE)
    with pytest.raises(Invalid) as refused:
        mark_different(pair, "x" * 501, by=organizer, at=BEFORE)
    assert refused.value.code == "too_long"
    assert (visible_to(organizer.user).count(), visible_to(guest).count()) == (1, 0)


def test_synthetic_people_are_compared_with_those_of_their_own_practice_copy_alone(db):
    practice = builders.programme("practice", rehearsal_of=builders.programme())
    people = [
        builders.person("Omar Haddad", "omar@ministry.example", rehearsal=world) for world in (None, practice, practice)
    ]
    find_pairs(everybody=True, at=BEFORE)
    assert [pair for pair, _score, _reasons in found()] == [in_order(*people[1:])]


def test_merged_rows_are_out_of_it(two, organizer):
    find_pairs(at=BEFORE)
    third = record_person(name="Mohammed Saleh", email="saleh@mail.example", by=organizer, at=BEFORE)
    find_pairs(at=BEFORE)
    assert len(found()) == 3
    merge(third, two[1], reason="The same address", by=organizer, at=LATER)
    assert list(open_pairs_of(two[1])) == []
    assert [str(pair) for pair in open_pairs_of(third)] == [in_order(two[0], third)]
    find_pairs(everybody=True, at=LATER)
    assert [pair for pair, _score, _reasons in found()] == [in_order(two[0], third)]


def test_a_name_without_letters_is_compared_once_and_not_again(db):
    builders.person("...", "")
    assert [find_pairs(at=BEFORE).people, find_pairs(at=BEFORE).people] == [1, 0]


def test_every_reason_has_its_words():
    assert set(REASONS) == set(POINTS)
    reasons = ["same_email", "similar_name:93", "different_gender"]
    assert words(reasons, speaking_for=True) == ["the same e-mail address", "names 93 % alike"]
    assert words(reasons, speaking_for=False) == ["different gender stated"]


@pytest.mark.parametrize("count", [2, 6])
def test_a_sweep_asks_the_same_number_of_times_for_two_and_for_six(count, db, django_assert_num_queries):
    for number in range(count):
        builders.person("Omar Haddad", f"omar{number}@ministry.example")
    with django_assert_num_queries(18):
        find_pairs(at=BEFORE)
    assert open_pairs().count() == count * (count - 1) / 2


def test_the_clock_compares_who_is_new_and_at_night_everybody(two):
    assert [compare_new_people(), compare_new_people(), compare_everybody()] == [1, 0, 0]
