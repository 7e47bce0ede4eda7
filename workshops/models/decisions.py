"""Decisions of the Conference of the Parties, and under which issue the note's Annex I cites them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.texts import localized


class DecisionIssue(models.Model):
    """A row of Annex I, in the order of the source."""

    slug = models.SlugField(primary_key=True, max_length=80)
    title = models.JSONField(_("title"), default=dict)
    position = models.PositiveSmallIntegerField(_("position"), unique=True)

    class Meta:
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        ordering = ["position"]

    def __str__(self) -> str:
        return localized(self.title) or self.slug


class Decision(models.Model):
    """A decision by its number as printed (``XI/16``, ``VIII/19 B``); ``meeting`` is the number of the COP."""

    slug = models.SlugField(primary_key=True, max_length=20)
    reference = models.CharField(_("decision"), max_length=12, unique=True)
    meeting = models.PositiveSmallIntegerField(_("meeting of the COP"))
    number = models.PositiveSmallIntegerField(_("number"))
    issues = models.ManyToManyField(
        DecisionIssue, verbose_name=_("issues"), through="DecisionCitation", related_name="decisions"
    )

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-meeting", "number", "reference"]
        constraints = [
            models.CheckConstraint(condition=models.Q(meeting__range=(1, 30)), name="decision_meeting_known")
        ]

    def __str__(self) -> str:
        return self.reference


class DecisionCitation(models.Model):
    """Where in a decision an issue is dealt with: ``paragraphs`` like ``13`` or ``3 (f)``, ``parts`` like ``annex``."""

    decision = models.ForeignKey(
        Decision, verbose_name=_("decision"), related_name="citations", on_delete=models.CASCADE
    )
    issue = models.ForeignKey(
        DecisionIssue, verbose_name=_("issue"), related_name="citations", on_delete=models.CASCADE
    )
    paragraphs = models.JSONField(_("paragraphs"), default=list, blank=True)
    parts = models.JSONField(_("parts"), default=list, blank=True)
    search_text = models.TextField(editable=False, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["issue__position", "-decision__meeting", "decision__number"]
        constraints = [models.UniqueConstraint(fields=["decision", "issue"], name="citation_once")]

    def __str__(self) -> str:
        return f"{self.decision} – {self.issue}"
