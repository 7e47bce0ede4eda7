"""Workshops on a line of months, as numbers for a drawing (SVG user units)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from documents import dates
from workshops.models import Workshop
from workshops.models.workshops import WorkshopStage

WIDTH = 1088
LANE = 24
MARK_LEAST = 10
LETTER = 7.2
GAP = 6
MONTH_LABEL = 72
PAST = {WorkshopStage.HELD, WorkshopStage.REPORTED, WorkshopStage.CANCELLED}


@dataclass(frozen=True, slots=True)
class Month:
    """A line at the month's first day, with its name."""

    x: int
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A workshop: a bar as long as it lasts, and its city beside it; ``ends`` puts the city before the bar."""

    slug: str
    title: str
    label: str
    past: bool
    x: int
    y: int
    width: int
    label_x: int
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


@dataclass(frozen=True, slots=True)
class Scale:
    """Days as places on the line, from the first day of the first month."""

    first: date
    after: date
    mirrored: bool

    @classmethod
    def of(cls, workshops: Sequence[Workshop], *, mirrored: bool) -> "Scale":
        """Return the scale of whole months in which all the workshops lie."""
        first = min(each.starts_on for each in workshops).replace(day=1)
        return cls(first, _next_month(max(each.ends_on for each in workshops)), mirrored)

    def at(self, day: date) -> float:
        """Return how far along the line a day is."""
        return (day - self.first).days * WIDTH / (self.after - self.first).days

    def seen(self, place: float, width: float = 0) -> int:
        """Return where something that wide is drawn, in the direction of reading."""
        return round(WIDTH - place - width if self.mirrored else place)


def calendar_of(workshops: Sequence[Workshop], language: str) -> Calendar | None:
    """Return the drawing of some workshops in order of time, or nothing when there are none; those put off have no place."""
    workshops = [each for each in workshops if not each.put_off]
    if not workshops:
        return None
    scale = Scale.of(workshops, mirrored=language == "ar")
    marks: list[Mark] = []
    lanes: list[float] = []
    for each in workshops:
        begins = scale.at(each.starts_on)
        stops = max(begins + MARK_LEAST, scale.at(each.ends_on + timedelta(days=1)))
        room = len(each.city) * LETTER + 2 * GAP
        before = stops + room > WIDTH
        taken = (begins - room, stops) if before else (begins, stops + room)
        lane = next((number for number, free in enumerate(lanes) if free <= taken[0]), len(lanes))
        lanes[lane : lane + 1] = [taken[1]]
        marks.append(_mark(each, begins, stops, scale, language, lane=lane, before=before))
    return Calendar(_months(scale, language), tuple(marks), axis=8 + len(lanes) * LANE, mirrored=scale.mirrored)


def _mark(
    workshop: Workshop, begins: float, stops: float, scale: Scale, language: str, *, lane: int, before: bool
) -> Mark:
    days = dates.days(workshop.starts_on, workshop.ends_on, language)
    return Mark(
        slug=workshop.slug,
        title=f"{workshop.city}, {days}",
        label=workshop.city,
        past=workshop.stage in PAST,
        x=scale.seen(begins, stops - begins),
        y=4 + lane * LANE,
        width=round(stops - begins),
        label_x=scale.seen(begins - GAP if before else stops + GAP),
        ends=before,
    )


def _months(scale: Scale, language: str) -> tuple[Month, ...]:
    """Return the months' lines; where they stand too close, only some are named."""
    starts = [scale.first]
    while (following := _next_month(starts[-1])) < scale.after:
        starts.append(following)
    step = max(1, round(MONTH_LABEL * len(starts) / WIDTH))
    return tuple(
        Month(scale.seen(scale.at(start)), dates.month(start, language) if number % step == 0 else "")
        for number, start in enumerate(starts)
    )


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
