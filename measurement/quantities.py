"""A quantity as a Party writes it: a number and, mostly, its unit behind it."""

from measurement.amounts import Amount, DecimalMark, parse_amount
from measurement.units import unit_named


def read_quantity(text: str, unit: str, *, decimal_mark: DecimalMark | None = None) -> Amount:
    """Read "882.86 km2" when ``unit`` is km2; any other word beside the number leaves it in doubt.

    Raises ``DoubtfulAmount`` when the number is not certain and ``UnknownUnit`` for a unit outside the registry.
    """
    named = unit_named(unit)
    plain = " ".join(text.split())
    for spelling in sorted((named.code, *named.spellings), key=len, reverse=True):
        if plain.casefold().endswith(spelling) and not plain[: -len(spelling)].endswith("/"):
            return parse_amount(plain[: -len(spelling)], decimal_mark=decimal_mark)
    return parse_amount(plain, decimal_mark=decimal_mark)
