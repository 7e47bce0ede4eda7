"""What a set of people is worth, level by level: counted in whole numbers, apart from any solver.

Every level but the last two only grows when somebody is added, so that no level ever gains by an empty seat.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha256

from planning.seats import NOTHING, Nominee, Problem, Shares

LEVELS = ("parties", "tracks", "women", "sectors", "priority", "score", "cost", "ties")
RANK_STEP = 1 << 18  # a Party's own order comes before any hash


def tie(nominee: Nominee) -> int:
    """Return what breaks a tie: the Party's own order, then a hash of the stable name; lower is first."""
    name, _key = nominee.place_in_order
    return nominee.rank * RANK_STEP + int.from_bytes(sha256(name.encode()).digest()[:4]) % RANK_STEP


class Tally:
    """The counts that levels are made of, kept up while people are added one by one."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.party: Counter[tuple[str, str]] = Counter()
        self.track: Counter[tuple[str, str, str]] = Counter()
        self.women: Counter[str] = Counter()
        self.sector: Counter[tuple[str, str]] = Counter()
        self.room: Counter[str] = Counter()

    def add(self, nominee: Nominee, step: int = 1) -> None:
        """Count somebody in, or with ``step`` -1 out again."""
        room, party = nominee.room, nominee.party
        self.room[room] += step
        self.party[room, party] += step
        self.track[room, party, nominee.track] += step
        self.women[room] += step * (nominee.gender == "woman")
        self.sector[room, nominee.sector] += step

    def gain(self, nominee: Nominee, cost: int) -> tuple[int, ...]:
        """Return what each level gains, in order, when somebody is added who is not counted yet and costs donors ``cost``."""
        room = self.problem.room[nominee.room]
        place = (nominee.room, nominee.party)
        others = [track for track in room.tracks if track != nominee.track]
        completes = (
            len(room.tracks) > 1
            and nominee.track in room.tracks
            and not self.track[*place, nominee.track]
            and all(self.track[*place, track] for track in others)
        )
        return (
            int(not self.party[place]),
            int(completes),
            int(nominee.gender == "woman" and self.women[nominee.room] < room.women),
            int(self.sector[nominee.room, nominee.sector] < room.sectors.get(nominee.sector, 0)),
            int(nominee.priority),
            1 + nominee.score,
            -cost,
            -tie(nominee),
        )


def values(problem: Problem, selected: Mapping[str, Shares]) -> tuple[int, ...]:
    """Return the value of each level for the people ``selected``, each with who pays; more is better."""
    tally = Tally(problem)
    total = [0] * len(LEVELS)
    for key in sorted(selected):
        nominee = problem.by_key[key]
        gained = tally.gain(nominee, sum(selected[key].values()))
        total = [before + more for before, more in zip(total, gained, strict=True)]
        tally.add(nominee)
    return tuple(total)


def broken(problem: Problem, selected: Mapping[str, Shares]) -> list[str]:
    """Name the hard rules that people with their payers break: ``seats:room``, ``limit:room:party``, ``budget:donor`` …"""
    people = [problem.by_key[key] for key in selected]
    tally = Tally(problem)
    for each in people:
        tally.add(each)
    found = [f"seats:{key}" for key, room in problem.room.items() if tally.room[key] > room.seats]
    found += [f"limit:{room}:{party}" for (room, party), of in tally.party.items() if of > problem.room[room].limit]
    found += [f"in:{key}" for key in problem.inside if key not in selected]
    found += [f"out:{key}" for key in problem.outside if key in selected]
    found += [f"payer:{each.key}" for each in people if not _rightly_paid(problem, each, selected[each.key])]
    return found + _overspent(problem, selected) + _at_own_expense(problem, people, selected)


def _rightly_paid(problem: Problem, nominee: Nominee, shares: Shares) -> bool:
    """Whether the whole journey is paid by pools, or by one donor of places, each within its earmark; or nothing of it."""
    if not shares:
        return True
    payers = {donor.key: donor for donor in problem.payers(nominee)}
    if not set(shares) <= set(payers) or sum(shares.values()) != nominee.cost or min(shares.values()) <= 0:
        return False
    return len(shares) == 1 or all(payers[key].is_pool for key in shares)


def _overspent(problem: Problem, selected: Mapping[str, Shares]) -> list[str]:
    money: Counter[str] = Counter()
    heads: Counter[str] = Counter()
    for shares in selected.values():
        money.update(shares)
        heads.update(dict.fromkeys(shares, 1))
    return [
        f"budget:{key}"
        for key, donor in problem.donor.items()
        if (donor.amount is not None and money[key] > donor.amount)
        or (donor.places is not None and heads[key] > donor.places)
    ]


def _at_own_expense(problem: Problem, people: Iterable[Nominee], selected: Mapping[str, Shares]) -> list[str]:
    own: Counter[tuple[str, str]] = Counter()
    paid: Counter[tuple[str, str]] = Counter()
    for each in people:
        if problem.needs_payer(each):
            (paid if selected.get(each.key, NOTHING) else own)[each.room, each.party] += 1
    found = [
        f"own:{room}:{party}"
        for (room, party), of in own.items()
        if of > problem.room[room].own or paid[room, party] < problem.room[room].financed
    ]
    return found + [f"paid:{room}:{party}" for (room, party), of in paid.items() if of > problem.room[room].financed]
