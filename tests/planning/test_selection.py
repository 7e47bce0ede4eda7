"""The plain selection rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.selection import Nominee, propose

TRACKS = ("biodiversity", "planning")


@st.composite
def nominees(draw):
    """Up to six Parties with up to three ranked candidates each, in any order of arrival."""
    rows = [
        (f"P{party}", rank, draw(st.sampled_from(TRACKS)))
        for party in range(draw(st.integers(0, 6)))
        for rank in range(1, draw(st.integers(1, 3)) + 1)
    ]
    arrivals = draw(st.permutations(range(len(rows))))
    return [
        Nominee(f"{party}-{rank}", party, track, rank, arrival)
        for (party, rank, track), arrival in zip(rows, arrivals, strict=True)
    ]


@given(nominees(), st.integers(0, 20))
def test_everyone_is_placed_once_and_seats_are_never_exceeded(people, seats):
    proposal = propose(people, seats)
    placed = [each.nominee.key for each in proposal.selected + proposal.reserves]
    assert sorted(placed) == sorted(each.key for each in people)
    assert len(proposal.selected) == min(seats, len(people))


@given(nominees(), st.integers(0, 20))
def test_no_party_is_two_seats_ahead_of_one_that_waits(people, seats):
    proposal = propose(people, seats)
    held = {each.party: 0 for each in people}
    for each in proposal.selected:
        held[each.nominee.party] += 1
    for waiting in {each.nominee.party for each in proposal.reserves}:
        assert max(held.values()) <= held[waiting] + 1


@given(nominees(), st.integers(0, 20), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(people, seats, random):
    shuffled = list(people)
    random.shuffle(shuffled)
    assert propose(shuffled, seats) == propose(people, seats)


@given(nominees())
def test_the_second_turn_goes_to_the_other_track_when_there_is_one(people):
    placed = {each.nominee.key: each.round for each in propose(people, len(people)).selected}
    for party in {each.party for each in people}:
        own = sorted((each for each in people if each.party == party), key=lambda each: placed[each.key])
        if len({each.track for each in own}) == 2:
            assert own[0].track != own[1].track
        assert own[0].rank == 1


def test_one_more_seat_never_takes_a_seat_away():
    people = [Nominee(f"{p}{r}", p, "planning", r, ord(p) * 10 + r) for p in "ABC" for r in (1, 2)]
    for seats in range(6):
        before, after = propose(people, seats), propose(people, seats + 1)
        assert set(before.selected) < set(after.selected)


def test_bad_input_is_refused():
    one = Nominee("a", "JOR", "planning", 1, 1)
    with pytest.raises(ValueError, match="negative"):
        propose([one], -1)
    with pytest.raises(ValueError, match="of its own"):
        propose([one, Nominee("b", "LBN", "planning", 1, 1)], 1)
