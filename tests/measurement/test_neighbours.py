"""Who is compared with whom, without comparing everybody with everybody."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measurement.names import match_key
from measurement.neighbours import LARGEST, LARGEST_MAILBOX, Entry, neighbours

ENTRIES = st.lists(
    st.builds(
        Entry,
        scope=st.sampled_from(["", "practice"]),
        key=st.sampled_from(["mhmd sl", "bn mhmd sl", "n slv", "-"]),
        email=st.sampled_from(["", "a@x.example", "b@x.example"]),
        phone=st.sampled_from(["", "265550100"]),
    ),
    max_size=12,
)


def entry(name="", *, scope="", email="", phone="", home="JOR"):
    return Entry(scope, match_key(name), email, phone, home)


def met(*entries, fresh=None):
    return sorted(set(neighbours(entries, fresh=fresh)))


def test_e06_who_shares_a_name_an_address_or_a_number_meets():
    assert met(entry("Mohammed Saleh"), entry("محمد صالح"), entry("Omar Haddad")) == [(0, 1)]
    assert met(entry("A", email="a@x.example"), entry("Omar", email="a@x.example")) == [(0, 1)]
    assert met(entry("A", phone="265550100"), entry("Omar", phone="265550100")) == [(0, 1)]
    assert met(entry("王晓明", home="CHN"), entry("Wang Xiaoming", home="")) == [(0, 1)]


@pytest.mark.parametrize(
    ("one", "other"), [("Petra Sorensen", "Petra Sorense"), ("Marek Novak", "Marek Nowak"), ("Dan Brown", "Dan Brawn")]
)
def test_names_one_letter_apart_meet_inside_one_country(one, other):
    assert met(entry(one), entry(other)) == [(0, 1)]
    if match_key(one) != match_key(other):
        assert met(entry(one), entry(other, home="LBN")) == []


def test_synthetic_people_never_meet_real_ones():
    assert met(entry("Omar Haddad"), entry("Omar Haddad", scope="practice")) == []


def test_e05_a_name_that_everybody_has_says_nothing_but_an_address_always_does():
    crowd = [entry("Nguyen Van Anh", email=f"{number}@x.example") for number in range(LARGEST)]
    assert len(met(*crowd)) == LARGEST * (LARGEST - 1) / 2
    assert met(*crowd, entry("Nguyen Van Anh", email="7@x.example")) == [(7, LARGEST)]


def test_a_mailbox_of_a_thousand_costs_no_more_than_a_thousand():
    assert len(met(*[entry(email="info@x.example")] * 1000)) == 999
    assert len(met(*[entry(email="info@x.example")] * LARGEST_MAILBOX)) == LARGEST_MAILBOX * (LARGEST_MAILBOX - 1) / 2


@given(ENTRIES, st.integers(0, 12))
def test_the_fresh_ones_meet_exactly_whom_they_meet_among_all(entries, count):
    fresh = min(count, len(entries))
    assert met(*entries, fresh=fresh) == [pair for pair in met(*entries) if pair[0] < fresh]


@given(ENTRIES)
def test_positions_come_in_order_and_without_oneself(entries):
    assert all(0 <= one < other < len(entries) for one, other in neighbours(entries))


def test_memory_stays_flat():
    people = (entry(f"Person {number:b} of {number % 196:o}", email=f"{number}@x.example") for number in range(20_000))
    tracemalloc.start()
    for _pair in neighbours(people):
        pass
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 20_000 * 400
