"""Areas stated twice in one sentence: "287 km2 (2,870 ha)" contradicts itself (edge case E37)."""

import re
from collections.abc import Collection
from decimal import Decimal

from measurement.amounts import DecimalMark, DoubtfulAmount, parse_amount
from measurement.units import to_hectares

_MARKS: tuple[DecimalMark, DecimalMark] = (".", ",")
_STATEMENT = re.compile(
    r"(?P<number>\d[\d.,\u00a0\u202f ]*)\s*(?P<unit>million ha|m ha|mha|ha|hectares?|km2|km²|acres?)\b(?!\s*/)",
    re.IGNORECASE,
)


def contradictions(text: str, hectares: Collection[Decimal]) -> tuple[str, ...]:
    """Return the areas written in ``text`` that no reading makes equal to one of ``hectares``, as they are written.

    A statement agrees when it is right to its own last digit: "10,4 M ha" agrees with 10 401 300 ha. Nothing is corrected.
    """
    return tuple(
        match[0].strip()
        for match in _STATEMENT.finditer(text)
        if not any(_agrees(match["number"], match["unit"], known) for known in hectares)
    )


def _agrees(number: str, unit: str, hectares: Decimal) -> bool:
    return any(_within_last_digit(value, unit, hectares) for value in _readings(number.strip(" .,\u00a0\u202f")))


def _readings(number: str) -> set[Decimal]:
    values = set()
    for mark in _MARKS:
        try:
            values.add(parse_amount(number, decimal_mark=mark).value)
        except DoubtfulAmount:
            continue
    return values


def _within_last_digit(value: Decimal, unit: str, hectares: Decimal) -> bool:
    exponent = value.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    stated, tolerance = to_hectares(value, unit), to_hectares(step / 2, unit)
    if stated is None or tolerance is None:
        return True
    return abs(stated - hectares) <= tolerance
