"""Small selections: drawn by hypothesis, and answered by trying every set of people."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations, product
from random import Random
from typing import TypeVar

from hypothesis import strategies as st

from planning.levels import broken, values
from planning.seats import Donor, Nominee, Problem, Room, Shares

Row = TypeVar("Row", Nominee, Donor)
PARTIES = ("AAA", "BBB", "CCC")
TRACKS = ("biodiversity", "planning")
SECTORS = ("conservation", "forest")
GENDERS = ("woman", "man", "other", "unknown")


@st.composite
def problems(draw: st.DrawFn, *, most: int = 7, rooms: int = 2, own: bool = True, locks: bool = False) -> Problem:
    """Up to ``most`` nominees for up to ``rooms`` rooms, with up to two pools and a donor of places."""
    keys = [f"w{at}" for at in range(draw(st.integers(1, rooms)))]
    places = [
        Room(
            key,
            seats=draw(st.integers(0, 3)),
            limit=(limit := draw(st.integers(1, 2))),
            own=draw(st.integers(0, limit)) if own else 0,
            women=draw(st.integers(0, 2)),
            sectors={name: draw(st.integers(0, 1)) for name in SECTORS},
            tracks=TRACKS,
        )
        for key in keys
    ]
    people = [_nominee(draw, at, keys) for at in range(draw(st.integers(0, most)))]
    known = frozenset(each.key for each in people)
    inside = draw(st.frozensets(st.sampled_from(sorted(known)))) if locks and known else frozenset()
    outside = draw(st.frozensets(st.sampled_from(sorted(known)), max_size=2)) if locks and known else frozenset()
    return Problem(tuple(people), tuple(places), tuple(_donors(draw)), inside, outside)


def _nominee(draw: st.DrawFn, at: int, rooms: list[str]) -> Nominee:
    party = draw(st.sampled_from(PARTIES))
    return Nominee(
        key=f"n{at}",
        room=draw(st.sampled_from(rooms)),
        party=party,
        track=draw(st.sampled_from(TRACKS)),
        sector=draw(st.sampled_from(SECTORS)),
        gender=draw(st.sampled_from(GENDERS)),
        priority=party == "CCC",
        score=draw(st.integers(0, 4)),
        rank=draw(st.integers(1, 2)),
        cost=draw(st.integers(0, 4)),
        financed=party != "AAA",
    )


def _donors(draw: st.DrawFn) -> Iterator[Donor]:
    group = st.none() | st.sampled_from([frozenset({"BBB"}), frozenset({"CCC"})])
    if draw(st.booleans()):
        yield Donor("norway", amount=draw(st.integers(0, 7)), parties=draw(group))
    if draw(st.booleans()):
        yield Donor("japan", amount=draw(st.integers(0, 7)), sectors=draw(st.none() | st.just(frozenset({"forest"}))))
    if draw(st.booleans()):
        amount = draw(st.none() | st.integers(0, 6))
        yield Donor(
            "korea", amount=amount, places=draw(st.integers(0, 2)), rooms=draw(st.none() | st.just(frozenset({"w0"})))
        )


def payments(problem: Problem, nominee: Nominee) -> list[Shares]:
    """Every way to pay for a journey: not at all, by one donor, or parted between two pools."""
    if not problem.needs_payer(nominee):
        return [{}]
    ways: list[Shares] = [{}, *({donor.key: nominee.cost} for donor in problem.payers(nominee))]
    pools = [donor.key for donor in problem.payers(nominee) if donor.is_pool]
    for first, second in combinations(pools, 2):
        ways += [{first: part, second: nominee.cost - part} for part in range(1, nominee.cost)]
    return ways


def allowed(problem: Problem) -> Iterator[Mapping[str, Shares]]:
    """Every set of people, with every way to pay for them, that keeps the hard rules."""
    people = problem.ordered
    for number in range(len(people) + 1):
        for chosen in combinations(people, number):
            plain = Problem(problem.nominees, problem.rooms, (), problem.inside, problem.outside)
            if broken(plain, {each.key: {} for each in chosen}):
                continue
            for paid in product(*(payments(problem, each) for each in chosen)):
                selected = {each.key: shares for each, shares in zip(chosen, paid, strict=True)}
                if not broken(problem, selected):
                    yield selected


def best_by_trying(problem: Problem) -> tuple[int, ...] | None:
    """The levels of the best set there is, ``None`` when no set keeps the rules."""
    return max((values(problem, selected) for selected in allowed(problem)), default=None)


def under_other_keys(problem: Problem, random: Random) -> Problem:
    """The same problem as another database would hold it: keys drawn anew, the names they had kept as stable ones."""

    def drawn(row: Row) -> Row:
        return replace(row, key=f"{random.random()} {row.key}", stable_name=row.key)

    people, donors = [drawn(each) for each in problem.nominees], [drawn(each) for each in problem.donors]
    of = {each.stable_name: each.key for each in people}
    inside, outside = (frozenset(of[key] for key in keys) for keys in (problem.inside, problem.outside))
    return Problem(tuple(people), problem.rooms, tuple(donors), inside, outside)


def paid_elsewhere(problem: Problem, keys: set[str]) -> Problem:
    """The problem with some people in, whose journeys nobody here has to pay for."""
    people = tuple(replace(each, financed=each.financed and each.key not in keys) for each in problem.nominees)
    return replace(problem, nominees=people, inside=problem.inside | keys)
