"""Tables that people send: the rows of a CSV file or a workbook as plain values, one after the other, in flat memory."""

import codecs
import csv
import re
import warnings
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, TextIOWrapper
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook

Cell = str | date
Row = tuple[int, tuple[Cell, ...]]

UNPACKED_LIMIT = 100 * 1024 * 1024  # bytes; 50,000 rows of thirteen cells unpack to less than half of it
PARTS_LIMIT = 500
COLUMNS_LIMIT = 100
LINES_LIMIT = 1_048_576  # Excel's own; a row that claims to stand below is not looked for

_ZIP_HEAD = b"PK\x03\x04"
_OLE_HEAD = bytes.fromhex("d0cf11e0a1b11ae1")  # workbooks before 2007, and those with a password
_UTF_16_HEADS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CHUNK = 64 * 1024
_ENCRYPTED = 0x1  # general purpose bit 0 of a zip entry (APPNOTE 4.4.4)
_QUOTED = re.compile(r'"[^"]*"')
# A cell that a spreadsheet would take for a formula is written behind an apostrophe, and one that begins with apostrophes
# before such a sign behind one more: so reading takes exactly one away.
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_GUARDED = re.compile(r"'+[=+\-@\t\r＝＋－＠]")
# What openpyxl and zipfile raise for files that are damaged or made to be.
_DAMAGES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    BadZipFile,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zlib.error,
)


class UnreadableTable(Exception):  # noqa: N818  # it is the file that is at fault
    """A file is no table. ``line`` is where, if one can say.

    ``code`` is ``empty``, ``old_workbook``, ``no_text`` (neither a workbook nor text in UTF-8 or UTF-16), ``broken_text`` (a
    quote that is not closed), ``broken_workbook`` or ``too_large`` (unpacked).
    """

    def __init__(self, code: str, line: int = 0) -> None:
        self.code = code
        self.line = line
        super().__init__(code, line)


@dataclass(frozen=True, slots=True)
class Table:
    """The first row's cells as text, and the others with their line in the file; blank rows are left out.

    ``rows`` is read once. ``expected`` is how many rows the file says it has (0 when it says nothing), ``others`` how many
    further sheets there are.
    """

    header: tuple[str, ...]
    rows: Iterator[Row]
    expected: int = 0
    others: int = 0


def check_table(data: bytes) -> str:
    """Return "csv" or "xlsx" by the bytes, without reading the rows. Raises ``UnreadableTable``."""
    if data.startswith(_OLE_HEAD):
        raise UnreadableTable("old_workbook")
    if data.startswith(_ZIP_HEAD):
        _check_archive(data)
        return "xlsx"
    _check_text(data, _encoding(data))
    return "csv"


def open_table(data: bytes) -> Table:
    """Return the table in a file's bytes. Raises ``UnreadableTable``, and so may reading its rows.

    Formulas are what they last came to, numbers and truths are texts as a spreadsheet shows them, days are dates.
    """
    rows, expected, others = _sheet(data) if check_table(data) == "xlsx" else _text(data)
    filled = ((line, cells) for line, cells in map(_trimmed, rows) if cells)
    first = next(filled, None)
    if first is None:
        raise UnreadableTable("empty")
    header = tuple(str(cell).strip() for cell in first[1])
    return Table(header, filled, expected=max(0, expected - first[0]), others=others)


def csv_lines(rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """Return the bytes of a CSV file line by line: UTF-8 with a mark that spreadsheets look for, no cell a formula."""
    writer = csv.writer(_Echo())
    yield codecs.BOM_UTF8
    for row in rows:
        line: str = writer.writerow([guarded(cell) for cell in row])
        yield line.encode()


def guarded(text: str) -> str:
    """Return a cell as a spreadsheet may open it; ``open_table`` reads it back as it was."""
    return f"'{text}" if _FORMULA.match(text) else text


class _Echo:
    """Gives back what is written, so that the writer's lines need no buffer."""

    def write(self, line: str) -> str:
        return line


def _encoding(data: bytes) -> str:
    return "utf-16" if data.startswith(_UTF_16_HEADS) else "utf-8-sig"


def _check_text(data: bytes, encoding: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(data), _CHUNK):
            if "\0" in decoder.decode(data[start : start + _CHUNK]):
                raise UnreadableTable("no_text")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise UnreadableTable("no_text") from error


def _text(data: bytes) -> tuple[Iterator[Row], int, int]:
    """Return the rows of text whose cells are parted by whichever of comma, semicolon and tab its first line has most."""
    lines = TextIOWrapper(BytesIO(data), encoding=_encoding(data), newline="")
    heading = _QUOTED.sub("", next((line for line in lines if line.strip()), ""))
    delimiter = max(",;\t", key=heading.count)
    lines.seek(0)
    return _text_rows(lines, delimiter), max(data.count(b"\n"), data.count(b"\r")), 0


def _text_rows(lines: TextIOWrapper, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise UnreadableTable("broken_text", line) from error
        if cells is None:
            return
        yield line, tuple(cell[1:] if _GUARDED.match(cell) else cell for cell in cells)


def _check_archive(data: bytes) -> None:
    """Refuse an archive that is no workbook or unpacks to more than a list can need; nothing is unpacked here.

    The sizes it names are the most that reading it will unpack.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except _DAMAGES as error:
        raise UnreadableTable("broken_workbook") from error
    if len(parts) > PARTS_LIMIT or sum(part.file_size for part in parts) > UNPACKED_LIMIT:
        raise UnreadableTable("too_large")
    if "[Content_Types].xml" not in {part.filename for part in parts}:
        raise UnreadableTable("no_text")
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise UnreadableTable("old_workbook")


def _sheet(data: bytes) -> tuple[Iterator[Row], int, int]:
    """Return the rows of the first sheet that is not hidden."""
    try:
        with warnings.catch_warnings():  # of styles and validations that it does not know
            warnings.simplefilter("ignore")
            book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = book.worksheets
        chosen = next((sheet for sheet in sheets if sheet.sheet_state == "visible"), sheets[0])
        expected = chosen.max_row or 0
    except _DAMAGES as error:
        raise UnreadableTable("broken_workbook") from error
    return _sheet_rows(book, sheets.index(chosen)), expected, len(sheets) - 1


def _sheet_rows(book: Workbook, index: int) -> Iterator[Row]:
    line = 0
    try:
        sheet = book.worksheets[index]
        sheet.reset_dimensions()  # what a file says of its size may be wrong
        rows = sheet.iter_rows(max_row=LINES_LIMIT, max_col=COLUMNS_LIMIT, values_only=True)
        for line, cells in enumerate(rows, start=1):
            yield line, tuple(map(_plain, cells))
    except _DAMAGES as error:
        raise UnreadableTable("broken_workbook", line) from error
    finally:
        book.close()


def _trimmed(row: Row) -> Row:
    """Return a row without the empty cells at its end; a blank one has none."""
    line, cells = row
    width = len(cells)
    while width and not str(cells[width - 1]).strip():
        width -= 1
    return line, cells[:width]


def _plain(value: object) -> Cell:
    """Return a cell's value as a text, or as a day where a spreadsheet shows one."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, bool):
        return str(value).upper()
    return value if isinstance(value, str | date) else str(value)
