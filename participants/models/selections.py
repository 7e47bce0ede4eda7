"""A selection: the decision on all nominations of a call, proposed by one organizer and approved by another."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from accounts.states import table
from participants.models.calls import Call
from participants.models.nominations import Nomination
from workshops.models import Contribution


class SelectionState(models.TextChoices):
    COMPUTING = "computing", _("Being computed")
    IMPOSSIBLE = "impossible", _("The rules cannot all be kept")
    FAILED = "failed", _("Not computed")
    PROPOSED = "proposed", _("Proposed")
    APPROVED = "approved", _("Approved")
    DISCARDED = "discarded", _("Discarded")


SELECTION_STEPS = table(
    SelectionState,
    computing=("proposed", "impossible", "failed", "discarded"),
    impossible=("discarded",),
    failed=("computing", "discarded"),
    proposed=("approved", "discarded"),
)


class Origin(models.TextChoices):
    COMPUTED = "computed", _("Computed by the rules")
    HAND = "hand", _("Entered by hand")


class Outcome(models.TextChoices):
    SELECTED = "selected", _("Selected")
    RESERVE = "reserve", _("Reserve")
    NOT_SELECTED = "not-selected", _("Not selected")


class Selection(models.Model):
    """One proposal for a call, or the decision when approved; a call has at most one approved.

    ``seats`` is how many it could give to Parties. ``inputs`` is what it was computed from, frozen (people, rules, budgets;
    no name of a person), and ``digest`` the SHA-256 of its canonical JSON. ``levels`` holds what each level came to, in order;
    ``conflict`` the smallest set of rules that cannot be kept together. ``beat_at`` is the last sign of life of the worker at
    it, ``attempts`` how many were lost; ``level`` says at which level of ``SelectionLevel`` the worker is.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    call = models.ForeignKey(Call, verbose_name=_("call"), related_name="selections", on_delete=models.PROTECT)
    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=10, choices=SelectionState, default=SelectionState.PROPOSED)
    origin = models.CharField(_("origin"), max_length=8, choices=Origin, default=Origin.COMPUTED)
    seats = models.PositiveSmallIntegerField(_("seats"))
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    inputs = models.JSONField(default=dict, blank=True, editable=False)
    digest = models.CharField(_("digest of the input"), max_length=64, blank=True)
    levels = models.JSONField(_("levels"), default=list, blank=True)
    conflict = models.JSONField(_("conflict"), default=list, blank=True)
    problem = models.CharField(_("problem"), max_length=500, blank=True)
    level = models.CharField(_("level"), max_length=12, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposed by"),
        null=True,
        blank=True,
        related_name="proposals",
        on_delete=models.SET_NULL,
    )
    proposed_label = models.CharField(_("proposed by"), max_length=200, blank=True)
    proposed_at = models.DateTimeField(_("proposed"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("approved by"),
        null=True,
        blank=True,
        related_name="selections",
        on_delete=models.SET_NULL,
    )
    decided_label = models.CharField(_("approved by"), max_length=200, blank=True)
    decided_at = models.DateTimeField(_("approved"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("selection")
        verbose_name_plural = _("selections")
        ordering = ["call", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="selection_number_once"),
            models.UniqueConstraint(
                fields=["call"], condition=models.Q(state="approved"), name="selection_approved_once_a_call"
            ),
            models.CheckConstraint(condition=models.Q(state__in=SelectionState.values), name="selection_state_known"),
            models.CheckConstraint(condition=models.Q(origin__in=Origin.values), name="selection_origin_known"),
            models.CheckConstraint(
                condition=~models.Q(state="approved") | models.Q(decided_at__isnull=False),
                name="selection_approved_has_time",
            ),
            # Whoever proposed does not approve; a user who is gone leaves the label behind.
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True)
                | models.Q(proposed_by__isnull=True)
                | ~models.Q(decided_by=models.F("proposed_by")),
                name="selection_two_organizers",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} #{self.number}"


class SelectionEntry(models.Model):
    """What the selection says of one nomination; reserves have a ``position`` from 1 up.

    ``why`` holds what the rules say of it, as codes with their facts (see ``participants.queries.reasons``), the first for the
    nominee, the others what would change it; ``reason`` is an organizer's own words, which come first. ``computed`` is the
    outcome before an organizer overrode it. ``cost`` is the estimate in the selection's currency, ``parts`` say who pays it;
    ``came_at`` is set for who took the seat of one of those decided on since (E29): money follows it, the decision does not.
    ``apart`` marks who takes none of the seats for Parties: experts of organizations and observers of other Governments.
    """

    selection = models.ForeignKey(
        Selection, verbose_name=_("selection"), related_name="entries", on_delete=models.CASCADE
    )
    nomination = models.ForeignKey(
        Nomination, verbose_name=_("nomination"), related_name="entries", on_delete=models.PROTECT
    )
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome)
    position = models.PositiveSmallIntegerField(_("place among the reserves"), null=True, blank=True)
    apart = models.BooleanField(_("apart from the seats for Parties"), default=False)
    why = models.JSONField(_("what the rules say"), default=list, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    computed = models.CharField(_("before it was overridden"), max_length=12, choices=Outcome, blank=True)
    overridden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("overridden by"),
        null=True,
        blank=True,
        related_name="overrides",
        on_delete=models.SET_NULL,
    )
    score = models.PositiveSmallIntegerField(_("points"), null=True, blank=True)
    cost = models.DecimalField(_("estimated cost"), max_digits=10, decimal_places=2, null=True, blank=True)
    came_at = models.DateTimeField(_("came after the decision"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("selection entry")
        verbose_name_plural = _("selection entries")
        ordering = ["selection", "outcome", "position", "nomination"]
        constraints = [
            models.UniqueConstraint(fields=["selection", "nomination"], name="entry_nomination_once"),
            models.UniqueConstraint(fields=["selection", "position"], name="entry_position_once"),
            models.CheckConstraint(
                condition=models.Q(outcome="reserve", position__isnull=False)
                | (~models.Q(outcome="reserve") & models.Q(position__isnull=True)),
                name="entry_only_reserves_have_place",
            ),
            models.CheckConstraint(condition=~models.Q(reason="") | ~models.Q(why=[]), name="entry_has_reason"),
            models.CheckConstraint(
                condition=models.Q(computed="") | ~models.Q(reason=""), name="entry_override_has_reason"
            ),
            models.CheckConstraint(
                condition=models.Q(cost__isnull=True) | models.Q(cost__gte=0), name="entry_cost_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nomination_id}: {self.outcome}"


class CostPart(models.Model):
    """What one contribution pays of one journey, in the selection's currency; two donors may share one (E30).

    Somebody selected without a part comes at the own Government's expense, or no money was planned.
    """

    entry = models.ForeignKey(
        SelectionEntry, verbose_name=_("selection entry"), related_name="parts", on_delete=models.CASCADE
    )
    contribution = models.ForeignKey(
        Contribution, verbose_name=_("paid by"), related_name="parts", on_delete=models.PROTECT
    )
    budget = models.UUIDField(_("budget"), editable=False)
    amount = models.DecimalField(_("amount"), max_digits=10, decimal_places=2)

    class Meta:
        verbose_name = _("part of a cost")
        verbose_name_plural = _("parts of costs")
        ordering = ["entry", "-amount", "contribution"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "budget"], name="cost_part_once"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="cost_part_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.contribution} {self.amount}"
