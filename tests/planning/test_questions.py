"""Why not this person, and who comes in with one more seat: each answer is what happens when it is tried."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.levels import LEVELS
from planning.questions import OneMore, Price, one_more, why_not, with_one_more
from planning.seats import Donor, Problem
from planning.selection import Impossible, select
from tests.planning.test_selection import nominee, room
from tests.planning.trials import best_by_trying, problems


@given(problems(most=6, locks=True), st.integers(0, 5))
@settings(max_examples=150, deadline=None)
def test_the_price_of_taking_somebody_in_is_what_trying_shows(problem, at):
    if not problem.nominees or best_by_trying(problem) is None:
        return
    answer = select(problem)
    key = problem.ordered[at % len(problem.ordered)].key
    price = why_not(problem, answer, key)
    with_her = replace(problem, inside=problem.inside | {key}, outside=problem.outside - {key})
    best = best_by_trying(with_her)
    if best is None:
        assert price == Price("rules")
        return
    worse = [
        Price(name, level.value, value)
        for name, level, value in zip(LEVELS, answer.levels, best, strict=True)
        if value < level.value
    ]
    better = [name for name, level, value in zip(LEVELS, answer.levels, best, strict=True) if value > level.value]
    # Taking back an organizer's "out" may make a level better: then there is no price before it.
    if key in problem.outside and better and (not worse or LEVELS.index(better[0]) < LEVELS.index(worse[0].level)):
        return
    assert price == (worse[0] if worse else Price(""))


@given(problems(most=6))
@settings(max_examples=80, deadline=None)
def test_one_more_seat_names_who_really_comes_in(problem):
    answer = select(problem)
    donor = problem.donors[0].key if problem.donors else ""
    more = one_more(problem, answer, problem.rooms[0].key, donor=donor, money=3)
    again = select(with_one_more(problem, problem.rooms[0].key, donor=donor, money=3))
    assert set(again.selected) == set(answer.selected) - set(more.leaves) | set(more.enters)
    assert not set(more.enters) & set(answer.selected)


def test_one_more_seat_funded_by_norway_brings_in_the_next():
    people = (nominee("a", score=90), nominee("b", score=80), nominee("c", score=70))
    donors = (Donor("japan", amount=20), Donor("norway", amount=5))
    problem = Problem(people, (room(limit=3),), donors)
    answer = select(problem)
    assert list(answer.selected) == ["a", "b"]
    assert one_more(problem, answer, "amman", donor="norway", money=5) == OneMore(("c",), ())
    assert one_more(problem, answer, "amman") == OneMore((), ())
    assert one_more(problem, answer, "amman", donor="norway", money=4) == OneMore((), ())


def test_the_price_names_the_first_level_that_gets_worse():
    people = (
        nominee("a", score=90),
        nominee("b", party="LBN"),
        nominee("c", score=70),
        nominee("d", party="LBN", score=1),
    )
    problem = Problem(people, (room(),), outside=frozenset({"d"}))
    answer = select(problem)
    assert list(answer.selected) == ["a", "b"]
    assert why_not(problem, answer, "c") == Price("score", 92, 72)
    assert why_not(problem, answer, "a") == Price("")
    full = replace(problem, inside=frozenset({"a", "b"}))
    assert why_not(full, select(full), "c") == Price("rules")
    told: list[str] = []
    why_not(problem, answer, "c", began=told.append)
    assert told == ["score"]


def test_a_question_about_impossible_rules_is_not_asked():
    problem = Problem((nominee("a"),), (room(seats=0),), inside=frozenset({"a"}))
    with pytest.raises(Impossible, match="the rules cannot all be kept"):
        select(problem)
