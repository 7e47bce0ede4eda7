"""What to do when the rules cannot all be kept: what must give way at the least, and the smallest set that is at odds.

Only the organizers' words can bring this about: people locked in for whom there is no seat, no place of their Party, or no
money. Rules are named ``in:nominee``, ``out:nominee``, ``seats:room``, ``limit:room:party``, ``budget:donor``, and
``own:room:party`` and ``paid:room:party`` for how many of a Party come at own expense and at a donor's.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from planning.highs import Solver
from planning.levels import tie
from planning.programs import INFINITY, Program, Row, Terms, program
from planning.seats import Nominee, Problem

Rule = str
SEAT, PERSON = 1_000, 10_000_000  # what a seat more, and somebody left out, weigh against a unit of money
TRIES = 60  # sets of rules tried for the smallest; after that one of which no rule can be left out must do
MOST_LOCKED = 80  # people up to whom the smallest is looked for


@dataclass(frozen=True, slots=True)
class GivesWay:
    """A rule and by how much it must give way: seats, people, places or units of money; ``in:`` by 1, the person."""

    rule: Rule
    by: int


def what_gives_way(problem: Problem) -> tuple[GivesWay, ...]:
    """Return the least by which seats, limits and budgets must give way so that everybody locked in can stay.

    Somebody leaves (``in:``) only where nothing else helps: locked in and out, or with a journey that no donor may pay.
    """
    made, slacks = _elastic(problem)
    found = Solver(made).best("gives way", {at: -_weight(rule, money=money) for at, (rule, money) in slacks.items()})
    if found is None:
        raise RuntimeError("rules that may all give way always leave a solution")
    given: dict[Rule, int] = {}
    for at, (rule, _money) in slacks.items():
        if found.columns[at]:
            given[rule] = given.get(rule, 0) + found.columns[at]
    return tuple(GivesWay(rule, by) for rule, by in sorted(given.items()))


def _weight(rule: Rule, *, money: bool) -> int:
    if money:
        return 1
    return PERSON if rule.startswith("in:") else SEAT


def _elastic(problem: Problem) -> tuple[Program, dict[int, tuple[Rule, bool]]]:
    """Return the program of the people locked in, with a column by which each rule gives way, and whether it is money."""
    made = program(_of_locked(problem, problem.inside))
    slacks: dict[int, tuple[Rule, bool]] = {}
    rows = made.rows
    made.rows = []
    for row in rows:
        terms = row.terms
        if row.rule:
            slack = made.column(sum(abs(times) for times in terms.values()) * _largest(made, terms))
            slacks[slack] = (row.rule, row.rule.startswith("budget:") and row.high == _amount(problem, row.rule))
            terms = terms | {slack: 1 if row.high == INFINITY else -1}
        made.rows.append(Row(row.low, row.high, terms))
    for key, at in made.seat.items():
        leaves = made.column(1, whole=True)
        slacks[leaves] = (f"in:{key}", False)
        made.rows.append(Row(1, INFINITY, {at: 1, leaves: 1}))
    made.fixed = {at: 0 for key, at in made.seat.items() if key in problem.outside}
    return made, slacks


def _largest(made: Program, terms: Terms) -> int:
    return max((made.upper[at] for at in terms), default=1)


def _amount(problem: Problem, rule: Rule) -> int | None:
    return problem.donor[rule.removeprefix("budget:")].amount


def _of_locked(problem: Problem, keys: Iterable[str]) -> Problem:
    """Return the problem with some of the people locked in, and nobody else."""
    people = tuple(problem.by_key[key] for key in sorted(keys))
    return replace(problem, nominees=people, inside=frozenset(), outside=frozenset())


def smallest_conflict(problem: Problem) -> tuple[Rule, ...]:
    """Return a smallest set of rules that cannot be kept together, nothing when all can.

    Of seats and limits it is the smallest there is. Of money it is so up to 80 people locked in and 60 sets tried; beyond, no
    rule of it can be left out, but another set may be smaller.
    """
    found = [*_contradicted(problem), *_unpayable(problem), *_counted(problem)]
    money = _Money(problem)
    if not money.holds(money.rules):
        found.append(money.smallest())
    return min((tuple(sorted(rules)) for rules in found), key=lambda rules: (len(rules), rules), default=())


def _contradicted(problem: Problem) -> Iterator[tuple[Rule, ...]]:
    for key in sorted(problem.inside & problem.outside):
        yield f"in:{key}", f"out:{key}"


def _unpayable(problem: Problem) -> Iterator[tuple[Rule, ...]]:
    for key in sorted(problem.inside):
        nominee = problem.by_key[key]
        if problem.needs_payer(nominee) and not problem.room[nominee.room].own and not problem.payers(nominee):
            yield (f"in:{key}",)


def _counted(problem: Problem) -> Iterator[tuple[Rule, ...]]:
    """Yield rooms with more people locked in than seats, and Parties with more than they may have."""
    locked = sorted(
        (problem.by_key[key] for key in problem.inside), key=lambda each: (each.room, each.party, tie(each))
    )

    def too_many(people: Sequence[Nominee], most: int, rule: Rule) -> Iterator[tuple[Rule, ...]]:
        if len(people) > most:
            yield rule, *(f"in:{each.key}" for each in people[: most + 1])

    for room, people in groupby(locked, key=lambda each: each.room):
        of_room = list(people)
        yield from too_many(of_room, problem.room[room].seats, f"seats:{room}")
        for party, of_party in groupby(of_room, key=lambda each: each.party):
            yield from too_many(list(of_party), problem.room[room].limit, f"limit:{room}:{party}")


class _Money:
    """The rules about money: who is locked in and paid for, and the budgets; asked which of them hold together."""

    KINDS = ("budget:", "own:", "paid:")

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.locked = [key for key in sorted(problem.inside) if problem.needs_payer(problem.by_key[key])]
        money = {row.rule for row in program(_of_locked(problem, self.locked)).rows if row.rule.startswith(self.KINDS)}
        # The cheapest journeys are left out first: what stays is few and dear.
        by_cost = sorted(self.locked, key=lambda key: (problem.by_key[key].cost, key))
        self.rules: tuple[Rule, ...] = (*(f"in:{key}" for key in by_cost), *sorted(money))

    def holds(self, rules: Iterable[Rule]) -> bool:
        """Whether all of ``rules`` can be kept together."""
        kept = set(rules)
        made = program(_of_locked(self.problem, (key for key in self.locked if f"in:{key}" in kept)))
        made.rows = [row for row in made.rows if not row.rule or row.rule in kept]
        made.fixed = dict.fromkeys(made.seat.values(), 1)
        return Solver(made).best("holds", {}) is not None

    def smallest(self) -> tuple[Rule, ...]:
        """Return a smallest set that does not hold: fewest are proposed that meet each set known to give way."""
        if len(self.locked) > MOST_LOCKED:
            return self.irreducible()
        must_give: list[set[Rule]] = []
        for _try in range(TRIES):
            proposed = _least_meeting(self.rules, must_give)
            if not self.holds(proposed):
                return proposed
            grown = list(proposed)
            for rule in self.rules:
                if rule not in proposed and self.holds([*grown, rule]):
                    grown.append(rule)
            must_give.append(set(self.rules) - set(grown))
        return self.irreducible()

    def irreducible(self) -> tuple[Rule, ...]:
        """Return a set that does not hold, of which every part does."""
        kept = list(self.rules)
        for rule in self.rules:
            without = [each for each in kept if each != rule]
            if not self.holds(without):
                kept = without
        return tuple(kept)


def _least_meeting(rules: Sequence[Rule], groups: Sequence[set[Rule]]) -> tuple[Rule, ...]:
    """Return the fewest of ``rules`` of which every group has at least one."""
    made = Program(Problem((), ()))
    columns = {rule: made.column(1, whole=True) for rule in rules}
    made.rows = [Row(1, INFINITY, {columns[rule]: 1 for rule in sorted(group)}) for group in groups]
    found = Solver(made).best("least", dict.fromkeys(columns.values(), -1))
    return tuple(rule for rule, at in columns.items() if found is not None and found.columns[at])
