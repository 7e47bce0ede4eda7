"""A compilation: the accepted targets of a workshop, a programme or some Parties, frozen and numbered."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from accounts.states import table
from correspondence.models import StoredFile
from targets.models.submissions import Submission
from workshops.models import Party, Programme, Workshop


class CompilationState(models.TextChoices):
    REQUESTED = "requested", _("Requested")
    RUNNING = "running", _("Running")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")


COMPILATION_STEPS = table(
    CompilationState,
    requested=("running",),
    running=("ready", "failed", "requested"),
    failed=("requested",),
)


class CompilationScope(models.TextChoices):
    WORKSHOP = "workshop", _("A workshop")
    PROGRAMME = "programme", _("A programme")
    PARTIES = "parties", _("Some Parties")


class Compilation(models.Model):
    """``snapshot`` is written once, with ``digest`` the SHA-256 of its canonical JSON; later revisions go to the next number."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), related_name="compilations", on_delete=models.PROTECT
    )
    number = models.PositiveIntegerField(_("number"))
    scope = models.CharField(_("scope"), max_length=10, choices=CompilationScope)
    workshop = models.ForeignKey(
        Workshop,
        verbose_name=_("workshop"),
        null=True,
        blank=True,
        related_name="compilations",
        on_delete=models.PROTECT,
    )
    parties = models.ManyToManyField(Party, verbose_name=_("Parties"), related_name="compilations", blank=True)
    state = models.CharField(_("state"), max_length=10, choices=CompilationState, default=CompilationState.REQUESTED)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("requested by"),
        null=True,
        blank=True,
        related_name="compilations",
        on_delete=models.SET_NULL,
    )
    requested_at = models.DateTimeField(_("requested"))
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    snapshot = models.JSONField(_("snapshot"), null=True, blank=True, editable=False)
    digest = models.CharField(_("digest"), max_length=64, blank=True, editable=False)
    failure = models.CharField(_("why it failed"), max_length=500, blank=True)
    submissions = models.ManyToManyField(
        Submission, verbose_name=_("submissions"), through="CompilationSource", related_name="compilations"
    )

    class Meta:
        verbose_name = _("compilation")
        verbose_name_plural = _("compilations")
        ordering = ["programme", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="compilation_number_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=CompilationState.values), name="compilation_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(scope="workshop", workshop__isnull=False)
                | (models.Q(scope__in=["programme", "parties"]) & models.Q(workshop__isnull=True)),
                name="compilation_scope_fits",
            ),
            models.CheckConstraint(
                condition=(models.Q(state="ready") & ~models.Q(digest="") & models.Q(snapshot__isnull=False))
                | (~models.Q(state="ready") & models.Q(digest="")),
                name="compilation_ready_is_frozen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme.code}/C{self.number}"


class CompilationSource(models.Model):
    """A submission version that went into a compilation; it can never be deleted from under it."""

    compilation = models.ForeignKey(
        Compilation, verbose_name=_("compilation"), related_name="sources", on_delete=models.CASCADE
    )
    submission = models.ForeignKey(
        Submission, verbose_name=_("submission"), related_name="uses", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["compilation", "submission"]
        constraints = [models.UniqueConstraint(fields=["compilation", "submission"], name="source_once")]

    def __str__(self) -> str:
        return f"{self.compilation_id} ← {self.submission_id}"


class ReportFormat(models.TextChoices):
    JSON = "json", "JSON"
    XLSX = "xlsx", "Excel"
    PDF = "pdf", "PDF"


class ReportFile(models.Model):
    """A compilation rendered in one format."""

    compilation = models.ForeignKey(
        Compilation, verbose_name=_("compilation"), related_name="files", on_delete=models.CASCADE
    )
    format = models.CharField(_("format"), max_length=4, choices=ReportFormat)
    file = models.ForeignKey(StoredFile, verbose_name=_("file"), related_name="reports", on_delete=models.PROTECT)

    class Meta:
        verbose_name = _("report file")
        verbose_name_plural = _("report files")
        ordering = ["compilation", "format"]
        constraints = [models.UniqueConstraint(fields=["compilation", "format"], name="report_format_once")]

    def __str__(self) -> str:
        return f"{self.compilation} {self.format}"
