"""What a selection is made from: nominees, rooms (one a workshop), donors and the organizers' word on some; and its answer.

Every amount of money is in whole units of one currency. Keys are ids of rows; nothing here knows a person's name. Where a key is
drawn at random, ``stable_name`` says what it stands for in words that are the same whenever the same facts are entered: order
and ties follow it, so that two databases with the same facts give the same people a seat.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

Shares = Mapping[str, int]  # donor to the part of one journey it pays; none of it for whoever comes at own expense
NOTHING: Shares = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Nominee:
    """Somebody who may get a seat in ``room``.

    ``gender`` is as stated (``woman`` counts to the share of women, whatever else does not); ``priority`` whether the Party is
    on a list that comes first; ``score`` 0 to 100; ``rank`` the Party's own order, from 1; ``cost`` what the journey costs a
    donor. Who is not ``financed`` comes at the own Government's expense. Without a ``stable_name`` the key is one.
    """

    key: str
    room: str
    party: str
    track: str
    sector: str
    gender: str
    priority: bool
    score: int
    rank: int
    cost: int
    financed: bool
    stable_name: str = ""

    @property
    def place_in_order(self) -> tuple[str, str]:
        """What nominees are put in order by; no two have the same."""
        return self.stable_name or self.key, self.key


@dataclass(frozen=True, slots=True)
class Room:
    """A workshop: its seats for Parties, how many of them a Party may have at most, and how many of these at own expense.

    ``own`` is what a Party that is financed may send beyond those who are paid for, and only once they are. ``women`` and
    ``sectors`` are the numbers of people to reach, no more than can be reached; ``tracks`` are those that a Party should have
    both of.
    """

    key: str
    seats: int
    limit: int
    own: int
    women: int
    sectors: Mapping[str, int]
    tracks: tuple[str, ...]

    @property
    def financed(self) -> int:
        """How many of a Party donors may pay for."""
        return self.limit - self.own


@dataclass(frozen=True, slots=True)
class Donor:
    """A budget, only for some Parties, sectors or rooms (``None``: any).

    With an ``amount`` alone it is a pool of money, and what is left over may pay a part of a journey with another pool (E30: two
    funders for one trip). With ``places`` it pays whole journeys of at most so many people, within ``amount`` if there is one.
    Without a ``stable_name`` the key is one.
    """

    key: str
    amount: int | None = None
    places: int | None = None
    parties: frozenset[str] | None = None
    sectors: frozenset[str] | None = None
    rooms: frozenset[str] | None = None
    stable_name: str = ""

    @property
    def place_in_order(self) -> tuple[str, str]:
        """What donors are put in order by; no two have the same."""
        return self.stable_name or self.key, self.key

    @property
    def is_pool(self) -> bool:
        """Whether it pays from a sum alone, whatever the number of people."""
        return self.places is None

    def may_pay(self, nominee: Nominee) -> bool:
        """Whether the earmark allows this nominee, however much is left."""
        allowed = ((self.parties, nominee.party), (self.sectors, nominee.sector), (self.rooms, nominee.room))
        return all(group is None or value in group for group, value in allowed)


@dataclass(frozen=True)
class Problem:
    """Everything a selection depends on; ``inside`` and ``outside`` are nominees whom an organizer's word puts in or out.

    Without donors no money is planned, and nobody needs a payer. Raises ``ValueError`` for two rows with one key, a nominee of
    no room and a number below nothing.
    """

    nominees: tuple[Nominee, ...]
    rooms: tuple[Room, ...]
    donors: tuple[Donor, ...] = ()
    inside: frozenset[str] = frozenset()
    outside: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for rows in (self.nominees, self.rooms, self.donors):
            if len({row.key for row in rows}) < len(rows):
                raise ValueError("each nominee, room and donor needs a key of its own")
        if not {each.room for each in self.nominees} <= {each.key for each in self.rooms}:
            raise ValueError("a nominee's room is not among the rooms")
        if any(each.score < 0 or each.cost < 0 for each in self.nominees):
            raise ValueError("scores and costs must not be negative")
        if any(min(each.seats, each.limit, each.own, each.women) < 0 for each in self.rooms):
            raise ValueError("seats, limits and numbers to reach must not be negative")
        if any((each.amount or 0) < 0 or (each.places or 0) < 0 for each in self.donors):
            raise ValueError("budgets must not be negative")
        known = {each.key for each in self.nominees}
        if not (self.inside | self.outside) <= known:
            raise ValueError("a lock is about nobody who was nominated")

    @cached_property
    def ordered(self) -> tuple[Nominee, ...]:
        """The nominees by their stable names: the order in which they came in must not matter."""
        return tuple(sorted(self.nominees, key=lambda each: each.place_in_order))

    @cached_property
    def by_key(self) -> Mapping[str, Nominee]:
        """The nominees, each under its key."""
        return {each.key: each for each in self.ordered}

    @cached_property
    def room(self) -> Mapping[str, Room]:
        """The rooms, each under its key."""
        return {each.key: each for each in sorted(self.rooms, key=lambda each: each.key)}

    @cached_property
    def donor(self) -> Mapping[str, Donor]:
        """The donors, each under its key, by their stable names."""
        return {each.key: each for each in sorted(self.donors, key=lambda each: each.place_in_order)}

    @cached_property
    def donor_place(self) -> Mapping[str, int]:
        """The place of each donor, by its key, in the order of ``donor``."""
        return {key: place for place, key in enumerate(self.donor)}

    def needs_payer(self, nominee: Nominee) -> bool:
        """Whether a donor must pay for this nominee, or the Party have a place left at its own expense."""
        return nominee.financed and bool(self.donors) and nominee.cost > 0

    def payers(self, nominee: Nominee) -> list[Donor]:
        """Return the donors whose earmarks allow a nominee, by their stable names."""
        return [each for each in self.donor.values() if each.may_pay(nominee)] if self.needs_payer(nominee) else []


@dataclass(frozen=True, slots=True)
class Level:
    """What a level came to: ``value`` is best when ``proven``, else nothing better than ``bound`` can exist."""

    name: str
    value: int
    bound: int
    proven: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """Who is selected, with what each donor pays of the journey, and what the levels came to."""

    selected: Mapping[str, Shares]
    levels: tuple[Level, ...]
