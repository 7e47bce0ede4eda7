"""Questions about a computed proposal, each answered by a worker with a solution of its own."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from participants.models.nominations import Nomination
from participants.models.selections import Selection
from workshops.models import Contribution


class QuestionKind(models.TextChoices):
    WHY_NOT = "why-not", _("Why not this person?")
    ONE_MORE = "one-more", _("Who would come in with one more seat?")


class QuestionState(models.TextChoices):
    ASKED = "asked", _("Being computed")
    ANSWERED = "answered", _("Answered")
    FAILED = "failed", _("Not answered")


class SelectionQuestion(models.Model):
    """One question, and what came of asking the solver.

    ``nomination`` is whom it is about; ``contribution`` the donor's who would pay one more seat, none for a seat at nobody's
    cost. ``answer`` holds codes with their facts, as ``SelectionEntry.why`` does.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    selection = models.ForeignKey(
        Selection, verbose_name=_("selection"), related_name="questions", on_delete=models.CASCADE
    )
    kind = models.CharField(_("question"), max_length=8, choices=QuestionKind)
    nomination = models.ForeignKey(
        Nomination,
        verbose_name=_("nomination"),
        null=True,
        blank=True,
        related_name="questions",
        on_delete=models.CASCADE,
    )
    contribution = models.ForeignKey(
        Contribution,
        verbose_name=_("contribution"),
        null=True,
        blank=True,
        related_name="questions",
        on_delete=models.CASCADE,
    )
    state = models.CharField(_("state"), max_length=8, choices=QuestionState, default=QuestionState.ASKED)
    answer = models.JSONField(_("answer"), default=list, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        null=True,
        blank=True,
        related_name="questions",
        on_delete=models.SET_NULL,
    )
    asked_at = models.DateTimeField(_("asked"))
    beat_at = models.DateTimeField(null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("question about a selection")
        verbose_name_plural = _("questions about a selection")
        ordering = ["selection", "-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=QuestionKind.values), name="question_kind_known"),
            models.CheckConstraint(condition=models.Q(state__in=QuestionState.values), name="question_state_known"),
            models.CheckConstraint(
                condition=models.Q(kind="why-not", nomination__isnull=False, contribution__isnull=True)
                | models.Q(kind="one-more", nomination__isnull=True),
                name="question_is_about",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
