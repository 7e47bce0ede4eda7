"""Selecting: no rule is ever broken, every level is the best there is, and nothing but the problem decides the answer."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.highs import Solver
from planning.levels import LEVELS, broken, values
from planning.seats import Answer, Donor, Level, Nominee, Problem, Room
from planning.selection import Impossible, WrongAnswer, check, select
from tests.planning.trials import best_by_trying, problems


def nominee(key: str, **fields: object) -> Nominee:
    """A man of JOR for the first track, whose journey costs 10."""
    plain = {
        "room": "amman", "party": "JOR", "track": "biodiversity", "sector": "forest", "gender": "man", "priority": False,
        "score": 0, "rank": 1, "cost": 10, "financed": True,
    }  # fmt: skip
    return Nominee(key, **(plain | fields))  # type: ignore[arg-type]


def room(**fields: object) -> Room:
    """Amman with two seats, two a Party, and nothing to reach."""
    plain = {"seats": 2, "limit": 2, "own": 0, "women": 0, "sectors": {}, "tracks": ("biodiversity", "planning")}
    return Room("amman", **(plain | fields))  # type: ignore[arg-type]


def chosen(*people: Nominee, at: Room | None = None, donors: tuple[Donor, ...] = ()) -> list[str]:
    return list(select(Problem(people, (at or room(),), donors)).selected)


@given(problems())
@settings(max_examples=150, deadline=None)
def test_every_level_is_the_best_there_is(problem):
    answer = select(problem)
    assert broken(problem, answer.selected) == []
    assert values(problem, answer.selected) == best_by_trying(problem)
    assert all(level.proven and level.bound == level.value for level in answer.levels)


@given(problems(most=6, locks=True))
@settings(max_examples=150, deadline=None)
def test_words_on_people_are_kept_or_the_rules_are_impossible(problem):
    best = best_by_trying(problem)
    if best is None:
        with pytest.raises(Impossible):
            select(problem)
    else:
        assert values(problem, select(problem).selected) == best


@given(problems(most=12), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_order_of_input_and_threads_change_nothing(problem, random):
    shuffled = [list(rows) for rows in (problem.nominees, problem.rooms, problem.donors)]
    for rows in shuffled:
        random.shuffle(rows)
    people, rooms, donors = (tuple(rows) for rows in shuffled)
    assert select(Problem(people, rooms, donors), threads=2) == select(problem)


def test_threads_seeds_and_any_order_give_a_larger_selection_the_same_answer(monkeypatch):
    random = Random(7)
    people = [
        nominee(
            f"n{at:03d}",
            party=random.choice("ABCDEFGHIJKLMNO"),
            track=random.choice(["biodiversity", "planning"]),
            sector=random.choice(["forest", "planning", "agriculture"]),
            gender=random.choice(["woman", "man", "unknown"]),
            priority=random.random() < 0.3,
            score=random.randrange(100),
            cost=random.randrange(15, 45),
        )
        for at in range(120)
    ]
    place = room(seats=30, women=15, sectors={"forest": 8, "planning": 8})
    donors = (Donor("x", amount=400, sectors=frozenset({"forest"})), Donor("y", amount=500))
    first = select(Problem(tuple(people), (place,), donors))
    random.shuffle(people)
    assert select(Problem(tuple(people), (place,), donors[::-1]), threads=2) == first
    assert all(level.proven for level in first.levels)
    for seed in (1, 99):
        monkeypatch.setattr(Solver, "OPTIONS", {**Solver.OPTIONS, "random_seed": seed})
        assert select(Problem(tuple(people), (place,), donors)) == first


def test_parties_come_before_tracks_and_tracks_before_points():
    people = (
        nominee("a", score=90), nominee("b", score=10, track="planning"), nominee("c", score=80),
        nominee("d", party="LBN", score=0),
    )  # fmt: skip
    assert chosen(*people) == ["a", "d"]
    assert chosen(*people, at=room(seats=3, limit=3)) == ["a", "b", "d"]


def test_e07_nobody_counts_as_a_woman_who_is_not_known_to_be_one():
    people = (
        nominee("a", gender="unknown", score=90), nominee("b", gender="other", score=80), nominee("c", gender="woman"),
    )  # fmt: skip
    assert chosen(*people, at=room(women=1)) == ["a", "c"]
    # and a share that is reached already does not go on
    assert chosen(*people, nominee("d", gender="woman", score=1), at=room(women=1)) == ["a", "d"]


def test_sectors_come_before_the_lists_that_come_first_and_these_before_points():
    people = (
        nominee("a", score=90), nominee("b", party="SDN", priority=True, score=5),
        nominee("c", party="YEM", sector="planning", score=1), nominee("d", party="OMN", score=50),
    )  # fmt: skip
    assert chosen(*people, at=room(sectors={"planning": 1})) == ["b", "c"]


def test_a_donor_pays_only_within_its_earmark():
    people = (nominee("a", score=90), nominee("b", party="LBN"), nominee("c", party="SYR", sector="planning"))
    for_lebanon = Donor("norway", amount=30, parties=frozenset({"LBN"}))
    for_planning = Donor("japan", amount=30, sectors=frozenset({"planning"}))
    elsewhere = Donor("korea", amount=30, rooms=frozenset({"suva"}))
    answer = select(Problem(people, (room(seats=3),), (for_lebanon, for_planning, elsewhere)))
    assert answer.selected == {"b": {"norway": 10}, "c": {"japan": 10}}


def test_e30_two_pools_share_a_journey_and_no_cost_is_paid_twice():
    answer = select(Problem((nominee("a"),), (room(),), (Donor("norway", amount=6), Donor("japan", amount=4))))
    assert answer.selected == {"a": {"norway": 6, "japan": 4}}
    # a donor of places pays whole journeys, or none
    assert (
        select(Problem((nominee("a"),), (room(),), (Donor("n", amount=6, places=1), Donor("j", amount=6)))).selected
        == {}
    )


def test_e31_when_money_falls_third_and_second_seats_go_before_a_party_is_left_out():
    people = [nominee(f"{party}{at}", party=party, rank=at) for party in ("JOR", "LBN", "SYR") for at in (1, 2, 3)]

    def seated(money: int) -> list[str]:
        donors = (Donor("norway", amount=money),)
        return chosen(*people, at=room(seats=9, limit=3), donors=donors)

    assert seated(90) == [each.key for each in people]
    assert seated(60) == ["JOR1", "JOR2", "LBN1", "LBN2", "SYR1", "SYR2"]
    assert seated(30) == ["JOR1", "LBN1", "SYR1"]


def test_beyond_what_is_financed_a_party_may_come_at_its_own_expense():
    people = tuple(nominee(f"n{at}", rank=at, cost=10 + at) for at in (1, 2, 3))
    answer = select(Problem(people, (room(seats=3, limit=3, own=1),), (Donor("norway", amount=23),)))
    assert answer.selected == {"n1": {"norway": 11}, "n2": {"norway": 12}, "n3": {}}
    # but not before: while a financed place is open, somebody is paid for or stays at home
    short = select(Problem(people, (room(seats=3, limit=3, own=1),), (Donor("norway", amount=11),)))
    assert short.selected == {"n1": {"norway": 11}}


def test_without_donors_no_money_is_planned():
    assert select(Problem((nominee("a"),), (room(),))).selected == {"a": {}}


def test_ties_are_broken_by_the_partys_own_order_and_then_by_the_key_alone():
    assert chosen(nominee("a", rank=2), nominee("b", rank=1), at=room(seats=1)) == ["b"]
    alike = [nominee(key, rank=1) for key in "abcdef"]
    assert chosen(*alike, at=room(seats=1)) == chosen(*reversed(alike), at=room(seats=1))


def test_nobody_to_choose_from_is_an_answer():
    answer = select(Problem((), (room(),)))
    assert answer == Answer({}, tuple(Level(name, 0, 0, proven=True) for name in LEVELS))


def test_each_level_is_told_as_it_begins():
    told: list[str] = []
    select(Problem((nominee("a"),), (room(),)), began=told.append)
    assert told == list(LEVELS)


def test_a_wrong_answer_does_not_leave_the_package():
    problem = Problem((nominee("a"), nominee("b")), (room(seats=1),))
    answer = select(problem)
    with pytest.raises(WrongAnswer, match="seats:amman"):
        check(problem, replace(answer, selected={"a": {}, "b": {}}))
    with pytest.raises(WrongAnswer, match="parties is 0, not 1"):
        check(problem, replace(answer, selected={}))


@pytest.mark.parametrize(
    "fields",
    [
        {"nominees": (nominee("a"), nominee("a"))},
        {"nominees": (nominee("a", room="suva"),)},
        {"nominees": (nominee("a", cost=-1),)},
        {"rooms": (room(seats=-1),)},
        {"donors": (Donor("x", amount=-1),)},
        {"inside": frozenset({"nobody"})},
    ],
)
def test_what_cannot_be_meant_is_refused(fields):
    with pytest.raises(ValueError):  # noqa: PT011  # which of the sentences does not matter
        Problem(**({"nominees": (), "rooms": (room(),)} | fields))
