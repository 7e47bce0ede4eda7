"""A decision as a workbook: one sheet a part of the paper."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from documents.decisions import Decision, Grid, Listed, Words
from documents.directions import RIGHT_TO_LEFT
from documents.xlsx import Cell, Column, Kind, Sheet, workbook

_LONGEST_NAME, _NOT_IN_NAMES = 31, str.maketrans(dict.fromkeys("[]:*?/\\", " "))  # of sheets: Excel's own limits
_WIDE, _NARROW = 40, 12


def decision_workbook(decision: Decision, *, created: datetime) -> bytes:
    """Return the paper as an .xlsx file, equal for equal arguments; its sheets run from the right where the language does."""
    words = decision.words
    terms = (Column(words.what, width=28), Column(words.value, Kind.WRAPPED, 90))
    sheets = [
        Sheet(words.about, terms, _about(decision)),
        Sheet(words.balance, _balance_columns(words), _balance(decision)),
        _of_grid(decision.money),
        *(Sheet(each.heading, _people_columns(words), map(_person, each.people)) for each in decision.lists),
        Sheet(words.made, terms, _made(decision)),
        *map(_of_grid, (*decision.grids, decision.sectors)),
    ]
    title = f"{decision.heading}: {decision.workshop}"
    return workbook(_named(sheets), title=title, created=created, rtl=decision.language in RIGHT_TO_LEFT)


def _named(sheets: Iterable[Sheet]) -> Iterator[Sheet]:
    """Give each sheet a name that a spreadsheet takes: short enough, without signs of its own, and once."""
    taken: set[str] = set()
    for number, sheet in enumerate(sheets, start=1):
        name = sheet.name.translate(_NOT_IN_NAMES)[:_LONGEST_NAME].strip(" '")
        if name.lower() in taken:
            name = f"{number} {name}"[:_LONGEST_NAME]
        taken.add(name.lower())
        yield replace(sheet, name=name)


def _about(decision: Decision) -> Iterator[Sequence[Cell]]:
    yield (decision.heading, decision.workshop)
    yield (decision.number, decision.occasion)
    yield from ((decision.heading, mark) for mark in (decision.mark, decision.practice) if mark)
    yield from decision.particulars
    yield from ((decision.words.selected, line) for line in decision.summary)


def _balance_columns(words: Words) -> tuple[Column, ...]:
    return (
        Column(words.what, Kind.WRAPPED, 28),
        Column(words.value, Kind.WRAPPED, _WIDE),
        Column(words.selected, Kind.INTEGER, _NARROW),
        Column(words.of, Kind.INTEGER, _NARROW),
        Column(words.share, width=_NARROW),
        Column(words.reserves, Kind.INTEGER, _NARROW),
    )


def _balance(decision: Decision) -> Iterator[Sequence[Cell]]:
    for balance in decision.balances:
        for bar in balance.bars:
            yield (balance.heading, bar.label, bar.count, bar.of, bar.share, bar.reserves)
        if balance.note:
            yield (balance.heading, balance.note, None, None, None, None)


def _people_columns(words: Words) -> tuple[Column, ...]:
    return (
        Column(words.place, Kind.INTEGER, 6),
        Column(words.name, Kind.WRAPPED, 28),
        Column(words.party, Kind.WRAPPED, 22),
        Column(words.track, Kind.WRAPPED, 26),
        Column(words.sector, width=14),
        Column(words.points, Kind.INTEGER, 8),
        Column(words.cost, Kind.NUMBER, 12),
        Column(words.payer, Kind.WRAPPED, 22),
        Column(words.reason, Kind.WRAPPED, 70),
        Column(words.changed, Kind.WRAPPED, 40),
    )


def _person(each: Listed) -> Sequence[Cell]:
    reasons = "\n".join(each.reasons)
    who = (each.place, each.name, each.party, each.track, each.sector)
    return (*who, each.points, each.cost, each.payer, reasons, each.mark)


def _made(decision: Decision) -> Iterator[Sequence[Cell]]:
    yield from decision.rules
    yield from ((decision.words.criteria, paragraph) for paragraph in decision.criteria)


def _of_grid(grid: Grid) -> Sheet:
    columns = tuple(
        Column(title, Kind.NUMBER if place in grid.numbers else Kind.WRAPPED, _NARROW if place in grid.numbers else 30)
        for place, title in enumerate(grid.columns)
    )
    return Sheet(grid.heading, columns, grid.rows)
