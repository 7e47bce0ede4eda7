from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measurement.units import UNITS, UnitKind, UnknownUnit, to_hectares, unit_named

quantities = st.decimals(min_value=0, max_value=10**9, places=4, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("value", "unit", "hectares"),
    [
        ("882.86", "km2", "88286"),  # Ghana 1
        ("1500000", "ha", "1500000"),  # Algeria 1
        ("10.4", "million ha", "10400000"),
        ("1000", "acre", "404.68564224"),
        ("287", "KM²", "28700"),  # Seychelles 1, E37
        ("3", "square  kilometres", "300"),
    ],
)
def test_areas_become_hectares_exactly(value, unit, hectares):
    assert to_hectares(Decimal(value), unit) == Decimal(hectares)


@pytest.mark.parametrize(
    "unit",
    ["percent", "percent/year", "ha/year", "km2/year", "fraction", "t/ha", "tonne", "trees", "number", "net", "none"],
)
def test_e35_what_is_no_area_has_no_hectares(unit):
    assert to_hectares(Decimal(50), unit) is None
    assert UNITS[unit].kind is not UnitKind.AREA


@pytest.mark.parametrize("unit", ["", "dunum", "hectares?", "m2"])
def test_a_unit_outside_the_registry_is_refused(unit):
    with pytest.raises(UnknownUnit):
        to_hectares(Decimal(1), unit)


def test_no_two_units_share_a_spelling():
    spellings = [spelling for unit in UNITS.values() for spelling in (unit.code, *unit.spellings)]
    assert len(spellings) == len(set(spellings))
    assert all(unit_named(spelling.upper()) for spelling in spellings)


@given(quantities, quantities)
def test_conversion_adds_up(one, other):
    parts = [to_hectares(value, "km2") or Decimal(0) for value in (one, other)]
    assert to_hectares(one + other, "km2") == sum(parts)
