"""Impossible rules: the least that must give way, and the smallest set at odds, each tried."""

from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings

from planning.conflicts import GivesWay, smallest_conflict, what_gives_way
from planning.seats import Donor, Problem
from planning.selection import Impossible, select
from tests.planning.test_selection import nominee, room
from tests.planning.trials import problems


def possible(problem: Problem) -> bool:
    try:
        select(problem)
    except Impossible:
        return False
    return True


def keeping(problem: Problem, rules: tuple[str, ...]) -> Problem:
    """The problem with these rules alone; the others ask for nothing."""
    kept = set(rules)
    rooms = tuple(
        replace(
            each,
            seats=each.seats if f"seats:{each.key}" in kept else 99,
        )
        for each in problem.rooms
    )
    donors = tuple(
        each if f"budget:{each.key}" in kept else replace(each, amount=999, places=None if each.is_pool else 99)
        for each in problem.donors
    )
    inside = frozenset(key for key in problem.inside if f"in:{key}" in kept)
    outside = frozenset(key for key in problem.outside if f"out:{key}" in kept)
    return replace(problem, rooms=rooms, donors=donors, inside=inside, outside=outside)


def without_limits(problem: Problem, rules: tuple[str, ...]) -> Problem:
    """The problem with a limit a Party only where a rule says so; the small problems drawn have one for all of a room."""
    limited = {rule.split(":")[1] for rule in rules if rule.startswith("limit:")}
    rooms = tuple(each if each.key in limited else replace(each, limit=99) for each in problem.rooms)
    return replace(problem, rooms=rooms)


@given(problems(own=False, locks=True))
@settings(max_examples=150, deadline=None)
def test_the_conflict_is_one_and_none_of_its_rules_can_be_left_out(problem):
    rules = smallest_conflict(problem)
    assert bool(rules) == (not possible(problem))
    if not rules:
        return
    assert not possible(without_limits(keeping(problem, rules), rules))
    for fewer in combinations(rules, len(rules) - 1):
        assert possible(without_limits(keeping(problem, fewer), fewer)), (rules, fewer)


@given(problems(most=4, rooms=1, own=False, locks=True))
@settings(max_examples=80, deadline=None)
def test_no_smaller_set_of_rules_is_at_odds(problem):
    found = smallest_conflict(problem)
    rules = sorted(
        [f"in:{key}" for key in problem.inside]
        + [f"out:{key}" for key in problem.outside]
        + [f"seats:{each.key}" for each in problem.rooms]
        + [f"limit:{each.key}:" for each in problem.rooms]
        + [f"budget:{each.key}" for each in problem.donors]
    )
    for number in range(len(found)):
        for fewer in combinations(rules, number):
            assert possible(without_limits(keeping(problem, fewer), fewer)), fewer


@given(problems(own=False, locks=True))
@settings(max_examples=100, deadline=None)
def test_what_gives_way_is_enough(problem):
    given = {each.rule: each.by for each in what_gives_way(problem)}
    rooms = tuple(
        replace(
            each,
            seats=each.seats + given.get(f"seats:{each.key}", 0),
            limit=each.limit
            + max((by for rule, by in given.items() if rule.startswith(f"limit:{each.key}:")), default=0),
        )
        for each in problem.rooms
    )
    donors = tuple(
        replace(
            each,
            amount=None if each.amount is None else each.amount + given.get(f"budget:{each.key}", 0),
            places=None if each.places is None else each.places + given.get(f"budget:{each.key}", 0),
        )
        for each in problem.donors
    )
    leave = {key for key in problem.inside if f"in:{key}" in given}
    assert possible(replace(problem, rooms=rooms, donors=donors, inside=problem.inside - leave))
    assert bool(given) == (not possible(problem))


def test_four_seats_short_is_said_so():
    people = tuple(nominee(f"n{at}", party=f"P{at}") for at in range(6))
    problem = Problem(people, (room(),), inside=frozenset(each.key for each in people))
    assert what_gives_way(problem) == (GivesWay("seats:amman", 4),)
    assert len(smallest_conflict(problem)) == 4
    assert smallest_conflict(problem)[-1] == "seats:amman"


def test_each_kind_of_conflict_is_named():
    one = nominee("a")
    two = nominee("b", rank=2)
    both = frozenset({"a", "b"})
    assert smallest_conflict(Problem((one,), (room(),), (), both & {"a"}, frozenset({"a"}))) == ("in:a", "out:a")
    assert smallest_conflict(Problem((one, two), (room(limit=1),), (), both)) == ("in:a", "in:b", "limit:amman:JOR")
    for_others = (Donor("norway", amount=99, parties=frozenset({"LBN"})),)
    assert smallest_conflict(Problem((one,), (room(),), for_others, frozenset({"a"}))) == ("in:a",)
    assert what_gives_way(Problem((one,), (room(),), for_others, frozenset({"a"}))) == (GivesWay("in:a", 1),)
    short = (Donor("norway", amount=15),)
    assert smallest_conflict(Problem((one, two), (room(),), short, both)) == ("budget:norway", "in:a", "in:b")
    assert what_gives_way(Problem((one, two), (room(),), short, both)) == (GivesWay("budget:norway", 5),)
    own = room(limit=2, own=1)
    assert smallest_conflict(Problem((one, two, nominee("c")), (own,), short, both)) == ()


def test_where_many_are_locked_in_no_rule_of_the_conflict_can_be_left_out():
    people = tuple(nominee(f"n{at:03d}", party=f"P{at}", cost=1 + at % 3) for at in range(90))
    problem = Problem(people, (room(seats=90),), (Donor("norway", amount=100),), frozenset(each.key for each in people))
    rules = smallest_conflict(problem)
    costs = sorted(problem.by_key[rule.removeprefix("in:")].cost for rule in rules if rule.startswith("in:"))
    assert "budget:norway" in rules
    assert sum(costs) > 100
    assert sum(costs) - costs[0] <= 100
