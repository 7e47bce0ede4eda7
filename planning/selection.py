"""Who gets a seat: solved level by level, each optimal before the next is looked at (docs/decisions/0019-selection.md).

Pure: the same problem gives the same answer, whatever the order of its rows, the threads or the machine.
"""

from collections.abc import Callable

from planning.highs import Found, Solver, Watch
from planning.levels import LEVELS, broken, values
from planning.payers import divide
from planning.programs import Program, Terms, program
from planning.seats import NOTHING, Answer, Level, Problem, Shares

TIE_NODES = 2_000  # the last level may stop here: what it left open is told, and is the same every time


class Impossible(ValueError):  # noqa: N818  # what the rules are
    """The organizers' word on people cannot be kept together with the other rules (see ``planning.conflicts``)."""


class WrongAnswer(RuntimeError):  # noqa: N818  # what it is
    """The solver's answer breaks a rule or does not come to what it says, counted in whole numbers."""


def select(
    problem: Problem,
    *,
    threads: int = 1,
    began: Callable[[str], None] | None = None,
    watch: Watch | None = None,
) -> Answer:
    """Return who is selected and what each level came to; ``began`` is told the name of each level as it begins.

    Raises ``Impossible`` when words on people contradict other rules, ``WrongAnswer`` when the answer fails its own check.
    """
    if problem.outside & problem.inside:
        raise Impossible("somebody is both in and out")
    made = program(problem)
    solver = Solver(made, threads=threads, watch=watch)
    levels: list[Level] = []
    found: Found | None = None
    for name in LEVELS:
        if began is not None:
            began(name)
        found = _level(solver, name, made.goals[name], levels)
    if found is None:
        raise Impossible("the rules cannot all be kept")
    answer = Answer(_shares(made, found), tuple(levels))
    check(problem, answer)
    return answer


def _level(solver: Solver, name: str, goal: Terms, levels: list[Level]) -> Found:
    found = solver.best(name, goal, **({"nodes": TIE_NODES} if name == LEVELS[-1] else {}))
    if found is None:
        raise Impossible("the rules cannot all be kept")
    levels.append(Level(name, found.value, found.bound, found.proven))
    solver.keep(goal, found.value)
    return found


def _shares(made: Program, found: Found) -> dict[str, Shares]:
    """Return who is selected, and what each donor pays of each journey."""
    selected = [made.problem.by_key[key] for key, at in made.seat.items() if found.columns[at]]
    shares: dict[str, Shares] = {each.key: NOTHING for each in selected}
    for (person, donor), at in made.whole_journey.items():
        if found.columns[at]:
            shares[person] = {donor: made.problem.by_key[person].cost}
    own = {key for key, at in made.own.items() if found.columns[at]}
    by_pools = [
        each
        for each in selected
        if made.problem.needs_payer(each) and each.key not in own and shares[each.key] is NOTHING
    ]
    return shares | divide(made.problem, by_pools)


def check(problem: Problem, answer: Answer) -> None:
    """Count an answer again in whole numbers. Raises ``WrongAnswer``."""
    if faults := broken(problem, answer.selected):
        raise WrongAnswer(f"broken: {', '.join(faults)}")
    for level, value in zip(answer.levels, values(problem, answer.selected), strict=True):
        if level.value != value:
            raise WrongAnswer(f"{level.name} is {value}, not {level.value}")
