"""Who gets a seat: solved level by level, each optimal before the next is looked at (docs/decisions/0019-selection.md).

Pure: the same problem gives the same answer, whatever the order of its rows, the threads or the machine.
"""

from collections import Counter
from collections.abc import Callable

from planning.highs import NODES, Columns, NotSolved, Solver, Watch, worth
from planning.levels import LEVELS, broken, values
from planning.payers import divide
from planning.programs import Program, program
from planning.seats import NOTHING, Answer, Level, Problem, Shares

TIE_NODES = 2_000  # the last level may stop here: what it left open is told, and is the same every time
# Weights of a first draft, all levels at once: it is often the answer already, and then each level has only to be proven.
DRAFT = {"parties": 10_000, "tracks": 5_000, "women": 1_000, "sectors": 500, "priority": 250, "score": 1}


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
    columns = _draft(solver)
    for name in LEVELS:
        if began is not None:
            began(name)
        columns = _level(solver, name, columns, levels)
    answer = Answer(_shares(made, columns), tuple(levels))
    check(problem, answer)
    return answer


def _draft(solver: Solver) -> Columns:
    """Return a first solution at the root of the search, nothing where the root has none."""
    goal: Counter[int] = Counter()
    for name, weight in DRAFT.items():
        goal.update({at: weight * times for at, times in solver.made.goals[name].items()})
    try:
        found = solver.best("draft", goal, nodes=1)
    except NotSolved:
        return ()
    if found is None:
        raise Impossible("the rules cannot all be kept")
    return found.columns


def _level(solver: Solver, name: str, before: Columns, levels: list[Level]) -> Columns:
    """Solve one level, keep its value for those to come, and return the solution to go on from."""
    goal = solver.made.goals[name]
    solver.start = before or None
    found = solver.best(name, goal, nodes=TIE_NODES if name == LEVELS[-1] else NODES)
    if found is None:
        raise Impossible("the rules cannot all be kept")
    levels.append(Level(name, found.value, found.bound, found.proven))
    solver.keep(goal, found.value)
    # A solution that is as good here was drawn up with all levels in view: it is the better start.
    return before if before and worth(goal, before) == found.value else found.columns


def _shares(made: Program, columns: Columns) -> dict[str, Shares]:
    """Return who is selected, and what each donor pays of each journey."""
    selected = [made.problem.by_key[key] for key, at in made.seat.items() if columns[at]]
    shares: dict[str, Shares] = {each.key: NOTHING for each in selected}
    for (person, donor), at in made.whole_journey.items():
        if columns[at]:
            shares[person] = {donor: made.problem.by_key[person].cost}
    own = {key for key, at in made.own.items() if columns[at]}
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
