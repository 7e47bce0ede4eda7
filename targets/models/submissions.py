"""A Party's national targets, version by version."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from accounts.states import table
from participants.models import Person
from workshops.models import Party, Programme, Workshop


class SubmissionState(models.TextChoices):
    SUBMITTED = "submitted", _("Submitted")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Returned")
    SUPERSEDED = "superseded", _("Superseded")


SUBMISSION_STEPS = table(
    SubmissionState,
    submitted=("accepted", "returned", "superseded"),
    accepted=("superseded",),
    returned=("superseded",),
)


class Submission(models.Model):
    """Version ``version`` of a Party's targets under a programme; a version's contents never change.

    A Party has at most one version waiting for review and at most one accepted version.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), related_name="submissions", on_delete=models.PROTECT
    )
    workshop = models.ForeignKey(
        Workshop,
        verbose_name=_("workshop"),
        null=True,
        blank=True,
        related_name="submissions",
        on_delete=models.PROTECT,
    )
    party = models.ForeignKey(Party, verbose_name=_("Party"), related_name="submissions", on_delete=models.PROTECT)
    version = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=10, choices=SubmissionState, default=SubmissionState.SUBMITTED)
    submitted_by = models.ForeignKey(
        Person,
        verbose_name=_("submitted by"),
        null=True,
        blank=True,
        related_name="submissions",
        on_delete=models.SET_NULL,
    )
    submitted_at = models.DateTimeField(_("submitted"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    return_reason = models.TextField(_("why it was returned"), blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["programme", "party", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "party", "version"], name="submission_version_once"),
            models.UniqueConstraint(
                fields=["programme", "party"],
                condition=models.Q(state="submitted"),
                name="submission_waiting_once",
            ),
            models.UniqueConstraint(
                fields=["programme", "party"],
                condition=models.Q(state="accepted"),
                name="submission_accepted_once",
            ),
            models.CheckConstraint(condition=models.Q(state__in=SubmissionState.values), name="submission_state_known"),
            models.CheckConstraint(
                condition=~models.Q(state="returned") | ~models.Q(return_reason=""),
                name="submission_return_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} v{self.version}"
