"""Points of reviews, in whole numbers from 0 to 100: exact arithmetic, halves rounded up."""

from collections.abc import Collection
from dataclasses import dataclass

MOST = 100


@dataclass(frozen=True, slots=True)
class Scored:
    """What one criterion was given: ``given`` of ``most`` points (1 or more), each of which counts ``weight`` times."""

    given: int
    most: int
    weight: int


def points(marks: Collection[Scored]) -> int:
    """Return what was given as a share of the most that could be, from 0 to 100.

    Raises ``ValueError`` without marks, and for one that is out of its range or counts nothing.
    """
    if not marks:
        raise ValueError("points need at least one mark")
    if any(each.weight < 1 or each.most < 1 or not 0 <= each.given <= each.most for each in marks):
        raise ValueError("a mark is from 0 to the most of its criterion, and both count from 1 up")
    given = sum(each.weight * each.given for each in marks)
    return _half_up(MOST * given, sum(each.weight * each.most for each in marks))


def mean(values: Collection[int]) -> int:
    """Return the mean of some reviews' points. Raises ``ValueError`` when there are none."""
    if not values:
        raise ValueError("a mean needs at least one value")
    return _half_up(sum(values), len(values))


def _half_up(share: int, of: int) -> int:
    """Return a ratio of whole numbers from 0 up, rounded; in integers, so that no half is lost on the way."""
    return (2 * share + of) // (2 * of)
