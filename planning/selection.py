"""Who gets a seat: a plain, repeatable proposal that an organizer may change.

Seats go round by round: in each round every Party that still has a candidate gets one seat, so that no Party has a second
seat before every Party has a first (Annex II asks for two or three experts "of each country", depending on funds). Within a
round Parties are served in the order in which their first nomination arrived; a Party's next candidate is the
highest-ranked one of a track it does not have yet, else its highest-ranked one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Nominee:
    """A candidate: ``key`` identifies, ``arrival`` orders (unique, lower is earlier), ``rank`` is the Party's own order."""

    key: str
    party: str
    track: str
    rank: int
    arrival: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A candidate and the round in which the Party's turn came, from 1 up."""

    nominee: Nominee
    round: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """``selected`` in order of seats, then ``reserves`` in the order in which they would move up."""

    selected: tuple[Placed, ...]
    reserves: tuple[Placed, ...]


def propose(nominees: Iterable[Nominee], seats: int) -> Proposal:
    """Return the proposal for ``seats`` seats (0 or more); the order of the input does not matter.

    Raises ``ValueError`` when ``seats`` is negative or two candidates share a key or an arrival.
    """
    candidates = sorted(nominees, key=lambda each: each.arrival)
    if seats < 0:
        raise ValueError("seats must not be negative")
    if len({each.key for each in candidates}) < len(candidates) or len({c.arrival for c in candidates}) < len(
        candidates
    ):
        raise ValueError("each candidate needs a key and an arrival of its own")
    first: dict[str, int] = {}
    for each in candidates:
        first.setdefault(each.party, each.arrival)
    placed = sorted(_rounds(candidates), key=lambda each: (each.round, first[each.nominee.party]))
    return Proposal(tuple(placed[:seats]), tuple(placed[seats:]))


def _rounds(candidates: Sequence[Nominee]) -> list[Placed]:
    by_party = groupby(
        sorted(candidates, key=lambda each: (each.party, each.rank, each.arrival)), lambda each: each.party
    )
    return [Placed(nominee, turn) for _, group in by_party for turn, nominee in enumerate(_turns(list(group)), start=1)]


def _turns(ranked: list[Nominee]) -> Iterable[Nominee]:
    """Give one Party's candidates in the order of its turns: a track it lacks first, then its own ranking."""
    seated: set[str] = set()
    while ranked:
        chosen = next((each for each in ranked if each.track not in seated), ranked[0])
        ranked.remove(chosen)
        seated.add(chosen.track)
        yield chosen
