"""The preview of a list of 10,000 focal points, against the bare reading of the same file, and how its memory grows."""

import csv
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from io import BytesIO, TextIOWrapper

from openpyxl import load_workbook

from accounts.actors import CLOCK
from benchmarks import scene
from benchmarks.figures import Figure, fastest
from documents.tables import csv_lines
from documents.xlsx import Column, Sheet, workbook
from participants.models import DirectoryImport
from participants.models.focal_points import FocalPointKind
from participants.queries.exports import COLUMNS
from participants.verbs.import_rows import read_import
from participants.verbs.imports import begin_import
from workshops.models import Party

ROUNDS = 2
ROWS, FEW = 10_000, 1_000
MEGABYTE = 1024 * 1024


def measure() -> Iterator[Figure]:
    """Measure ``import.preview`` (CSV) and ``import.workbook`` in seconds, and ``import.memory`` in MB."""
    text = b"".join(csv_lines(listed(ROWS)))
    ours, bare = fastest(ROUNDS, partial(preview, text), partial(_bare_text, text))
    yield _figure("import.preview", ours, bare, "CSV", "csv.reader")
    rows = listed(ROWS)
    book = workbook([Sheet("List", [Column(name) for name in next(rows)], rows)], title="List", created=scene.AT)
    ours, bare = fastest(ROUNDS, partial(preview, book), partial(_bare_book, book))
    yield _figure("import.workbook", ours, bare, "XLSX", "openpyxl")
    few, many = (_peak(count) for count in (FEW, ROWS))
    yield Figure(
        name="import.memory",
        value=many,
        unit="MB",
        limit=few,
        rows=ROWS,
        note=f"most memory a worker takes to preview {ROWS} rows of CSV; limit: {FEW} rows, in a process of its own",
    )


def listed(count: int) -> Iterator[list[str]]:
    """Yield heading and rows of a synthetic list: every Party and kind, a tenth of the rows wrong."""
    codes = list(Party.objects.order_by("code").values_list("code", flat=True))
    kinds = FocalPointKind.values
    yield list(COLUMNS)
    for number in range(count):
        party, kind = codes[number % len(codes)], kinds[number % len(kinds)]
        address = f"person{number}@{party.lower()}.example" if number % 10 else "no address"
        about = ["en", f"+{number}", "Head of division", f"Ministry {number % 500}", "2014-01-01", "", f"Note {number}"]
        yield [party, kind, f"Synthetic Person {number}", address, *about, "", ""]


def preview(data: bytes) -> None:
    """Read a list to the end as the worker does, and leave the rows."""
    batch = begin_import(data, "list", by=CLOCK, at=scene.AT)
    if read_import(batch.pk, at=scene.AT) is None:
        raise RuntimeError("the import was not read")
    found = DirectoryImport.objects.get(pk=batch.pk)
    if (found.state, found.rows.filter(verdict="refused").count()) != ("ready", found.rows_read // 10):
        raise RuntimeError(f"the import is {found.state} ({found.problem})")


def _figure(name: str, ours: float, bare: float, form: str, reader: str) -> Figure:
    return Figure(
        name=name,
        value=ours,
        unit="s",
        limit=bare,
        rows=ROWS,
        note=f"{form} read, judged and kept row by row; limit: {reader} over the same bytes, nothing judged or kept",
    )


def _bare_text(data: bytes) -> None:
    for _row in csv.reader(TextIOWrapper(BytesIO(data), encoding="utf-8-sig", newline="")):
        pass


def _bare_book(data: bytes) -> None:
    for _row in load_workbook(BytesIO(data), read_only=True, data_only=True).worksheets[0].iter_rows(values_only=True):
        pass


def _peak(count: int) -> float:
    """Return the most memory, in MB, that a process takes to preview so many rows."""
    command = [sys.executable, "-m", "benchmarks.previewer", str(count)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  # our own module
    return int(done.stdout) * 1024 / MEGABYTE
