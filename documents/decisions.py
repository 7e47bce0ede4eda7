"""The decision on a call's nominations as a paper, from plain values; every word comes with them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from babel.numbers import format_decimal

from documents.dates import locale_of
from documents.directions import RIGHT_TO_LEFT, for_paper
from documents.pdf import ACCESSIBLE, Standard, template
from documents.press import print_pdf

_SPREADS = b"/Direction/R2L"  # see documents.letters: pdfium takes it as the direction of every line


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of the paper; a column whose place is in ``numbers`` holds numbers or nothing."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | Decimal | None, ...], ...]
    numbers: frozenset[int] = frozenset()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One share: ``count`` of ``of`` among the selected (``share`` says it in percent), and how many among the reserves."""

    label: str
    count: int
    of: int
    share: str
    reserves: int


@dataclass(frozen=True, slots=True)
class Balance:
    """The shares of one thing; ``note`` tells of whom it is not known and what the shares are parts of."""

    heading: str
    bars: tuple[Bar, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """One person on the paper; ``money`` tells ``cost``, ``mark`` that an organizer overrode the proposal."""

    place: int
    name: str
    party: str
    track: str
    sector: str
    points: int | None
    cost: Decimal | None
    money: str
    payer: str
    reasons: tuple[str, ...]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class People:
    """A list of people under a heading; ``note`` stands above it, and alone when it is empty."""

    heading: str
    people: tuple[Listed, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the paper's own: headings of its columns and parts."""

    balance: str
    selected: str
    share: str
    reserves: str
    place: str
    name: str
    reason: str
    party: str
    track: str
    sector: str
    track_and_sector: str
    points: str
    cost: str
    payer: str
    cost_and_payer: str
    made: str
    criteria: str
    about: str
    what: str
    value: str
    of: str
    changed: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The whole paper in one ``language``.

    ``mark`` says that it is a proposal yet, ``practice`` that it is a rehearsal's, ``unshown`` that some signs have no picture
    (empty where that is not so). ``particulars`` and ``rules`` are terms with what they are; ``criteria`` are paragraphs.
    """

    language: str
    organization: str
    address: str
    symbol: str
    number: str
    heading: str
    workshop: str
    occasion: str
    mark: str
    practice: str
    unshown: str
    particulars: tuple[tuple[str, str], ...]
    summary: tuple[str, ...]
    balances: tuple[Balance, ...]
    money: Grid
    lists: tuple[People, ...]
    rules: tuple[tuple[str, str], ...]
    criteria: tuple[str, ...]
    grids: tuple[Grid, ...]
    sectors: Grid
    words: Words


def print_decision(
    decision: Decision,
    *,
    font_dirs: Sequence[Path],
    created: datetime,
    standards: Sequence[Standard] = ACCESSIBLE,
) -> bytes:
    """Return the paper as tagged PDF (A4, PDF/UA-1 and PDF/A-2a), equal for equal arguments.

    Raises ``documents.pdf.MissingFonts``, ``documents.press.PressFailed``, and ``documents.pdf.Undisplayable`` for a sign that
    stands in none of the fonts, unless ``standards`` are none.
    """
    pdf = print_pdf(_source(), values(decision), font_dirs=font_dirs, created=created, standards=standards)
    return pdf.replace(_SPREADS, b" " * len(_SPREADS))


def values(decision: Decision) -> dict[str, Any]:
    """Return what the template reads: every text ready for paper, every exact number as the language writes it."""
    ready: dict[str, Any] = _ready(asdict(decision), decision.language)
    title = f"{decision.heading}: {decision.workshop}"
    return ready | {"language": decision.language, "rtl": decision.language in RIGHT_TO_LEFT, "title": title}


def _ready(value: Any, language: str) -> Any:
    if isinstance(value, str):
        return for_paper(value, language)
    if isinstance(value, Decimal):
        return format_decimal(value, locale=locale_of(language))
    if isinstance(value, dict):
        return {key: _ready(each, language) for key, each in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    return [_ready(each, language) for each in value] if isinstance(value, list | tuple) else value


@cache
def _source() -> str:
    return template("decision")
