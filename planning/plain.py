"""A problem as plain values and back: what is kept beside a proposal, so that it can be solved again years later."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from planning.seats import Donor, Nominee, Problem, Room

Plain = Mapping[str, Any]


def to_plain(problem: Problem) -> dict[str, Any]:
    """Return a problem as values of JSON, in one order whatever that of its rows."""
    return {
        "nominees": [asdict(each) for each in problem.ordered],
        "rooms": [asdict(each) | {"sectors": dict(each.sectors)} for each in problem.room.values()],
        "donors": [_donor(each) for each in problem.donor.values()],
        "inside": sorted(problem.inside),
        "outside": sorted(problem.outside),
    }


def _donor(donor: Donor) -> dict[str, Any]:
    groups = {"parties": donor.parties, "sectors": donor.sectors, "rooms": donor.rooms}
    plain = {name: None if group is None else sorted(group) for name, group in groups.items()}
    return {
        "key": donor.key,
        "stable_name": donor.stable_name,
        "amount": donor.amount,
        "places": donor.places,
        **plain,
    }


def from_plain(plain: Plain) -> Problem:
    """Return the problem that ``to_plain`` told; what else stands beside it is passed over. Raises ``KeyError``."""
    return Problem(
        nominees=tuple(Nominee(**_only(each, Nominee.__slots__)) for each in plain["nominees"]),
        rooms=tuple(
            Room(**{**_only(each, Room.__slots__), "tracks": tuple(each["tracks"])}) for each in plain["rooms"]
        ),
        donors=tuple(_donor_of(each) for each in plain["donors"]),
        inside=frozenset(plain["inside"]),
        outside=frozenset(plain["outside"]),
    )


def _only(plain: Plain, names: Iterable[str]) -> dict[str, Any]:
    return {name: plain[name] for name in names}


def _donor_of(plain: Plain) -> Donor:
    groups: dict[str, Sequence[str] | None] = {name: plain[name] for name in ("parties", "sectors", "rooms")}
    sets = {name: None if group is None else frozenset(group) for name, group in groups.items()}
    return Donor(
        key=plain["key"], amount=plain["amount"], places=plain["places"], stable_name=plain["stable_name"], **sets
    )
