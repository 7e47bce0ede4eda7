"""Units in which national targets are written, and which of them are an area (edge case E35)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

EARTH_SURFACE_HECTARES = Decimal(51_007_200_000)  # 510 072 000 km2: no target is larger


class UnknownUnit(ValueError):  # noqa: N818  # named as the rule says it
    """The text names no unit of the registry."""


class UnitKind(StrEnum):
    """What a unit measures; only areas are converted and added up."""

    AREA = "area"
    RATE = "rate"
    SHARE = "share"
    COUNT = "count"
    MASS = "mass"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: ``hectares`` is the size of one of it, ``None`` when it is no area; ``spellings`` are read as ``code``."""

    code: str
    kind: UnitKind
    hectares: Decimal | None = None
    spellings: tuple[str, ...] = ()


# An acre is the international acre of 1959, 4 046.856 422 4 m2 exactly.
_ALL = (
    Unit("ha", UnitKind.AREA, Decimal(1), ("hectare", "hectares")),
    Unit("km2", UnitKind.AREA, Decimal(100), ("km²", "sq km", "square kilometres")),
    Unit("million ha", UnitKind.AREA, Decimal(1_000_000), ("m ha", "mha", "million hectares")),
    Unit("acre", UnitKind.AREA, Decimal("0.40468564224"), ("acres",)),
    Unit("ha/year", UnitKind.RATE, None, ("ha per year",)),
    Unit("km2/year", UnitKind.RATE, None, ("km²/year", "km2 per year")),
    Unit("percent/year", UnitKind.RATE, None, ("%/year", "% per year")),
    Unit("percent", UnitKind.SHARE, None, ("%", "per cent")),
    Unit("fraction", UnitKind.SHARE),
    Unit("t/ha", UnitKind.MASS, None, ("tonnes per hectare",)),
    Unit("tonne", UnitKind.MASS, None, ("t", "tonnes")),
    Unit("trees", UnitKind.COUNT, None, ("tree",)),
    Unit("number", UnitKind.COUNT),
    Unit("net", UnitKind.NONE),
    Unit("none", UnitKind.NONE),
)

UNITS: Mapping[str, Unit] = MappingProxyType({unit.code: unit for unit in _ALL})
_BY_SPELLING = {spelling: unit for unit in _ALL for spelling in (unit.code, *unit.spellings)}


def unit_named(text: str) -> Unit:
    """Return the unit that ``text`` names by its code or a usual spelling.

    Raises ``UnknownUnit`` when none fits; a unit is never guessed from the number beside it.
    """
    unit = _BY_SPELLING.get(" ".join(text.casefold().split()))
    if unit is None:
        raise UnknownUnit(text)
    return unit


def to_hectares(value: Decimal, unit: str) -> Decimal | None:
    """Return ``value`` in hectares, exactly; ``None`` when ``unit`` is not one of area (a share, a rate, a count).

    Raises ``UnknownUnit``.
    """
    size = unit_named(unit).hectares
    return None if size is None else value * size
