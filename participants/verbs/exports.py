"""Taking the directory out of the planner: what an import takes back, and a line in the activity log."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import NotAllowed
from accounts.verbs.activities import record
from documents.tables import csv_lines
from documents.xlsx import Cell, Column, Kind, Sheet, workbook
from participants.models import FocalPoint
from participants.queries.exports import COLUMNS, exported

SHEET = "Focal points"
DAYS = {COLUMNS.index(name) for name in ("valid_from", "valid_to")}


class Format(StrEnum):
    """What a list of focal points can be taken out as."""

    CSV = "csv"
    XLSX = "xlsx"


def export_directory(mandates: QuerySet[FocalPoint], form: Format, *, by: Actor, at: datetime) -> Iterable[bytes]:
    """Return the bytes of a list of mandates, which must be what the actor may see; that it was taken out is logged.

    A CSV file is read from the database while it is sent, a workbook is written row by row beforehand. Raises ``NotAllowed``
    (``organizers_only``) for others than organizers.
    """
    if by.user is None or not by.is_organizer:
        raise NotAllowed("organizers_only", _("Only an organizer of the secretariat may do this."))
    with transaction.atomic():
        record("export_directory", by.user, by=by, at=at, rows=mandates.count(), format=form.value)
    if form == Format.CSV:
        return csv_lines(exported(mandates))
    return [_workbook(mandates, at)]


def _workbook(mandates: QuerySet[FocalPoint], at: datetime) -> bytes:
    rows = exported(mandates)
    columns = [Column(name, Kind.DATE if place in DAYS else Kind.TEXT, 22) for place, name in enumerate(next(rows))]
    return workbook([Sheet(SHEET, columns, map(_cells, rows))], title=SHEET, created=at)


def _cells(row: list[str]) -> list[Cell]:
    return [(date.fromisoformat(cell) if place in DAYS else cell) if cell else None for place, cell in enumerate(row)]
