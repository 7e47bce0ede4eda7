"""What journeys cost."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.costs import UNKNOWN_KM, Rates, estimate, great_circle_km

RATES = Rates(Decimal(400), Decimal(100), Decimal(150))
SUVA, APIA = (-18.13683, 178.42531), (-13.83333, -171.76666)
latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)
places = st.tuples(latitudes, longitudes)
money = st.decimals(0, 10_000, places=2)


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        (SUVA, APIA, 1152),
        ((0, 0), (0, 180), 20015),
        ((90, 0), (-90, 0), 20015),
        ((51.47783, 0), (51.47783, 360), 0),
        ((31.95522, 35.94503), (33.89332, 35.50157), 219),  # Amman to Beirut
    ],
)
def test_e23_the_way_is_the_shortest_one_across_the_antimeridian_too(one, other, km):
    assert round(great_circle_km(*one, *other)) == km


@given(places, places)
def test_a_way_is_the_same_there_and_back_and_never_round_the_world(one, other):
    there, back = great_circle_km(*one, *other), great_circle_km(*other, *one)
    assert there == pytest.approx(back, abs=1e-6)
    assert 0 <= there <= 20_016


@given(places, latitudes, longitudes)
def test_e23_a_whole_turn_changes_no_way(one, latitude, longitude):
    near, far = (great_circle_km(one[0], one[1], latitude, turned) for turned in (longitude, longitude + 360))
    assert near == pytest.approx(far, abs=1e-3)


@given(places, places, places)
def test_no_detour_is_shorter(one, over, other):
    detour = great_circle_km(*one, *over) + great_circle_km(*over, *other)
    assert great_circle_km(*one, *other) <= detour + 1e-3


def test_a_journey_is_paid_there_and_back_and_a_day_more_than_the_workshop():
    assert estimate(1151.4, RATES, 5) == 400 + 230 + 6 * 150
    assert estimate(0, RATES, 1) == 700


@pytest.mark.parametrize(("start", "whole"), [("0.49", 0), ("0.50", 1), ("1.50", 2), ("2.5", 3)])
def test_halves_are_rounded_up(start, whole):
    assert estimate(0, Rates(Decimal(start), Decimal(0), Decimal(0)), 3) == whole


def test_a_way_that_nobody_knows_is_a_quarter_round_the_world():
    assert estimate(None, RATES, 5) == estimate(UNKNOWN_KM, RATES, 5) == 400 + 2000 + 900


@given(st.floats(0, 20_000), st.floats(0, 20_000), st.integers(1, 30), st.builds(Rates, money, money, money))
def test_a_longer_way_is_never_cheaper(one, other, days, rates):
    near, far = sorted((one, other))
    assert 0 <= estimate(near, rates, days) <= estimate(far, rates, days) <= estimate(far, rates, days + 1)


def test_a_workshop_lasts_a_day():
    with pytest.raises(ValueError, match="a day"):
        estimate(0, RATES, 0)
