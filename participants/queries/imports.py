"""Imports of the directory: which a user may see, how far each is, and those whose worker was lost."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from participants.models import DirectoryImport, DirectoryRow
from participants.models.imports import ImportState, RowVerdict
from participants.queries.exports import COLUMNS

LOST_AFTER = timedelta(minutes=2)  # without a sign of life; a chunk of rows takes a second
GOOD = (RowVerdict.ADDED, RowVerdict.CHANGED)
PROBLEM = "problem"  # the column of a list of refused rows that says why
CHUNK = 500
# Where a row of an import can be; a row that was good and was refused when written is among the refused.
PLACES = {
    "added": Q(verdict=RowVerdict.ADDED) & ~Q(written=False),
    "changed": Q(verdict=RowVerdict.CHANGED) & ~Q(written=False),
    "same": Q(verdict=RowVerdict.SAME),
    "refused": Q(verdict=RowVerdict.REFUSED) | Q(written=False),
}


@dataclass(frozen=True, slots=True)
class Figures:
    """How many rows are at each place of ``PLACES``, and how many of the good ones wait to be written."""

    added: int
    changed: int
    same: int
    refused: int
    open: int

    @property
    def total(self) -> int:
        """All rows read so far."""
        return self.added + self.changed + self.same + self.refused

    @property
    def good(self) -> int:
        """Rows that change the directory."""
        return self.added + self.changed


def visible_to(user: User | AnonymousUser) -> QuerySet[DirectoryImport]:
    """Return the imports a user may see: organizers all, others none."""
    if isinstance(user, User) and user.is_organizer:
        return DirectoryImport.objects.all()
    return DirectoryImport.objects.none()


def figures(batch: DirectoryImport) -> Figures:
    """Count the rows of an import, in one query."""
    counted = batch.rows.aggregate(
        **{f"at_{name}": Count("pk", filter=place) for name, place in PLACES.items()},
        at_open=Count("pk", filter=Q(verdict__in=GOOD, written__isnull=True)),
    )
    return Figures(**{name: counted[f"at_{name}"] for name in (*PLACES, "open")})


def unwritten(batch: DirectoryImport) -> QuerySet[DirectoryRow]:
    """Return the good rows that wait for their turn, deputies after those they stand for."""
    return batch.rows.filter(verdict__in=GOOD, written__isnull=True).order_by("later", "number")


def unclaimed(state: ImportState, at: datetime) -> QuerySet[DirectoryImport]:
    """Return the imports in a state that no living worker is at."""
    silent = Q(beat_at__isnull=True) | Q(beat_at__lte=at - LOST_AFTER)
    return DirectoryImport.objects.filter(silent, state=state)


def refused_rows(batch: DirectoryImport) -> Iterator[list[str]]:
    """Yield heading and rows of a list of what was refused and why, to be corrected and imported again."""
    columns = [column for column in COLUMNS if batch.rows.filter(cells__has_key=column).exists()] or list(COLUMNS)
    yield [*columns, PROBLEM]
    for row in batch.rows.filter(PLACES["refused"]).order_by("number").iterator(chunk_size=CHUNK):
        yield [*(row.cells.get(column, "") for column in columns), problem_of(row)]


def problem_of(row: DirectoryRow) -> str:
    """Return what is wrong with a row, column by column, in one line."""
    said = [f"{column}: {sentence}" if column else sentence for column, sentence in row.faults]
    return _("Line %(number)d.") % {"number": row.number} + " " + " ".join(said)
