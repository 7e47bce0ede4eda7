"""Workbooks from plain values: every text stays a text, every number is exact or stays a text too."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Cell = str | int | Decimal | date | None
CELL_LIMIT = 32_767  # characters in one cell, Excel's own limit


class Kind(StrEnum):
    """How the cells of a column are shown."""

    TEXT = "text"
    WRAPPED = "wrapped"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its heading, the way its cells are shown, and its width in characters."""

    title: str
    kind: Kind = Kind.TEXT
    width: int = 14


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; ``rows`` is read once, from first to last, and may be a generator."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


_FORMATS: dict[Kind, dict[str, object]] = {
    Kind.TEXT: {"valign": "top"},
    Kind.WRAPPED: {"valign": "top", "text_wrap": True},
    Kind.INTEGER: {"valign": "top", "num_format": "#,##0"},
    Kind.NUMBER: {"valign": "top", "num_format": "#,##0.####"},
    Kind.DATE: {"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"},
}
_HEADING = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E3EDF0"}


def workbook(sheets: Iterable[Sheet], *, title: str, created: datetime, rtl: bool = False) -> bytes:
    """Return the bytes of an .xlsx file, equal for equal arguments; with ``rtl`` its columns run from the right.

    Rows go to disk as they come, so memory does not grow with them. A text that begins with "=" is written as text and
    never as a formula. Raises ``ValueError`` for a text longer than a cell can hold.
    """
    buffer = BytesIO()
    with Workbook(buffer, {"constant_memory": True}) as book:
        book.set_properties({"title": title, "created": created.replace(tzinfo=None)})
        formats = {kind: book.add_format(options) for kind, options in _FORMATS.items()}
        heading = book.add_format(_HEADING)
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            if rtl:
                page.right_to_left()
            _write_sheet(page, sheet, formats, heading)
    return buffer.getvalue()


def _write_sheet(page: Worksheet, sheet: Sheet, formats: dict[Kind, Format], heading: Format) -> None:
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width)
        page.write_string(0, at, column.title, heading)
    last = 0
    for last, row in enumerate(sheet.rows, start=1):
        for at, (column, cell) in enumerate(zip(sheet.columns, row, strict=True)):
            _write_cell(page, last, at, cell, formats[column.kind])
    page.autofilter(0, 0, last, len(sheet.columns) - 1)


def _write_cell(page: Worksheet, row: int, column: int, cell: Cell, shown: Format) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        if len(cell) > CELL_LIMIT:
            raise ValueError(f"a text of {len(cell)} characters does not fit into a cell")
        page.write_string(row, column, cell, shown)
    elif isinstance(cell, date):
        page.write_datetime(row, column, cell, shown)
    elif Decimal(repr(float(cell))) == cell:
        page.write_number(row, column, float(cell), shown)
    else:  # more digits than a spreadsheet's number holds
        page.write_string(row, column, f"{cell:f}", shown)
