"""Who pays whom, once it is decided who sits: the money of the pools flows, and few journeys are shared between two of them.

A transport of money from pools to kinds of people has a solution at a corner, with at most (pools - 1) kinds that more than one
pool serves beyond the first; within a kind people are paid one after the other, so that at most one journey is shared at each
border.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from hashlib import sha256

from planning.highs import Solver
from planning.programs import Program, Row, Terms
from planning.seats import Nominee, Problem

Kind = tuple[str, ...]  # the keys of the pools that may pay, in the order of ``Problem.donor``


def kind_of(problem: Problem, nominee: Nominee) -> Kind:
    """Return the keys of the pools that may pay for a nominee."""
    return tuple(donor.key for donor in problem.payers(nominee) if donor.is_pool)


def divide(problem: Problem, people: Iterable[Nominee]) -> dict[str, dict[str, int]]:
    """Return what each pool pays of the journeys of ``people``, all of whom pools pay; ties are broken by hashes.

    Raises ``ValueError`` when the pools cannot pay for all of them.
    """
    kinds: dict[Kind, list[Nominee]] = defaultdict(list)
    for each in sorted(people, key=lambda each: each.place_in_order):
        kinds[kind_of(problem, each)].append(each)
    flows = _flows(problem, {kind: sum(each.cost for each in of) for kind, of in kinds.items()})
    shares: dict[str, dict[str, int]] = {}
    for kind, of in kinds.items():
        shares |= _one_after_the_other(of, {key: flows[kind, key] for key in kind})
    return shares


def _flows(problem: Problem, demand: Mapping[Kind, int]) -> dict[tuple[Kind, str], int]:
    made, columns, rows = Program(problem), {}, []
    given: dict[str, Terms] = defaultdict(dict)
    goal: Terms = {}
    for kind in _in_order(problem, demand):
        needed = demand[kind]
        for key in kind:
            at = columns[kind, key] = made.column(needed)
            given[key][at] = 1
            names = (problem.donor[each].place_in_order[0] for each in (*kind, key))
            goal[at] = -1 - int.from_bytes(sha256("\n".join(names).encode()).digest()[:2])
        rows.append(Row(needed, needed, {columns[kind, key]: 1 for key in kind}))
    made.rows = rows + [Row(0, problem.donor[key].amount or 0, terms) for key, terms in given.items()]
    found = Solver(made).best("payers", goal)
    if found is None:
        raise ValueError("the pools cannot pay for everybody")
    return {pair: found.columns[at] for pair, at in columns.items()}


def _in_order(problem: Problem, kinds: Iterable[Kind]) -> list[Kind]:
    return sorted(kinds, key=lambda kind: [problem.donor_place[key] for key in kind])


def _one_after_the_other(people: list[Nominee], flows: dict[str, int]) -> dict[str, dict[str, int]]:
    """Pay people in order, each pool until its flow is used up; whoever stands at the border is paid by two."""
    shares: dict[str, dict[str, int]] = {}
    left = dict(flows)
    for each in people:
        shares[each.key] = {}
        needed = each.cost
        whole = next((key for key, has in left.items() if has >= needed), None)
        for key in [whole] if whole is not None else list(left):
            part = min(left[key], needed)
            if part:
                shares[each.key][key] = part
                left[key] -= part
                needed -= part
    return shares


def left_for(problem: Problem, people: Iterable[Nominee], kinds: Iterable[Kind]) -> dict[Kind, int]:
    """Return how much the pools could still pay for one more of each kind, when ``people`` stay paid for, however divided."""
    demand: dict[Kind, int] = defaultdict(int)
    for each in people:
        demand[kind_of(problem, each)] += each.cost
    wanted = _in_order(problem, set(kinds) | set(demand))
    made = Program(problem)
    given: dict[str, Terms] = defaultdict(dict)
    more: dict[Kind, int] = {}
    for kind in wanted:
        most = sum(problem.donor[key].amount or 0 for key in kind)
        flows = {made.column(most): key for key in kind}
        for at, key in flows.items():
            given[key][at] = 1
        more[kind] = made.column(most)
        made.rows.append(Row(demand[kind], demand[kind], dict.fromkeys(flows, 1) | {more[kind]: -1}))
    made.rows += [Row(0, problem.donor[key].amount or 0, terms) for key, terms in given.items()]
    solver = Solver(made)
    found = {kind: solver.best("left", {more[kind]: 1}) for kind in kinds}
    return {kind: each.value if each is not None else 0 for kind, each in found.items()}
