"""A whole programme's selection, against the bare calls of the solver on the same models in the same run."""

import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import highspy

from benchmarks.figures import Figure, fastest
from planning.conflicts import what_gives_way
from planning.highs import Solver
from planning.questions import why_not
from planning.reasons import explain
from planning.seats import Answer, Donor, Nominee, Problem, Room
from planning.selection import select

NOMINATIONS, SEATS, DONORS, PARTIES, WORKSHOPS = 3_000, 500, 12, 130, 10
NEAR = 39  # Parties that one workshop serves
ASKED = 5  # people whom "why not?" is asked about
SECTORS = ("forest", "agriculture", "conservation", "planning")
TRACKS = ("biodiversity", "planning")
MEGABYTE = 1024  # kilobytes, as Linux tells the largest size of a process
PROVEN = -1  # all levels but the last, which breaks ties


def measure() -> Iterator[Figure]:
    """Measure ``selection.*``: the whole selection with its reasons, two questions, and the memory of it all."""
    problem = programme()
    answer, calls = _noted(problem)
    proven = sum(level.proven for level in answer.levels[:PROVEN])
    began = time.perf_counter()
    select(problem)
    solved = time.perf_counter() - began
    explain(problem, answer)
    ours = time.perf_counter() - began
    (bare,) = fastest(1, lambda: _run_all(calls))
    told = f"{proven} of {len(answer.levels) - 1} levels before the tie-break proven"
    told += ", and the tie-break" if answer.levels[-1].proven else ", the tie-break not"
    yield Figure("selection.total", ours, "s", bare, NOMINATIONS, f"with every reason; {told}; limit: bare HiGHS")
    asked, given = fastest(1, lambda: _why_not(problem, answer), lambda: what_gives_way(_impossible(problem)))
    yield Figure("selection.why_not", asked / ASKED, "s", solved, NOMINATIONS, "one person; limit: a full solve")
    yield Figure("selection.gives_way", given, "s", solved, NOMINATIONS, "four seats short; limit: a full solve")
    yield Figure(
        "selection.memory", _megabytes(), "MB", 400, NOMINATIONS, "a process of its own; limit: what is allowed"
    )


def programme(seed: int = 2014) -> Problem:
    """Return a synthetic programme: each Party in about three workshops, money for nearly all seats."""
    chance = random.Random(seed)
    parties = [f"P{number:03d}" for number in range(PARTIES)]
    served = {room: chance.sample(parties, NEAR) for room in range(WORKSHOPS)}
    first = set(chance.sample(parties, PARTIES * 2 // 5))
    fare = {party: chance.randrange(15, 45) * 100 for party in parties}
    people = tuple(
        _nominee(chance, number, chance.choice(served[number % WORKSHOPS]), first, fare)
        for number in range(NOMINATIONS)
    )
    share = SEATS // WORKSHOPS
    rooms = tuple(
        Room(f"w{room}", share, 2, 0, share // 2, dict.fromkeys(SECTORS, share // 5), TRACKS)
        for room in range(WORKSHOPS)
    )
    return Problem(people, rooms, tuple(_donor(chance, number, parties) for number in range(DONORS)))


def _nominee(chance: random.Random, number: int, party: str, first: set[str], fare: dict[str, int]) -> Nominee:
    return Nominee(
        key=f"n{number:04d}",
        room=f"w{number % WORKSHOPS}",
        party=party,
        track=chance.choice(TRACKS),
        sector=chance.choice(SECTORS),
        gender=chance.choice(("woman", "woman", "man", "man", "man", "unknown")),
        priority=party in first,
        score=chance.randrange(30, 100),
        rank=chance.randrange(1, 4),
        cost=fare[party] + chance.randrange(10) * 50,
        financed=chance.random() < 0.8,
    )


def _donor(chance: random.Random, number: int, parties: list[str]) -> Donor:
    earmarks: tuple[dict[str, Any], ...] = (
        {},
        {"parties": frozenset(chance.sample(parties, PARTIES // 3))},
        {"sectors": frozenset(chance.sample(SECTORS, 2))},
        {"rooms": frozenset(f"w{room}" for room in chance.sample(range(WORKSHOPS), 4))},
    )
    amount = chance.randrange(60, 120) * 1000
    return Donor(f"d{number:02d}", amount=amount, **earmarks[number % len(earmarks)])


Call = tuple[highspy.HighsLp, list[float] | None, int]


def _noted(problem: Problem) -> tuple[Answer, list[Call]]:
    """Return the answer, and the models that a selection with its reasons hands to HiGHS, each with its start."""
    calls: list[Call] = []
    plain = Solver.best

    def noted(solver: Solver, name: str, goal: dict[int, int], **options: int) -> object:
        start = [float(each) for each in solver.start] if solver.start is not None and any(solver.made.whole) else None
        solver.watch = lambda _name, highs: calls.append((highs.getModel().lp_, start, options.get("nodes", 0)))
        return plain(solver, name, goal, **options)

    Solver.best = noted  # type: ignore[assignment, method-assign]  # every call of this run passes here
    try:
        answer = select(problem)
        explain(problem, answer)
    finally:
        Solver.best = plain  # type: ignore[method-assign]
    return answer, calls


def _run_all(calls: list[Call]) -> None:
    for call in calls:
        _run(*call)


def _run(model: highspy.HighsLp, start: list[float] | None, nodes: int) -> None:
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # as in planning.highs
    for name, value in Solver.OPTIONS.items():
        solver.setOptionValue(name, value)
    if nodes:
        solver.setOptionValue("mip_max_nodes", nodes)
    solver.passModel(model)
    if start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = start
        solver.setSolution(solution)
    solver.run()


def _why_not(problem: Problem, answer: Answer) -> None:
    left = [each.key for each in problem.ordered if each.key not in answer.selected]
    for key in left[:: len(left) // ASKED][:ASKED]:
        why_not(problem, answer, key)


def _impossible(problem: Problem) -> Problem:
    """Return the problem with four people more locked in at one workshop than it has seats, each of another Party or second."""
    room = problem.rooms[0]
    of_party: dict[str, int] = {}
    locked: list[str] = []
    for each in problem.ordered:
        if each.room == room.key and of_party.get(each.party, 0) < room.limit and len(locked) < room.seats + 4:
            of_party[each.party] = of_party.get(each.party, 0) + 1
            locked.append(each.key)
    return replace(problem, inside=frozenset(locked))


def _megabytes() -> float:
    """Return the largest size of a process that selects and explains, and does nothing else."""
    command = [sys.executable, "-m", "benchmarks.selections"]
    done = subprocess.run(command, check=True, capture_output=True, cwd=Path(__file__).parent.parent)  # noqa: S603  # our own
    return float(json.loads(done.stdout.splitlines()[-1]))


if __name__ == "__main__":
    whole = programme()
    explain(whole, select(whole))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE)
