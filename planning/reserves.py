"""The order of the reserves, and what each would need to come in.

A room's reserves are ranked one seat at a time: everyone who is selected and everybody before on the list is in, and the next is
who adds most, level by level. So the order is the answer to "who gets the next seat?", asked again and again.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from planning.levels import Tally
from planning.payers import Kind, kind_of, left_for
from planning.seats import Nominee, Problem, Room, Shares


@dataclass(frozen=True, slots=True)
class Reserve:
    """One reserve with the ``place`` on the list of the room, from 1, and what it takes to come in now.

    ``seat``: the room is full. ``limit``: the Party has all its seats; ``beyond``: it has once those before on the list are in.
    ``missing``: money that those who may pay, ``payers``,
    lack for this journey, 0 when there is enough or none is needed.
    """

    key: str
    place: int
    seat: bool
    limit: bool
    beyond: bool
    missing: int
    payers: tuple[str, ...]


def rank(problem: Problem, standing: "Standing") -> list[Reserve]:
    """Return everybody who is neither selected nor out by an organizer's word, room by room in the order of the list.

    Whoever comes beyond the Party's limit stands behind all who keep it.
    """
    found: list[Reserve] = []
    for room in problem.room:
        waiting = [
            each
            for each in problem.ordered
            if each.room == room and each.key not in standing.selected and each.key not in problem.outside
        ]
        order = _order(standing, waiting)
        found += [standing.reserve(each, place, beyond) for place, (each, beyond) in enumerate(order, start=1)]
    return found


def at_own_expense(room: Room, own: int, paid: int) -> bool:
    """Whether one more of a Party comes at its own expense: all who are financed are paid for, and a place is left."""
    return paid >= room.financed and own < room.own


def _place(nominee: Nominee) -> tuple[str, str]:
    return nominee.room, nominee.party


class Standing:
    """What a selection leaves: counts, places at own expense, and the money that could still pay for one more."""

    def __init__(self, problem: Problem, selected: Mapping[str, Shares]) -> None:
        self.problem = problem
        self.selected = selected
        self.people = [problem.by_key[key] for key in sorted(selected)]
        self.counted = self.tally()
        self.own = Counter((each.room, each.party) for each in self.people if self._at_own_expense(each))
        self.paid = Counter((each.room, each.party) for each in self.people if selected[each.key])
        self.left = self._left()

    def _at_own_expense(self, nominee: Nominee) -> bool:
        return self.problem.needs_payer(nominee) and not self.selected[nominee.key]

    def _left(self) -> Mapping[Kind, int]:
        problem = self.problem
        if not problem.donors:
            return {}
        pooled = [each for each in self.people if any(problem.donor[key].is_pool for key in self.selected[each.key])]
        waiting = [each for each in problem.ordered if each.key not in self.selected and problem.needs_payer(each)]
        return left_for(problem, pooled, sorted({kind_of(problem, each) for each in waiting}))

    def tally(self) -> Tally:
        """Return the counts of the selection, to be counted on with."""
        tally = Tally(self.problem)
        for each in self.people:
            tally.add(each)
        return tally

    def has_place(self, nominee: Nominee) -> bool:
        """Whether a donor of places could still pay this whole journey."""
        for donor in self.problem.payers(nominee):
            if not donor.is_pool and donor.places is not None:
                paid = [shares[donor.key] for shares in self.selected.values() if donor.key in shares]
                if len(paid) < donor.places and (donor.amount is None or sum(paid) + nominee.cost <= donor.amount):
                    return True
        return False

    def missing(self, nominee: Nominee) -> int:
        """Return the money that lacks for one more journey, 0 where there is enough or none is needed.

        Pools may part their money anew for it; whom a donor of places pays, and who comes at own expense, stays as it is.
        """
        at_own = at_own_expense(self.problem.room[nominee.room], self.own[_place(nominee)], self.paid[_place(nominee)])
        if not self.problem.needs_payer(nominee) or at_own or self.has_place(nominee):
            return 0
        return max(0, nominee.cost - self.left[kind_of(self.problem, nominee)])

    def reserve(self, nominee: Nominee, place: int, beyond: bool) -> Reserve:
        """Return what it takes for a nominee to come in now."""
        room = self.problem.room[nominee.room]
        return Reserve(
            key=nominee.key,
            place=place,
            seat=self.counted.room[nominee.room] >= room.seats,
            limit=self.counted.party[nominee.room, nominee.party] >= room.limit,
            beyond=beyond,
            missing=self.missing(nominee),
            payers=tuple(donor.key for donor in self.problem.payers(nominee)),
        )


class _Queue:
    """Those who wait in one room; the next is who adds most to all who are in, counted anew whenever somebody comes in."""

    def __init__(self, standing: Standing, waiting: Iterable[Nominee]) -> None:
        self.standing = standing
        self.tally = standing.tally()
        self.own, self.paid = standing.own.copy(), standing.paid.copy()
        self.left = {each.key: each for each in waiting}
        self.heap = [self._candidate(each) for each in self.left.values()]
        heapify(self.heap)

    def _candidate(self, nominee: Nominee) -> "_Candidate":
        return _Candidate(self.tally.gain(nominee, nominee.cost if self._is_paid(nominee) else 0), nominee)

    def _is_paid(self, nominee: Nominee) -> bool:
        problem, place = self.standing.problem, _place(nominee)
        own = at_own_expense(problem.room[nominee.room], self.own[place], self.paid[place])
        return problem.needs_payer(nominee) and not own

    def next(self) -> Nominee | None:
        """Return who adds most, and forget the person; ``None`` when nobody waits."""
        while self.heap:
            best = heappop(self.heap)
            if best.nominee.key not in self.left:
                continue
            now = self._candidate(best.nominee)
            if now.gain == best.gain:
                return self.left.pop(best.nominee.key)
            heappush(self.heap, now)
        return None

    def take(self, nominee: Nominee) -> None:
        """Count somebody in. Others of the Party may add more now: the track that it lacked."""
        if self.standing.problem.needs_payer(nominee):
            (self.paid if self._is_paid(nominee) else self.own)[_place(nominee)] += 1
        self.tally.add(nominee)
        for each in self.left.values():
            if each.party == nominee.party:
                heappush(self.heap, self._candidate(each))

    def put_back(self, people: Iterable[Nominee]) -> None:
        """Let some wait again."""
        self.left |= {each.key: each for each in people}
        for each in people:
            heappush(self.heap, self._candidate(each))


def _order(standing: Standing, waiting: Iterable[Nominee]) -> Iterator[tuple[Nominee, bool]]:
    """Yield the reserves of one room, and whether beyond the Party's limit: those who keep it come first."""
    queue = _Queue(standing, waiting)
    beyond: list[Nominee] = []
    while nominee := queue.next():
        if queue.tally.party[nominee.room, nominee.party] >= standing.problem.room[nominee.room].limit:
            beyond.append(nominee)
        else:
            yield nominee, False
            queue.take(nominee)
    queue.put_back(beyond)
    while nominee := queue.next():
        yield nominee, True
        queue.take(nominee)


class _Candidate:
    """A nominee with what the own seat would add when last counted; the heap's first adds most."""

    __slots__ = ("gain", "nominee")

    def __init__(self, gain: tuple[int, ...], nominee: Nominee) -> None:
        self.gain = gain
        self.nominee = nominee

    def __lt__(self, other: "_Candidate") -> bool:
        return self.gain > other.gain
