"""What a journey to a workshop costs, estimated from the great circle and a daily allowance."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088  # the mean radius of the Earth (IUGG)
UNKNOWN_KM = 10_000  # between two places taken at random on the Earth: a quarter of its circumference


@dataclass(frozen=True, slots=True)
class Rates:
    """What a journey costs in one currency: a fixed part, a part for each 1,000 km flown, and an allowance a day (DSA)."""

    fare_start: Decimal
    fare_per_1000_km: Decimal
    allowance: Decimal


def great_circle_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the shortest way over a sphere between two points in degrees, in kilometres.

    Right across the antimeridian: from Suva to Apia are about 1,150 km, not a way around the world (E23).
    """
    phi1, phi2 = radians(lat1), radians(lat2)
    half_phi, half_lambda = (phi2 - phi1) / 2, radians(lon2 - lon1) / 2
    haversine = sin(half_phi) ** 2 + cos(phi1) * cos(phi2) * sin(half_lambda) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, haversine)))  # rounding can lift it over 1 at the antipodes


def estimate(km: float | None, rates: Rates, days: int) -> int:
    """Return what one person's journey to a workshop of ``days`` days costs, in whole units of the rates' currency.

    There and back over ``km`` kilometres one way, and the allowance for each day and one more; rounded half up. A way of
    which one end is not known (``None``) counts as ``UNKNOWN_KM``. Whole kilometres are reckoned with, so that the last bit
    of a sine, which machines round differently, changes no estimate. Raises ``ValueError`` for less than one day.
    """
    if days < 1:
        raise ValueError("a workshop lasts a day at least")
    way = Decimal(UNKNOWN_KM if km is None else round(km))
    cost = rates.fare_start + rates.fare_per_1000_km * 2 * way / 1000 + rates.allowance * (days + 1)
    return int(cost.quantize(Decimal(1), rounding=ROUND_HALF_UP))
