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

        def before(days: int) -> datetime:
            return at_nine(workshop.starts_on - timedelta(days=days))

        def after(days: int) -> datetime:
            return at_nine(workshop.ends_on + timedelta(days=days))

        return cls(
            preparation=before(165),
            directory=before(160),
            campaign=before(150),
            campaign_due=before(125),
            opening=before(120),
            nominations=before(110),
            reminder=before(90),
            extension=before(84),
            deadline=before(82),
            extended=before(80),
            more_time=before(78),
            selection=before(77),
            invitations=before(75),
            answers=before(70),
            respond_by=before(55),
            promotions=before(60),
            registrations=before(40),
            journey=before(30),
            days=each_day(workshop.starts_on, workshop.ends_on),
            request=after(7),
            submissions=after(30),
            review=after(45),
            due=after(60),
            compilation=after(75),
        )
