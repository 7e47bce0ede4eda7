"""Reading a file of focal points in the worker: row by row into what each would do, resumed where a lost worker stopped."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from time import monotonic
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.actors import CLOCK
from accounts.errors import Invalid, Refused
from accounts.states import move
from accounts.verbs.activities import record
from correspondence.queries.files import read_bytes
from documents.tables import Cell, Row, UnreadableTable, open_table
from participants.models import DirectoryImport, DirectoryRow
from participants.models.imports import IMPORT_STEPS, ImportState, RowVerdict
from participants.queries.imports import figures
from participants.queries.party_names import PartyNames
from participants.verbs.import_cells import Fault, Said, columns_of, read_cells
from participants.verbs.import_verdicts import Judgement, Known, is_called, judge
from participants.verbs.imports import claim, fail, held, why_unreadable

ROWS = 500  # judged and kept at a time
ROWS_LIMIT = 50_000


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    said: Said
    faults: Sequence[Fault]


def read_import(batch_id: UUID | str, *, at: datetime) -> DirectoryImport | None:
    """Read the file of an import and say of each row what it would do; ``None`` when there is nothing to claim.

    Rows are kept a chunk at a time, each with how far the file is read, in one transaction: a worker that is lost costs one
    chunk, and the next goes on after it. Must stand outside any transaction.
    """
    batch = claim(batch_id, ImportState.READING, at)
    if batch is None:
        return None
    now = clock(at)
    with override(batch.made_by.language if batch.made_by else "en"):
        try:
            return _finish(batch, now) if _read(batch, now) and _settle_deputies(batch, now) else None
        except UnreadableTable as problem:
            return _fail(batch, why_unreadable(problem), now)
        except Refused as refusal:
            return _fail(batch, str(refusal), now)


def clock(at: datetime) -> Callable[[], datetime]:
    """Return a clock that shows ``at`` now and goes on from there."""
    began = monotonic()
    return lambda: at + timedelta(seconds=monotonic() - began)


def _read(batch: DirectoryImport, now: Callable[[], datetime]) -> bool:
    """Keep what each row would do; whether the claim stood to the end."""
    table = open_table(read_bytes(batch.file))
    columns, batch.ignored = columns_of(table.header)
    batch.sheets_left = table.others
    batch.rows_total = min(table.expected, ROWS_LIMIT)
    parties = PartyNames()
    for rows in _chunks(islice(table.rows, batch.rows_read, None)):
        if batch.rows_read + len(rows) > ROWS_LIMIT:
            raise Invalid("too_many_rows", _("A file may have %(most)d rows; send several.") % {"most": ROWS_LIMIT})
        lines = [_line(number, cells, columns, parties) for number, cells in rows]
        if not _keep(batch, lines, now()):
            return False
    if not batch.rows_read:
        raise Invalid("no_rows", _("The file names its columns and has no row below them."))
    return True


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    source = iter(rows)
    while chunk := list(islice(source, ROWS)):
        yield chunk


def _line(number: int, cells: Sequence[Cell], columns: Sequence[str], parties: PartyNames) -> _Line:
    padded = [*cells, *[""] * (len(columns) - len(cells))]
    said, faults = read_cells({name: cell for name, cell in zip(columns, padded, strict=False) if name}, parties)
    if any(cell != "" for cell in padded[len(columns) :]):
        faults = [("", _("The row has more cells than there are columns; put a text with commas in quotation marks."))]
    return _Line(number, said, faults)


def _keep(batch: DirectoryImport, lines: Sequence[_Line], at: datetime) -> bool:
    """Judge some rows and keep them; whether this worker still may."""
    known = Known((line.said for line in lines if not line.faults), batch.rehearsal)
    judged = [judge(line.said, line.faults, known) for line in lines]
    with transaction.atomic():
        mine = held(batch)
        if mine is None:
            return False
        first = dict(batch.rows.filter(key__in={each.key for each in judged if each.key}).values_list("key", "number"))
        DirectoryRow.objects.bulk_create(
            _row(batch, line, judgement, first) for line, judgement in zip(lines, judged, strict=True)
        )
        batch.rows_read += len(lines)
        batch.rows_total = max(batch.rows_total, batch.rows_read)
        beat(batch, at, "rows_read", "rows_total", "ignored", "sheets_left")
    return True


def beat(batch: DirectoryImport, at: datetime, *fields: str) -> None:
    """Give a sign of life together with what was done; the caller holds the row's lock."""
    batch.beat_at, batch.attempts = at, 0
    batch.save(update_fields=["beat_at", "attempts", *fields])


def _row(batch: DirectoryImport, line: _Line, judgement: Judgement, first: dict[str, int]) -> DirectoryRow:
    """Return the row to keep; the second of two that mean one mandate is refused, and names the first."""
    row = DirectoryRow(batch=batch, number=line.number, cells=line.said)
    if judgement.verdict == RowVerdict.REFUSED and not judgement.waits:
        row.verdict, row.faults = RowVerdict.REFUSED, list(judgement.faults)
    elif judgement.key in first:
        sentence = _("Line %(line)d is about the same focal point; leave one of them.")
        row.verdict, row.faults = RowVerdict.REFUSED, [("", sentence % {"line": first[judgement.key]})]
    else:
        first[judgement.key] = line.number
        _fill(row, judgement)
        row.key, row.later = judgement.key, bool(line.said.get("deputy_of"))
    return row


def _fill(row: DirectoryRow, judgement: Judgement) -> None:
    row.verdict, row.changes, row.faults = judgement.verdict, judgement.changes, list(judgement.faults)
    row.mandate = judgement.mandate


def _settle_deputies(batch: DirectoryImport, now: Callable[[], datetime]) -> bool:
    """Judge again the deputies whose principal the directory does not have: another row of the file may add them."""
    waiting = batch.rows.filter(later=True, verdict=RowVerdict.REFUSED).order_by("number")
    last = 0
    while rows := list(waiting.filter(number__gt=last)[:ROWS]):
        last = rows[-1].number
        added = _principals_in_file(batch, rows)
        for row in rows:
            if any(_stands_for(row.cells, each) for each in added):
                row.verdict, row.faults = RowVerdict.ADDED, []
        with transaction.atomic():
            if held(batch) is None:
                return False
            DirectoryRow.objects.bulk_update(rows, ["verdict", "faults"])
            beat(batch, now())
    return True


def _principals_in_file(batch: DirectoryImport, rows: Sequence[DirectoryRow]) -> list[Said]:
    called = [row.cells["deputy_of"] for row in rows]
    by_name = Q(cells__name__in=called) | Q(cells__email__in=called)
    adding = batch.rows.filter(by_name, later=False, verdict=RowVerdict.ADDED)
    return list(adding.values_list("cells", flat=True))


def _stands_for(deputy: Said, principal: Said) -> bool:
    same = all(deputy[column] == principal[column] for column in ("party", "kind"))
    ends = principal.get("valid_to", "")
    stands = not ends or ends > deputy["valid_from"]
    return same and stands and is_called(principal["name"], principal.get("email", ""), deputy["deputy_of"])


def _finish(batch: DirectoryImport, now: Callable[[], datetime]) -> DirectoryImport | None:
    with transaction.atomic():
        mine = held(batch)
        if mine is None:
            return None
        move(mine, ImportState.READY, IMPORT_STEPS)
        mine.rows_total, mine.beat_at = mine.rows_read, None
        mine.save(update_fields=["state", "rows_total", "beat_at"])
        counts = figures(mine)
        record("read_import", mine, by=CLOCK, at=now(), good=counts.good, same=counts.same, refused=counts.refused)
    return mine


def _fail(batch: DirectoryImport, why: str, now: Callable[[], datetime]) -> DirectoryImport | None:
    with transaction.atomic():
        mine = held(batch)
        return fail(mine, why, now()) if mine is not None else None
