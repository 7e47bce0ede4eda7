"""What each level of a selection came to, in words and figures of the language active now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from participants.models import Selection
from participants.queries.computing import LEVEL_NAMES
from participants.queries.wording import money_told

COST, TIES = "cost", "ties"


@dataclass(frozen=True, slots=True)
class LevelTold:
    """A level with its ``value`` and the best possible, ``bound``; "" where a figure says nothing to people: ties.

    ``computed`` is what the solver had reached where an override changed it, else ""; ``change`` is then -1 for worse and 1 for
    better.
    """

    name: str
    label: str | Promise
    value: str
    bound: str
    proven: bool
    computed: str = ""
    change: int = 0


def levels_of(selection: Selection) -> list[LevelTold]:
    """Return the levels in the order in which they were looked at; none of a selection entered by hand."""
    return [_told(each, selection.currency) for each in selection.levels]


def figure(name: str, value: int, currency: str) -> str:
    """Return the value of a level as people read it: money counts below nothing, as every level grows when it is better."""
    if name == TIES:
        return ""
    return money_told(-value, currency) if name == COST else str(value)


def _told(level: Mapping[str, Any], currency: str) -> LevelTold:
    name, value, bound = level["name"], level["value"], level["bound"]
    overridden = (
        level["proven"] and value != bound and name != TIES
    )  # proven, the bound was reached when it was computed
    return LevelTold(
        name=name,
        label=LEVEL_NAMES[name],
        value=figure(name, value, currency),
        bound=figure(name, bound, currency),
        proven=level["proven"],
        computed=figure(name, bound, currency) if overridden else "",
        change=(value > bound) - (value < bound) if overridden else 0,
    )
