"""When each step of a rehearsal happens, counted from the workshop's days; no clock is read."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from workshops.models import Workshop


def at_nine(day: date) -> datetime:
    """Return 09:00 UTC of a day."""
    return datetime.combine(day, time(9), tzinfo=UTC)


def each_day(first: date, last: date) -> tuple[date, ...]:
    """Return the days of a span, both ends included."""
    return tuple(first + timedelta(days=each) for each in range((last - first).days + 1))


DAYS_BEFORE = {
    "preparation": 165,
    "directory": 160,
    "campaign": 150,
    "campaign_due": 125,
    "opening": 120,
    "nominations": 110,
    "reminder": 90,
    "extension": 84,
    "deadline": 82,
    "extended": 80,
    "more_time": 78,
    "selection": 77,
    "invitations": 75,
    "answers": 70,
    "promotions": 60,
    "respond_by": 55,
    "registrations": 40,
    "journey": 30,
}
DAYS_AFTER = {"request": 7, "submissions": 30, "review": 45, "due": 60, "compilation": 75}


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of one rehearsal, all UTC."""

    preparation: datetime
    directory: datetime
    campaign: datetime
    campaign_due: datetime
    opening: datetime
    nominations: datetime
    reminder: datetime
    extension: datetime
    deadline: datetime
    extended: datetime
    more_time: datetime
    selection: datetime
    invitations: datetime
    answers: datetime
    respond_by: datetime
    promotions: datetime
    registrations: datetime
    journey: datetime
    days: tuple[date, ...]
    request: datetime
    submissions: datetime
    review: datetime
    due: datetime
    compilation: datetime

    @classmethod
    def of(cls, workshop: Workshop) -> "Calendar":
        """Return the calendar of a workshop: the call goes out four months before, the report follows in three."""
        first, last = workshop.starts_on, workshop.ends_on
        moments = {name: at_nine(first - timedelta(days=days)) for name, days in DAYS_BEFORE.items()}
        moments |= {name: at_nine(last + timedelta(days=days)) for name, days in DAYS_AFTER.items()}
        return cls(days=each_day(first, last), **moments)
