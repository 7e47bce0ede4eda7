"""Questions to a selection, each answered by a solution: why not this person, and who comes in with one more seat?"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from planning.highs import Solver
from planning.levels import LEVELS
from planning.programs import Program, program
from planning.seats import Answer, Problem
from planning.selection import TIE_NODES, select


@dataclass(frozen=True, slots=True)
class Price:
    """What it costs to take somebody in: the first level that gets worse, from ``before`` to ``after``.

    ``level`` is "" when no level gets worse (the person is in already); "rules" when the hard rules forbid it outright.
    """

    level: str
    before: int = 0
    after: int = 0


def why_not(problem: Problem, answer: Answer, key: str, *, began: Callable[[str], None] | None = None) -> Price:
    """Return the price of taking ``key`` in; costs at most as many solutions as the selection itself.

    An organizer's word that the person is out is left aside: the question is what it would cost to take it back.
    """
    if key in answer.selected:
        return Price("")
    asked = replace(problem, inside=problem.inside | {key}, outside=problem.outside - {key})
    made = program(asked)
    holds, fails = 0, len(LEVELS)  # so many levels are known to hold; the first that is known to fail
    price = Price("")
    at = LEVELS.index("score")  # most prices show in the points: ask there first, and halve what is left
    while holds < fails:
        if began is not None:
            began(LEVELS[at])
        found = _with_levels(made, answer, at)
        if found is not None:
            holds = at + (found >= answer.levels[at].value)
        if holds <= at:
            fails = at
            price = Price("rules") if found is None else Price(LEVELS[at], answer.levels[at].value, found)
        at = (holds + fails) // 2
    return price


def _with_levels(made: Program, answer: Answer, at: int) -> int | None:
    """Return the best of a level while all before it stay as they are; ``None`` when they cannot."""
    solver = Solver(made)
    for name, level in zip(LEVELS[:at], answer.levels, strict=False):
        solver.keep(made.goals[name], level.value)
    found = solver.best(LEVELS[at], made.goals[LEVELS[at]], **({"nodes": TIE_NODES} if at == len(LEVELS) - 1 else {}))
    return None if found is None else found.value


@dataclass(frozen=True, slots=True)
class OneMore:
    """What a selection with one more seat looks like: who comes in and who goes out, both by keys in order."""

    enters: tuple[str, ...]
    leaves: tuple[str, ...]


def one_more(
    problem: Problem,
    answer: Answer,
    room: str,
    *,
    donor: str = "",
    money: int = 0,
    began: Callable[[str], None] | None = None,
) -> OneMore:
    """Return who would come in if ``room`` had one more seat, and ``donor`` paid ``money`` more or one more place for it.

    The whole selection is solved again, so what it says is what would happen.
    """
    changed = with_one_more(problem, room, donor=donor, money=money)
    again = select(changed, began=began)
    before, after = set(answer.selected), set(again.selected)
    return OneMore(tuple(sorted(after - before)), tuple(sorted(before - after)))


def with_one_more(problem: Problem, room: str, *, donor: str = "", money: int = 0) -> Problem:
    """Return the problem with one more seat in ``room``, paid by ``donor``: ``money`` more, and a place more where counted."""
    rooms = tuple(replace(each, seats=each.seats + (each.key == room)) for each in problem.rooms)
    donors = tuple(
        replace(
            each,
            amount=None if each.amount is None else each.amount + money,
            places=None if each.places is None else each.places + 1,
        )
        if each.key == donor
        else each
        for each in problem.donors
    )
    return replace(problem, rooms=rooms, donors=donors)
