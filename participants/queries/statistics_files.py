"""A table of statistics as the rows of a file, under headings in the active language."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from documents.tables import csv_lines
from documents.xlsx import Cell, Column, Kind, Sheet, workbook
from participants.queries.statistics import Table


def headings(table: Table) -> list[str]:
    """Return what the columns are: value and words, and for each stage the people, of how many, and the percent."""
    found = [_("Value"), table.label]
    for stage in table.stages:
        found += [str(stage.label), _("%(stage)s, of") % {"stage": stage.label}]
        found.append(_("%(stage)s, percent") % {"stage": stage.label})
    return found


def lines(table: Table) -> Iterator[list[Cell]]:
    """Yield each value, then those without one, then everybody."""
    for row in (*table.rows, table.unstated):
        line: list[Cell] = [row.value, row.label]
        for cell in row.cells:
            line += [cell.count, cell.of, cell.percent]
        yield line
    everybody: list[Cell] = ["", _("People")]
    for people in table.people:
        everybody += [people, people, None]
    yield everybody


def as_csv(table: Table) -> Iterable[bytes]:
    """Return the table as lines of CSV."""
    return csv_lines([headings(table), *([_text(cell) for cell in line] for line in lines(table))])


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def as_workbook(table: Table, *, title: str, rtl: bool, created: datetime) -> bytes:
    """Return the table as a workbook of one sheet."""
    columns = [Column(name, *_shown(place)) for place, name in enumerate(headings(table))]
    rows: Sequence[Sequence[Cell]] = list(lines(table))
    return workbook([Sheet(_("Statistics")[:31], columns, rows)], title=title, created=created, rtl=rtl)


def _shown(place: int) -> tuple[Kind, int]:
    return ((Kind.TEXT, 16), (Kind.WRAPPED, 36))[place] if place <= 1 else (Kind.INTEGER, 12)
