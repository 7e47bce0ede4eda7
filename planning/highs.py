"""HiGHS for one program: solved for one objective after the other, stopped by proof or by a count of nodes, never by a clock.

highspy takes 0.06 s and 29 MB to import: import this module where it is used, in a worker.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

import highspy
import numpy as np

from planning.programs import INFINITY, Program, Row, Terms

NODES = 200_000  # for a level that must be proven
# A whole objective is proven when nothing better by one can exist; a gap of 0.99 is that, without the last rounding.
GAP = 0.99
SEED = 2014
Columns = tuple[int, ...]  # the whole value of each column
Watch = Callable[[str, highspy.Highs], None]


def _say_nothing() -> None:
    """Make one solver with standard output closed: HiGHS tells its name there once a process, before it takes an option."""
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        highspy.Highs()  # type: ignore[no-untyped-call]  # its own stub leaves this one out
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


_say_nothing()


class NotSolved(RuntimeError):  # noqa: N818  # told with HiGHS's own word for it
    """The solver ended without a solution, although one was thought to exist."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best solution found for one objective: whole values by column, what it comes to, and what bounds it."""

    columns: Columns
    value: int
    bound: int
    proven: bool


class Solver:
    """One program inside HiGHS; rows may be added between two objectives. ``watch`` is called before each solution."""

    OPTIONS: ClassVar[Mapping[str, bool | float | str]] = {
        "output_flag": False,
        "threads": 1,
        "parallel": "off",
        "random_seed": SEED,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": GAP,
        "mip_max_nodes": NODES,
    }
    _threads: ClassVar[int] = 1

    def __init__(self, made: Program, *, threads: int = 1, watch: Watch | None = None) -> None:
        self.made = made
        self.watch = watch
        self.highs = highspy.Highs()  # type: ignore[no-untyped-call]  # its own stub leaves this one out
        if threads != Solver._threads:  # one scheduler serves a whole process, and is of one size
            self.highs.resetGlobalScheduler(True)
            Solver._threads = threads
        options = {**self.OPTIONS, "threads": threads, "parallel": "off" if threads == 1 else "on"}
        for name, value in options.items():
            self.highs.setOptionValue(name, value)
        self.highs.passModel(_model(made))
        self.start: Columns | None = None
        if not any(made.whole):  # without whole columns the last basis is the best start
            self.highs.setOptionValue("presolve", "off")

    def keep(self, terms: Terms, at_least: int) -> None:
        """Let no later solution be worth less: the sum over ``terms`` stays at ``at_least`` or above."""
        if at_least == sum(times * self.made.upper[at] for at, times in terms.items() if times > 0):
            # Nothing can be worth more: each column is at its own end, which leaves presolve more to take away than a row does.
            for at, times in terms.items():
                end = self.made.upper[at] if times > 0 else 0
                self.highs.changeColBounds(at, end, end)
        else:
            self.add(Row(at_least, INFINITY, terms))

    def add(self, row: Row) -> None:
        """Add a row."""
        columns = np.fromiter(row.terms, dtype=np.int32, count=len(row.terms))
        values = np.fromiter(row.terms.values(), dtype=np.float64, count=len(row.terms))
        self.highs.addRow(row.low, row.high, len(columns), columns, values)

    def best(self, name: str, goal: Terms, *, nodes: int = NODES) -> Found | None:
        """Return the solution with the most of ``goal``, or ``None`` when the rows cannot all be kept.

        Raises ``NotSolved`` when the nodes were used up before there was any solution.
        """
        if not self.made.upper:
            return Found((), 0, 0, proven=True)
        costs = np.zeros(len(self.made.upper))
        costs[list(goal)] = list(goal.values())
        self.highs.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
        self.highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self.highs.setOptionValue("mip_max_nodes", nodes)
        if self.start is not None and any(self.made.whole):
            self._begin_from(self.start)
        if self.watch is not None:
            self.watch(name, self.highs)
        self.highs.run()
        found = self._found(goal)
        if found is not None and found.value != round(self.highs.getInfo().objective_function_value):
            # Where presolve leaves nothing to solve, HiGHS 1.16 tells the best value and hands the start back as its solution.
            self.highs.clearSolver()
            self.highs.run()
            found = self._found(goal)
        return found

    def _begin_from(self, columns: Iterable[int]) -> None:
        solution = highspy.HighsSolution()
        solution.col_value = [float(each) for each in columns]
        self.highs.setSolution(solution)

    def _found(self, goal: Terms) -> Found | None:
        status = self.highs.getModelStatus()
        if status in {highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible}:
            return None
        info = self.highs.getInfo()
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            raise NotSolved(self.highs.modelStatusToString(status))
        columns = tuple(round(each) for each in self.highs.getSolution().col_value)
        value = worth(goal, columns)
        proven = status == highspy.HighsModelStatus.kOptimal
        bound = value if proven else int(np.floor(info.mip_dual_bound + 1e-6))
        self.start = columns
        return Found(columns, value, max(value, bound), proven or bound <= value)


def worth(goal: Terms, columns: Columns) -> int:
    """Return what a solution comes to, in whole numbers."""
    return sum(times * columns[at] for at, times in goal.items())


def _model(made: Program) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(made.upper), len(made.rows)
    model.col_cost_ = np.zeros(model.num_col_)
    lower, upper = np.zeros(model.num_col_), np.array(made.upper, dtype=np.float64)
    for at, value in made.fixed.items():
        lower[at] = upper[at] = value
    model.col_lower_, model.col_upper_ = lower, upper
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    model.integrality_ = [kinds[whole] for whole in made.whole]
    model.row_lower_ = np.array([row.low for row in made.rows], dtype=np.float64)
    model.row_upper_ = np.array([row.high for row in made.rows], dtype=np.float64)
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = np.cumsum([0, *(len(row.terms) for row in made.rows)]).astype(np.int32)
    matrix.index_ = np.array([at for row in made.rows for at in row.terms], dtype=np.int32)
    matrix.value_ = np.array([times for row in made.rows for times in row.terms.values()], dtype=np.float64)
    return model
