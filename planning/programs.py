"""The selection as a linear program: columns, rows and one objective a level, the same for every order of the input.

Columns: a nominee sits, sits at own expense, is paid for by a donor of places; the money that flows from a pool to all whom
the same pools may pay; and what counts for a level, never above what the people seated allow: a Party is represented, a Party
has both tracks, women in a room, people of a sector in a room.

Money of pools flows to kinds of people and not to persons: a column a person and pool solves a hundred times slower, because it
asks for bins that are filled exactly. Who pays whom follows from the flows (``planning.payers``).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from planning.levels import LEVELS, tie
from planning.seats import Donor, Nominee, Problem, Room

Terms = dict[int, int]  # column to whole coefficient
INFINITY = float("inf")


@dataclass(frozen=True, slots=True)
class Row:
    """``low`` <= the sum over ``terms`` <= ``high``; ``rule`` names the hard rule it stands for, if it does."""

    low: float
    high: float
    terms: Terms
    rule: str = ""


@dataclass
class Program:
    """Columns with their upper bounds (lower bounds are 0 but for ``fixed``), rows, and an objective to maximise a level.

    The first columns are the nominees' seats, in the order of ``Problem.ordered``; ``whole`` marks those that must be integer.
    ``own`` and ``whole_journey`` hold the columns of who sits at own expense and whom a donor of places pays.
    """

    problem: Problem
    upper: list[int] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    fixed: dict[int, int] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    own: dict[str, int] = field(default_factory=dict)
    whole_journey: dict[tuple[str, str], int] = field(default_factory=dict)
    goals: dict[str, Terms] = field(default_factory=dict)

    def column(self, upper: int, *, whole: bool = False) -> int:
        """Add a column and return its number."""
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.upper) - 1

    @property
    def seat(self) -> Mapping[str, int]:
        """The column of each nominee."""
        return {each.key: at for at, each in enumerate(self.problem.ordered)}


def program(problem: Problem) -> Program:
    """Return the linear program of a problem; words on people (``inside``, ``outside``) fix columns."""
    made = Program(problem)
    for _each in problem.ordered:
        made.column(1, whole=True)
    people = list(enumerate(problem.ordered))
    made.rows += chain(_seats(problem, people), _limits(problem, people))
    _money(made, people)
    made.goals |= {name: {} for name in LEVELS}
    _parties(made, people)
    _shares(made, people)
    made.goals["priority"] = {at: 1 for at, each in people if each.priority}
    made.goals["score"] = {at: 1 + each.score for at, each in people}
    made.goals["cost"] = {at: -each.cost for at, each in people if problem.needs_payer(each)}
    made.goals["cost"] |= {at: problem.by_key[key].cost for key, at in made.own.items()}
    made.goals["ties"] = {at: -tie(each) for at, each in people}
    _words(made)
    return made


def _grouped(people: Iterable[tuple[int, Nominee]], *names: str) -> Mapping[tuple[str, ...], list[int]]:
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, each in people:
        groups[tuple(getattr(each, name) for name in names)].append(at)
    return dict(sorted(groups.items()))


def _seats(problem: Problem, people: list[tuple[int, Nominee]]) -> Iterator[Row]:
    for (room,), columns in _grouped(people, "room").items():
        if len(columns) > problem.room[room].seats:
            yield Row(0, problem.room[room].seats, dict.fromkeys(columns, 1), f"seats:{room}")


def _limits(problem: Problem, people: list[tuple[int, Nominee]]) -> Iterator[Row]:
    for (room, party), columns in _grouped(people, "room", "party").items():
        if len(columns) > problem.room[room].limit:
            yield Row(0, problem.room[room].limit, dict.fromkeys(columns, 1), f"limit:{room}:{party}")


def _money(made: Program, people: list[tuple[int, Nominee]]) -> None:
    """Let each who needs it be one of the Party's few at own expense, be paid by a donor of places, or by pools."""
    paying = [(at, each) for at, each in people if made.problem.needs_payer(each)]
    for (room, _party), columns in _grouped(paying, "room", "party").items():
        made.rows += _own_expense(made, columns, made.problem.room[room])
    kinds: dict[tuple[str, ...], Terms] = defaultdict(dict)
    for at, each in paying:
        payers = made.problem.payers(each)
        journeys = [_whole_journey(made, each, donor) for donor in payers if not donor.is_pool]
        elsewhere = [*journeys, *([made.own[each.key]] if each.key in made.own else [])]
        if elsewhere:
            made.rows.append(Row(0, 1, {at: 1} | dict.fromkeys(elsewhere, -1)))
        pools = tuple(donor.key for donor in payers if donor.is_pool)
        kinds[pools] |= {at: each.cost} | dict.fromkeys(elsewhere, -each.cost)
    _flows(made, kinds)
    _places(made)


def _own_expense(made: Program, columns: list[int], room: Room) -> Iterator[Row]:
    """Let some of a Party's people sit at own expense, once as many as are financed are paid for."""
    if not room.own:
        return
    for at in columns:
        made.own[made.problem.ordered[at].key] = made.column(1, whole=True)
    apart = [made.own[made.problem.ordered[at].key] for at in columns]
    paid = dict.fromkeys(columns, 1) | dict.fromkeys(apart, -1)
    party = made.problem.ordered[columns[0]].party
    beyond = made.column(1, whole=True)  # the Party has all who are financed, and more
    yield Row(-INFINITY, 0, {**dict.fromkeys(apart, 1), beyond: -room.own}, f"own:{room.key}:{party}")
    yield Row(0, INFINITY, {**paid, beyond: -room.financed}, f"own:{room.key}:{party}")
    yield Row(0, room.financed, paid, f"paid:{room.key}:{party}")


def _whole_journey(made: Program, nominee: Nominee, donor: Donor) -> int:
    at = made.whole_journey[nominee.key, donor.key] = made.column(1, whole=True)
    return at


def _flows(made: Program, kinds: Mapping[tuple[str, ...], Terms]) -> None:
    """Let the people whom the same pools may pay cost no more than what flows to them, and no pool give more than it has."""
    given: dict[str, Terms] = defaultdict(dict)
    for pools in sorted(kinds, key=lambda kind: [made.problem.donor_place[key] for key in kind]):
        costs = kinds[pools]
        most = sum(cost for cost in costs.values() if cost > 0)
        flows = {made.column(most): key for key in pools}
        for at, key in flows.items():
            given[key][at] = 1
        made.rows.append(Row(0, 0, costs | dict.fromkeys(flows, -1)))
    for key, from_pool in given.items():
        made.rows.append(Row(0, made.problem.donor[key].amount or 0, from_pool, f"budget:{key}"))


def _places(made: Program) -> None:
    for key, donor in made.problem.donor.items():
        if donor.places is None:
            continue
        journeys = {person: at for (person, payer), at in made.whole_journey.items() if payer == key}
        made.rows.append(Row(0, donor.places, dict.fromkeys(journeys.values(), 1), f"budget:{key}"))
        if donor.amount is not None:
            money = {at: made.problem.by_key[person].cost for person, at in journeys.items()}
            made.rows.append(Row(0, donor.amount, money, f"budget:{key}"))


def _parties(made: Program, people: list[tuple[int, Nominee]]) -> None:
    by_track = _grouped(people, "room", "party", "track")
    for (room, party), columns in _grouped(people, "room", "party").items():
        here = made.column(1)
        made.goals["parties"][here] = 1
        made.rows.append(Row(0, INFINITY, dict.fromkeys(columns, 1) | {here: -1}))
        tracks = made.problem.room[room].tracks
        of_track = [by_track.get((room, party, track), []) for track in tracks]
        if len(tracks) > 1 and all(of_track):
            both = made.column(1)
            made.goals["tracks"][both] = 1
            made.rows += [Row(0, INFINITY, dict.fromkeys(each, 1) | {both: -1}) for each in of_track]


def _shares(made: Program, people: list[tuple[int, Nominee]]) -> None:
    women = _grouped([each for each in people if each[1].gender == "woman"], "room")
    sectors = _grouped(people, "room", "sector")
    for key, room in made.problem.room.items():
        wanted = [("women", room.women, women.get((key,), []))]
        wanted += [("sectors", room.sectors[name], sectors.get((key, name), [])) for name in sorted(room.sectors)]
        for level, most, columns in wanted:
            reachable = min(most, len(columns))
            if reachable:
                counted = made.column(reachable)
                made.goals[level][counted] = 1
                made.rows.append(Row(0, INFINITY, dict.fromkeys(columns, 1) | {counted: -1}))


def _words(made: Program) -> None:
    seat = made.seat
    made.fixed |= {seat[key]: 0 for key in made.problem.outside}
    made.fixed |= {seat[key]: 1 for key in made.problem.inside}
