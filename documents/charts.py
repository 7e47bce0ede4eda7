"""The geometry of a chart of bars, for a template to draw: some bars under each label, from the side where reading begins."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 640
_LINE, _BAR, _GAP, _NUMBER = 20, 12, 3, 64  # heights of a label and a bar, what is between them, room for a number
_BETWEEN = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of ``count``; its number stands at ``number_x`` beside it, on the line ``baseline``."""

    kind: str
    count: int
    x: float
    y: float
    width: float
    height: float
    number_x: float
    baseline: float


@dataclass(frozen=True, slots=True)
class Band:
    """The bars of one label, which begins at ``x`` on the line ``baseline``."""

    label: str
    x: float
    baseline: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of ``width`` by ``height`` units."""

    width: int
    height: int
    bands: tuple[Band, ...]


def bars(rows: Sequence[tuple[str, Sequence[int]]], kinds: Sequence[str], *, rtl: bool) -> Chart:
    """Return a chart with a label a row and under it one bar a kind; the longest takes the width but for its number.

    Each row holds one count a kind, none below nothing. ``rtl`` draws from the right. Texts begin where they stand when their
    anchor is "start" and their direction that of the page.
    """
    most = max((count for _label, counts in rows for count in counts), default=0)
    scale = (WIDTH - _NUMBER) / most if most else 0
    bands, y = [], 0.0
    for label, counts in rows:
        drawn, top = [], y + _LINE
        for kind, count in zip(kinds, counts, strict=True):
            drawn.append(_bar(kind, count, count * scale, top, rtl=rtl))
            top += _BAR + _GAP
        bands.append(Band(label, WIDTH if rtl else 0, y + _LINE - 5, tuple(drawn)))
        y = top + _BETWEEN
    return Chart(WIDTH, int(y), tuple(bands))


def _bar(kind: str, count: int, width: float, y: float, *, rtl: bool) -> Bar:
    width = round(width, 2)
    number = WIDTH - width - 6 if rtl else width + 6
    return Bar(kind, count, WIDTH - width if rtl else 0, y, width, _BAR, number, y + _BAR - 2)
