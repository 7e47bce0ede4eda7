"""Rows that may be one person, what a human said of them, and merges with a way back (E04 to E06)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from accounts.states import table
from participants.models.persons import Person


class PairState(models.TextChoices):
    OPEN = "open", _("To be decided")
    MERGED = "merged", _("The same person")
    DIFFERENT = "different", _("Two people")


PAIR_STEPS = table(PairState, open=("merged", "different"), merged=("open",), different=("open", "merged"))


class DuplicatePair(models.Model):
    """Two rows that may be one person; ``first`` has the smaller id.

    ``score`` goes from 0 to 100; ``reasons`` are codes of ``participants.queries.duplicates.REASONS``, strongest first.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    first = models.ForeignKey(Person, verbose_name=_("person"), related_name="pairs_first", on_delete=models.CASCADE)
    second = models.ForeignKey(
        Person, verbose_name=_("other person"), related_name="pairs_second", on_delete=models.CASCADE
    )
    score = models.PositiveSmallIntegerField(_("score"))
    reasons = models.JSONField(_("reasons"), default=list)
    state = models.CharField(_("state"), max_length=9, choices=PairState, default=PairState.OPEN)
    found_at = models.DateTimeField(_("found"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        related_name="decided_pairs",
        on_delete=models.SET_NULL,
    )
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        ordering = ["-score", "id"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_once"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="pair_in_order"),
            models.CheckConstraint(condition=models.Q(score__range=(0, 100)), name="pair_score_range"),
            models.CheckConstraint(condition=models.Q(state__in=PairState.values), name="pair_state_known"),
        ]
        indexes = [models.Index(fields=["state", "-score"], name="pair_state_score")]

    def __str__(self) -> str:
        return f"{self.first} – {self.second}"


class Merge(models.Model):
    """``gone`` was found to be ``kept``: ``moved`` lists what was moved, by table and column, so that it can move back.

    ``filled`` holds the fields of ``kept`` that were empty and took the value of ``gone``.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kept = models.ForeignKey(Person, verbose_name=_("kept"), related_name="merges_kept", on_delete=models.CASCADE)
    gone = models.ForeignKey(Person, verbose_name=_("merged"), related_name="merges_gone", on_delete=models.CASCADE)
    moved = models.JSONField(_("what was moved"), default=dict)
    filled = models.JSONField(_("what was filled in"), default=list)
    reason = models.CharField(_("reason"), max_length=500)
    merged_at = models.DateTimeField(_("merged at"))
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("merged by"),
        null=True,
        blank=True,
        related_name="merges",
        on_delete=models.SET_NULL,
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("merge of two people")
        verbose_name_plural = _("merges of people")
        ordering = ["-merged_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["gone"], condition=models.Q(undone_at__isnull=True), name="merge_once_at_a_time"
            ),
            models.CheckConstraint(condition=~models.Q(kept=models.F("gone")), name="merge_of_two"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="merge_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.gone} → {self.kept}"
