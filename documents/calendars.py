"""Calendar files (RFC 5545) from plain values."""

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True)
class Event:
    """An event on consecutive days with the same hours in ``zone``, an IANA name.

    ``uid`` stays the same through changes, ``revision`` counts them; ``cancelled`` takes the event out of calendars.
    """

    uid: str
    title: str
    first: date
    last: date
    opens_at: time
    closes_at: time
    zone: str
    place: str
    address: str = ""  # of the page that tells more
    revision: int = 0
    cancelled: bool = False
