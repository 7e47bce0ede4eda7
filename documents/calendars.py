"""Calendar files (RFC 5545) from plain values."""

import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

import icalendar

PRODUCT = "-//Workshop planner//EN"
_UNWRITABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})


class Method(StrEnum):
    """What a calendar does with a file (RFC 5546)."""

    PUBLISH = "PUBLISH"
    CANCEL = "CANCEL"


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

    @property
    def method(self) -> Method:
        """What calendars are asked to do."""
        return Method.CANCEL if self.cancelled else Method.PUBLISH


def calendar(event: Event, *, created: datetime, organizer: str = "") -> bytes:
    """Return the calendar file of an event, equal for equal arguments; ``organizer`` is an e-mail address.

    The days are one event that recurs daily, so that its hours stay those of the venue's clock through a change of time.
    Raises ``zoneinfo.ZoneInfoNotFoundError`` for an unknown zone.
    """
    file = icalendar.Calendar()
    file.add("prodid", PRODUCT)
    file.add("version", "2.0")
    file.add("method", event.method)
    file.add_component(_entry(event, created=created, organizer=organizer))
    file.add_missing_timezones(date(event.first.year - 1, 1, 1), date(event.last.year + 2, 1, 1))
    text: bytes = file.to_ical()
    return text


def _entry(event: Event, *, created: datetime, organizer: str) -> icalendar.Event:
    zone = ZoneInfo(event.zone)
    entry = icalendar.Event()
    entry.add("uid", event.uid)
    entry.add("dtstamp", created.astimezone(UTC))
    entry.add("sequence", event.revision)
    entry.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    entry.add("dtstart", datetime.combine(event.first, event.opens_at, zone))
    entry.add("dtend", datetime.combine(event.first, event.closes_at, zone))
    if days := (event.last - event.first).days:
        entry.add("rrule", {"freq": "daily", "count": days + 1})
    entry.add("summary", _printable(event.title))
    entry.add("location", _printable(event.place))
    if event.address:
        entry.add("url", event.address)
    if organizer:
        entry.add("organizer", f"mailto:{organizer}")
    return entry


def _printable(text: str) -> str:
    """Return a text on one line without control characters, for which RFC 5545 (3.1) has no way of writing."""
    return " ".join("".join(" " if unicodedata.category(sign) in _UNWRITABLE else sign for sign in text).split())
