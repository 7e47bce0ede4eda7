"""Imports of the directory: a file read row by row, shown, and written only when somebody confirms it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from accounts.states import table
from correspondence.models import StoredFile
from participants.models.focal_points import FocalPoint
from workshops.models import Programme


class ImportState(models.TextChoices):
    READING = "reading", _("Being read")
    READY = "ready", _("Ready to look at")
    WRITING = "writing", _("Being written")
    DONE = "done", _("Written")
    FAILED = "failed", _("Not readable")
    DISCARDED = "discarded", _("Discarded")


IMPORT_STEPS = table(
    ImportState,
    reading=("ready", "failed", "discarded"),
    ready=("writing", "discarded"),
    writing=("done",),
)


class DirectoryImport(models.Model):
    """One file of focal points; ``rows_read`` and ``rows_written`` show how far work has come, ``rows_total`` of how many.

    ``rows_total`` is what the file says of itself until the last row is read. ``ignored`` names the columns nobody knows, the
    sheets that were not read stand in ``sheets_left``. ``problem`` says why a file could not be read. ``beat_at`` is the last
    sign of life of the worker at it, ``attempts`` how many workers were lost since the last rows were read.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    file = models.ForeignKey(StoredFile, verbose_name=_("file"), related_name="imports", on_delete=models.PROTECT)
    state = models.CharField(_("state"), max_length=9, choices=ImportState, default=ImportState.READING)
    rows_total = models.PositiveIntegerField(_("rows"), default=0)
    rows_read = models.PositiveIntegerField(_("rows read"), default=0)
    rows_written = models.PositiveIntegerField(_("rows written"), default=0)
    ignored = models.JSONField(_("columns not read"), default=list, blank=True)
    sheets_left = models.PositiveSmallIntegerField(_("sheets not read"), default=0)
    problem = models.CharField(_("problem"), max_length=500, blank=True)
    rehearsal = models.ForeignKey(
        Programme,
        verbose_name=_("synthetic, made for"),
        null=True,
        blank=True,
        related_name="directory_imports",
        on_delete=models.CASCADE,
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("begun by"),
        null=True,
        blank=True,
        related_name="directory_imports",
        on_delete=models.SET_NULL,
    )
    made_at = models.DateTimeField(_("made"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        null=True,
        blank=True,
        related_name="confirmed_imports",
        on_delete=models.SET_NULL,
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("import of focal points")
        verbose_name_plural = _("imports of focal points")
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=ImportState.values), name="import_state_known"),
            models.CheckConstraint(
                condition=~models.Q(state__in=["writing", "done"]) | models.Q(confirmed_at__isnull=False),
                name="import_written_after_yes",
            ),
        ]

    def __str__(self) -> str:
        return self.file.name


class RowVerdict(models.TextChoices):
    ADDED = "added", _("Added")
    CHANGED = "changed", _("Changed")
    SAME = "same", _("As it is")
    REFUSED = "refused", _("Refused")


class DirectoryRow(models.Model):
    """One row of an import: ``number`` is its line in the file, ``cells`` what it says by column.

    ``key`` is equal for rows of one file that mean the same mandate. ``later`` marks deputies: their principal may stand in any
    row of the file, so they are judged again and written after the others.
    ``changes`` holds ``[before, after]`` by column, ``faults`` ``[column, sentence]`` pairs. ``written`` is empty until the
    row's turn; a row that was good and is refused when written (the directory changed meanwhile) is false with its faults.
    """

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(DirectoryImport, verbose_name=_("import"), related_name="rows", on_delete=models.CASCADE)
    number = models.PositiveIntegerField(_("row"))
    verdict = models.CharField(_("what it would do"), max_length=7, choices=RowVerdict)
    cells = models.JSONField(_("cells"), default=dict)
    changes = models.JSONField(_("changes"), default=dict)
    faults = models.JSONField(_("faults"), default=list)
    mandate = models.ForeignKey(
        FocalPoint,
        verbose_name=_("focal point"),
        null=True,
        blank=True,
        related_name="import_rows",
        on_delete=models.SET_NULL,
    )
    key = models.CharField(max_length=32, editable=False, blank=True)
    later = models.BooleanField(editable=False, default=False)
    written = models.BooleanField(_("written"), null=True)

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of an import")
        ordering = ["batch", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="import_row_once"),
            models.CheckConstraint(condition=models.Q(verdict__in=RowVerdict.values), name="import_verdict_known"),
        ]
        indexes = [
            models.Index(fields=["batch", "verdict", "number"], name="import_row_verdict"),
            models.Index(fields=["batch", "key"], name="import_row_key"),
        ]

    def __str__(self) -> str:
        return str(self.number)
