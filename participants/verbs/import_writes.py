"""Writing the good rows of a confirmed import: each alone, judged once more against the directory as it is now."""

import logging
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import OperationalError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.actors import CLOCK, Actor
from accounts.errors import Refused
from accounts.states import move
from accounts.verbs.activities import record
from participants.models import DirectoryImport, DirectoryRow, FocalPoint, Organization
from participants.models.imports import IMPORT_STEPS, ImportState, RowVerdict
from participants.models.organizations import OrganizationKind
from participants.queries.imports import figures, unwritten
from participants.verbs.deputies import end_deputy, record_deputy
from participants.verbs.focal_points import change_mandate, designate, end_mandate
from participants.verbs.import_cells import Said
from participants.verbs.import_rows import beat, clock
from participants.verbs.import_verdicts import OF_PERSON, Judgement, Known, judge
from participants.verbs.imports import claim, held
from participants.verbs.organizations import record_organization
from participants.verbs.persons import PersonFields, change_person, record_person
from workshops.models import Party

log = logging.getLogger(__name__)

ROWS = 50  # between two signs of life


def write_import(batch_id: UUID | str, *, at: datetime) -> DirectoryImport | None:
    """Write the good rows of an import that was confirmed; ``None`` when there is nothing to claim.

    Each row has a transaction of its own: what is refused keeps its reason and takes no other row with it, and a row that
    is written is never written again, whoever stops in between. Must stand outside any transaction.
    """
    batch = claim(batch_id, ImportState.WRITING, at)
    if batch is None:
        return None
    now = clock(at)
    by = Actor(label=str(batch.confirmed_by), user=batch.confirmed_by) if batch.confirmed_by else CLOCK
    with override(batch.confirmed_by.language if batch.confirmed_by else "en"):
        while rows := list(unwritten(batch).values_list("pk", flat=True)[:ROWS]):
            for key in rows:
                _write_row(key, by, now())
            if not _report(batch, now()):
                return None
    return _finish(batch, now())


def _write_row(key: int, by: Actor, at: datetime) -> None:
    try:
        with transaction.atomic():
            row = DirectoryRow.objects.select_for_update(of=("self",)).select_related("batch__rehearsal").get(pk=key)
            if row.written is None:
                row.mandate = _apply(row, by, at)
                row.written = True
                row.save(update_fields=["mandate", "written"])
    except Refused as refusal:
        _refuse(key, refusal.field, str(refusal))
    except OperationalError:  # the database, not the row; the sweep finds the import again
        raise
    except Exception as error:  # the worker's outer edge: a row that nobody foresaw takes no other with it
        log.exception("Row %s of an import failed", key)
        _refuse(key, "", _("The row could not be written: %(reason)s") % {"reason": type(error).__name__})


def _refuse(key: int, column: str, sentence: str) -> None:
    with transaction.atomic():
        row = DirectoryRow.objects.select_for_update(of=("self",)).get(pk=key)
        row.written, row.faults = False, [(column, sentence)]
        row.save(update_fields=["written", "faults"])


def _apply(row: DirectoryRow, by: Actor, at: datetime) -> FocalPoint | None:
    """Do what a row was confirmed to do, if that is still what it would do."""
    said: Said = row.cells
    # Two imports that name the same new person write one after the other; a row that points to the Party does not wait.
    Party.objects.select_for_update(no_key=True).get(pk=said["party"])
    now = judge(said, (), Known([said], row.batch.rehearsal))
    if now.verdict == RowVerdict.REFUSED:
        column, sentence = now.faults[0]
        raise Refused("row_refused", sentence, field=column)
    for column, pair in now.changes.items():
        if row.changes.get(column) != pair:
            sentence = _("The directory has changed since you looked: it says “%(now)s” here. Import the row again.")
            raise Refused("changed_meanwhile", sentence % {"now": pair[0]}, field=column)
    if now.verdict == RowVerdict.SAME:
        return now.mandate
    return _add(row, now, by, at) if now.verdict == RowVerdict.ADDED else _change(said, now, by, at)


def _add(row: DirectoryRow, now: Judgement, by: Actor, at: datetime) -> FocalPoint:
    said: Said = row.cells
    party = Party.objects.get(pk=said["party"])
    fields = _person_fields(said, now, party, by, at)
    if now.person is None:
        person = record_person(**fields, rehearsal=row.batch.rehearsal, by=by, at=at)
    else:
        person = change_person(now.person, **fields, by=by, at=at) if fields else now.person
    first, last = date.fromisoformat(said["valid_from"]), said.get("valid_to")
    until = date.fromisoformat(last) if last else None
    about: dict[str, Any] = {"designation": said.get("designation", ""), "language": said.get("language", "")}
    key = UUID(said["id"]) if said.get("id") else None
    if now.principal is not None:
        return record_deputy(now.principal, person, valid_from=first, valid_to=until, **about, key=key, by=by, at=at)
    return designate(party, person, said["kind"], valid_from=first, valid_to=until, **about, key=key, by=by, at=at)


def _change(said: Said, now: Judgement, by: Actor, at: datetime) -> FocalPoint:
    mandate = now.mandate
    if mandate is None:
        raise Refused("changed_meanwhile", _("The focal point is no longer in the directory."))
    fields = _person_fields(said, now, mandate.party, by, at)
    if fields:
        change_person(mandate.person, **fields, by=by, at=at)
    about: dict[str, Any] = {column: said[column] for column in ("language", "designation") if column in now.changes}
    if about:
        change_mandate(mandate, **about, by=by, at=at)
    if "valid_to" in now.changes:
        end = end_mandate if mandate.deputy_of_id is None else end_deputy
        end(mandate, on=date.fromisoformat(said["valid_to"]), by=by, at=at)
    return mandate


def _person_fields(said: Said, now: Judgement, party: Party, by: Actor, at: datetime) -> PersonFields:
    """Return what changes about the person, the organization as a row of its own."""
    changed = [column for column in OF_PERSON if column in now.changes]
    fields: PersonFields = {column: said[column] for column in changed if column != "organization"}  # type: ignore[assignment]  # its own names
    if "organization" in changed:
        fields["organization"] = _organization(said["organization"], party, by, at)
    return fields


def _organization(name: str, party: Party, by: Actor, at: datetime) -> Organization | None:
    """Return the body of that name: one of no single Government, or the Party's own, recorded when it is new."""
    if not name:
        return None
    shared = Organization.objects.filter(name=name, party__isnull=True).first()
    return shared or record_organization(name=name, kind=OrganizationKind.GOVERNMENT, party=party, by=by, at=at)


def _report(batch: DirectoryImport, at: datetime) -> bool:
    """Say how far writing is, in a transaction of its own; whether this worker still may go on."""
    with transaction.atomic():
        if held(batch) is None:
            return False
        batch.rows_written = batch.rows.filter(written__isnull=False).count()
        beat(batch, at, "rows_written")
    return True


def _finish(batch: DirectoryImport, at: datetime) -> DirectoryImport | None:
    with transaction.atomic():
        mine = held(batch)
        if mine is None:
            return None
        move(mine, ImportState.DONE, IMPORT_STEPS)
        mine.beat_at = None
        mine.save(update_fields=["state", "beat_at"])
        counts = figures(mine)
        record(
            "write_import", mine, by=CLOCK, at=at, added=counts.added, changed=counts.changed, refused=counts.refused
        )
    return mine
