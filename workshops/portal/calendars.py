"""Workshops on a line of months, as numbers for a drawing (SVG user units)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from babel import Locale
from babel.dates import format_date, format_interval

from workshops.models import Workshop
from workshops.models.workshops import WorkshopStage

WIDTH = 1088
LANE = 24
MARK_LEAST = 10
LETTER = 7.2
MONTH_LABEL = 72
PAST = {WorkshopStage.HELD, WorkshopStage.REPORTED, WorkshopStage.CANCELLED}


@dataclass(frozen=True, slots=True)
class Month:
    """A line at the month's first day, with its name."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A workshop: a bar as long as it lasts, and its city beside it; ``ends`` puts the city before the bar."""

    slug: str
    title: str
    label: str
    past: bool
    x: float
    y: int
    width: float
    label_x: float
    ends: bool

    @property
    def label_y(self) -> int:
        """The base line of the city's name."""
        return self.y + 11


@dataclass(frozen=True, slots=True)
class Calendar:
    """The whole drawing; ``mirrored`` for languages written from the right."""

    months: tuple[Month, ...]
    marks: tuple[Mark, ...]
    axis: int
    mirrored: bool
    width: int = WIDTH

    @property
    def height(self) -> int:
        """The axis and a line of month names below it."""
        return self.axis + LANE


def calendar_of(workshops: Sequence[Workshop], language: str) -> Calendar | None:
    """Return the drawing of some workshops in order of time, or nothing when there are none."""
    if not workshops:
        return None
    locale, mirrored = Locale.parse(language), language == "ar"
    first = min(each.starts_on for each in workshops).replace(day=1)
    after = _next_month(max(each.ends_on for each in workshops))
    scale = WIDTH / (after - first).days
    marks: list[Mark] = []
    free_from: list[float] = []
    for each in workshops:
        x = (each.starts_on - first).days * scale
        width = max(MARK_LEAST, ((each.ends_on - each.starts_on).days + 1) * scale)
        room = len(each.city) * LETTER + 8
        ends = x + width + room > WIDTH
        begin, end = (x - room, x + width) if ends else (x, x + width + room)
        lane = next((number for number, free in enumerate(free_from) if free <= begin), len(free_from))
        free_from[lane : lane + 1] = [end]
        label_x = x - 6 if ends else x + width + 6
        days = format_interval(each.starts_on, each.ends_on, skeleton="yMMMd", locale=locale)
        marks.append(
            Mark(
                slug=each.slug,
                title=f"{each.city}, {days}",
                label=each.city,
                past=each.stage in PAST,
                x=round(WIDTH - x - width if mirrored else x, 1),
                y=4 + lane * LANE,
                width=round(width, 1),
                label_x=round(WIDTH - label_x if mirrored else label_x, 1),
                ends=ends,
            )
        )
    months = _months(first, after, scale, locale, mirrored=mirrored)
    return Calendar(months, tuple(marks), axis=8 + len(free_from) * LANE, mirrored=mirrored)


def _months(first: date, after: date, scale: float, locale: Locale, *, mirrored: bool) -> tuple[Month, ...]:
    """Return the months' lines; where they stand too close, only some are named."""
    starts = [first]
    while (following := _next_month(starts[-1])) < after:
        starts.append(following)
    step = max(1, round(MONTH_LABEL / (31 * scale)))
    places = ((WIDTH - x if mirrored else x) for x in ((start - first).days * scale for start in starts))
    return tuple(
        Month(round(x, 1), format_date(start, "MMM y", locale=locale) if number % step == 0 else "")
        for number, (start, x) in enumerate(zip(starts, places, strict=True))
    )


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
