"""Why somebody is in or out, as codes with their facts: each is true of the answer, and can be tried."""

from collections.abc import Mapping
from dataclasses import dataclass

from planning.levels import LEVELS
from planning.reserves import Reserve, Standing, rank
from planning.seats import Answer, Nominee, Problem, Shares

Facts = Mapping[str, int | str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Reason:
    """A ``code`` and what a sentence needs to say it."""

    code: str
    facts: Facts


def explain(problem: Problem, answer: Answer) -> tuple[dict[str, list[Reason]], list[Reserve]]:
    """Return the reasons of every nominee, the first being why the person is in or out, and the reserves in their order.

    In: ``locked-in``, or the first level that would lose by taking the person out, ``in-parties`` to ``in-score``. Out:
    ``locked-out``, or each hard rule that keeps the person out, ``party-full``, ``seats-full``, ``no-money``; then
    ``next``, what would change it: with everyone who is in and everybody before on the list in too, and with what ``needs``
    names, the next seat is this person's.
    """
    standing = Standing(problem, answer.selected)
    reserves = rank(problem, standing)
    reasons = {each.key: [_in(problem, standing, each)] for each in standing.people}
    reasons |= {key: [Reason("locked-out", {})] for key in problem.outside}
    reasons |= {each.key: _out(problem, each) for each in reserves}
    return reasons, reserves


def _in(problem: Problem, standing: Standing, nominee: Nominee) -> Reason:
    if nominee.key in problem.inside:
        return Reason("locked-in", {})
    tally = standing.counted
    tally.add(nominee, -1)
    lost = tally.gain(nominee, 0)
    tally.add(nominee)
    level = next(name for name, gain in zip(LEVELS, lost, strict=True) if gain)
    return Reason(f"in-{level}", _numbers(problem, standing, nominee)[level])


def _numbers(problem: Problem, standing: Standing, nominee: Nominee) -> Mapping[str, Facts]:
    """Return what each level counts where the nominee sits."""
    room, tally = problem.room[nominee.room], standing.counted
    return {
        "parties": {"party": nominee.party},
        "tracks": {"party": nominee.party, "track": nominee.track},
        "women": {"count": tally.women[nominee.room], "wanted": room.women},
        "sectors": {
            "sector": nominee.sector,
            "count": tally.sector[nominee.room, nominee.sector],
            "wanted": room.sectors.get(nominee.sector, 0),
        },
        "priority": {"party": nominee.party},
        "score": {"score": nominee.score},
    }


def _out(problem: Problem, reserve: Reserve) -> list[Reason]:
    nominee = problem.by_key[reserve.key]
    room = problem.room[nominee.room]
    found = []
    if reserve.limit:
        found.append(Reason("party-full", {"party": nominee.party, "limit": room.limit}))
    if reserve.seat:
        found.append(Reason("seats-full", {"seats": room.seats}))
    if reserve.missing:
        found.append(
            Reason("no-money", {"cost": nominee.cost, "missing": reserve.missing, "payers": tuple(reserve.payers)})
        )
    if not found:  # only where a level was not proven: the person could be added to the answer as it stands
        found.append(Reason("not-reached", {}))
    return [*found, Reason("next", {"place": reserve.place, "needs": needs(reserve), "missing": reserve.missing})]


def needs(reserve: Reserve) -> tuple[str, ...]:
    """Return what it takes for a reserve to come in, once those before on the list are in: ``seat``, ``limit``, ``money``."""
    wanted = (("seat", reserve.seat), ("limit", reserve.beyond), ("money", reserve.missing > 0))
    return tuple(name for name, lacks in wanted if lacks)


def paid(shares: Shares) -> str:
    """Return the donor who pays most of a journey, the first by key among equals; nothing for nobody."""
    return min(shares, key=lambda key: (-shares[key], key), default="")
