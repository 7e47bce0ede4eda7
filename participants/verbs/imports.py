"""Imports of the directory: a file is kept and read in the background, looked at, and written once somebody says so."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.actors import CLOCK, Actor
from accounts.errors import Invalid, Refused
from accounts.states import move
from accounts.verbs.activities import record
from correspondence.hints import hint
from correspondence.models.files import FilePurpose
from correspondence.verbs.files import store_file
from documents.tables import UnreadableTable, check_table
from participants.models import DirectoryImport
from participants.models.imports import IMPORT_STEPS, ImportState
from participants.queries.imports import figures, unclaimed
from workshops.models import Programme

READ = "participants.tasks.read_import"
WRITE = "participants.tasks.write_import"
ATTEMPTS = 3  # workers that may be lost at the same rows
NAME_LIMIT = 200  # characters, as the column of StoredFile.name
PROBLEM_LIMIT = 500
MEDIA_TYPES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
_MEGABYTE = 1024 * 1024


def begin_import(
    data: bytes, name: str, *, rehearsal: Programme | None = None, by: Actor, at: datetime
) -> DirectoryImport:
    """Keep a file of focal points (CSV or XLSX by its bytes) and ask a worker to read it; the directory stays as it is.

    With ``rehearsal`` its people are the synthetic ones of that practice copy, and no row can mean anybody else.

    Raises ``NotAllowed`` for others than organizers and ``Invalid`` about ``file`` (``file_empty``, ``file_too_large`` and the
    codes of ``UnreadableTable``).
    """
    by.require_organizer()
    kind = _kind_of(data)
    with transaction.atomic():
        file = store_file(data, name=_named(name), purpose=FilePurpose.DIRECTORY, media_type=MEDIA_TYPES[kind], at=at)
        batch = DirectoryImport.objects.create(file=file, rehearsal=rehearsal, made_by=by.user, made_at=at)
        record("begin_import", batch, by=by, at=at)
        hint(READ, str(batch.pk))
    return batch


def confirm_import(batch: DirectoryImport, *, by: Actor, at: datetime) -> int:
    """Ask a worker to write the good rows into the directory; return how many they are.

    Raises ``NotAllowed``, and ``Refused``: ``illegal_step`` when it is not ready to be written or was confirmed already,
    ``nothing_to_write`` when no row adds or changes anything.
    """
    by.require_organizer()
    with transaction.atomic():
        batch = locked(batch)
        move(batch, ImportState.WRITING, IMPORT_STEPS)
        count = figures(batch).open
        if not count:
            raise Refused("nothing_to_write", _("No row of this file adds or changes anything."))
        batch.confirmed_by, batch.confirmed_at = by.user, at
        batch.beat_at, batch.attempts = None, 0
        batch.save(update_fields=["state", "confirmed_by", "confirmed_at", "beat_at", "attempts"])
        record("confirm_import", batch, by=by, at=at, rows=count)
        hint(WRITE, str(batch.pk))
    return count


def discard_import(batch: DirectoryImport, *, by: Actor, at: datetime) -> int:
    """Leave a file unwritten: what was read of it is deleted; return how many rows.

    Raises ``NotAllowed`` and ``Refused`` (``illegal_step``) once it is being written.
    """
    by.require_organizer()
    with transaction.atomic():
        batch = locked(batch)
        move(batch, ImportState.DISCARDED, IMPORT_STEPS)
        batch.save(update_fields=["state"])
        count = batch.rows.count()
        batch.rows.all().delete()
        record("discard_import", batch, by=by, at=at, rows=count)
    return count


def sweep_imports(*, at: datetime) -> int:
    """Hint at imports that no living worker is at; return how many.

    A file that has cost three workers their life is given up, so that it does not cost a fourth.
    """
    with transaction.atomic():
        for batch in unclaimed(ImportState.READING, at).filter(attempts__gte=ATTEMPTS).select_for_update(of=("self",)):
            fail(batch, _("The worker was lost %(count)d times at this file.") % {"count": ATTEMPTS}, at)
        reading = [(READ, key) for key in unclaimed(ImportState.READING, at).values_list("pk", flat=True)]
        writing = [(WRITE, key) for key in unclaimed(ImportState.WRITING, at).values_list("pk", flat=True)]
        for task, key in (*reading, *writing):
            hint(task, str(key))
    return len(reading) + len(writing)


def claim(batch_id: UUID | str, state: ImportState, at: datetime) -> DirectoryImport | None:
    """Take an import that no living worker is at by one conditional update: of two workers one gets it."""
    if not unclaimed(state, at).filter(pk=batch_id).update(beat_at=at, attempts=F("attempts") + 1):
        return None
    return DirectoryImport.objects.select_related("file", "rehearsal", "made_by", "confirmed_by").get(pk=batch_id)


def held(batch: DirectoryImport) -> DirectoryImport | None:
    """Lock an import if this worker's claim still stands; ``None`` when it was given to another or discarded.

    The last sign of life is the claim: whoever takes an import over writes one of their own.
    """
    return (
        DirectoryImport.objects.select_for_update(of=("self",))
        .filter(pk=batch.pk, state=batch.state, beat_at=batch.beat_at)
        .first()
    )


def locked(batch: DirectoryImport) -> DirectoryImport:
    """Return the import as it stands, locked."""
    return DirectoryImport.objects.select_for_update(of=("self",)).select_related("file").get(pk=batch.pk)


def fail(batch: DirectoryImport, why: str, at: datetime) -> DirectoryImport:
    """Say that a file cannot be read; the caller holds the row's lock."""
    move(batch, ImportState.FAILED, IMPORT_STEPS)
    batch.problem = why[:PROBLEM_LIMIT]
    batch.save(update_fields=["state", "problem"])
    batch.rows.all().delete()
    record("fail_import", batch, by=CLOCK, at=at)
    return batch


def why_unreadable(problem: UnreadableTable) -> str:
    """Return what is wrong with a file, and the way out, as a sentence."""
    sentences = {
        "empty": _("The file is empty; choose it again."),
        "old_workbook": _("This is a workbook of an old kind or with a password; save it as .xlsx without one."),
        "no_text": _("This is neither a workbook (.xlsx) nor a CSV file in UTF-8 or UTF-16; save it as one of them."),
        "broken_text": _(
            "The quotation marks from line %(line)d on do not close; save the file as .xlsx and send that."
        ),
        "broken_workbook": _("The workbook is damaged; open it, save it again and send the new file."),
        "too_large": _("The workbook unpacks to more than a list can hold; leave only the list in it."),
    }
    return sentences[problem.code] % {"line": problem.line}


def _kind_of(data: bytes) -> str:
    if not data:
        raise Invalid("file_empty", _("The file is empty; choose it again."), field="file")
    if len(data) > settings.UPLOAD_LIMIT:
        most = {"limit": settings.UPLOAD_LIMIT // _MEGABYTE}
        raise Invalid("file_too_large", _("Send a file under %(limit)d MB.") % most, field="file")
    try:
        return check_table(data)
    except UnreadableTable as problem:
        raise Invalid(problem.code, why_unreadable(problem), field="file") from problem


def _named(name: str) -> str:
    """Return a file name that is safe to give back: no folders, one line."""
    bare = "".join(char for char in name.replace("\\", "/").rpartition("/")[2] if char.isprintable()).strip(" .")
    return (bare or "focal-points")[-NAME_LIMIT:]
