"""A selection: the decision on all nominations of a call, with a reason for each."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from participants.models.calls import Call
from participants.models.nominations import Nomination


class SelectionState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    APPROVED = "approved", _("Approved")
    DISCARDED = "discarded", _("Discarded")


class Outcome(models.TextChoices):
    SELECTED = "selected", _("Selected")
    RESERVE = "reserve", _("Reserve")
    NOT_SELECTED = "not-selected", _("Not selected")


class Selection(models.Model):
    """One decision on a call; ``seats`` is how many it could give. A call has at most one approved selection."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    call = models.ForeignKey(Call, verbose_name=_("call"), related_name="selections", on_delete=models.PROTECT)
    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=10, choices=SelectionState, default=SelectionState.PROPOSED)
    seats = models.PositiveSmallIntegerField(_("seats"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        related_name="selections",
        on_delete=models.SET_NULL,
    )
    decided_at = models.DateTimeField(_("decided"))
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
        ]

    def __str__(self) -> str:
        return f"{self.call} #{self.number}"


class SelectionEntry(models.Model):
    """What the selection says of one nomination; reserves have a ``position`` from 1 up."""

    selection = models.ForeignKey(
        Selection, verbose_name=_("selection"), related_name="entries", on_delete=models.CASCADE
    )
    nomination = models.ForeignKey(
        Nomination, verbose_name=_("nomination"), related_name="entries", on_delete=models.PROTECT
    )
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome)
    position = models.PositiveSmallIntegerField(_("place among the reserves"), null=True, blank=True)
    reason = models.TextField(_("reason"))

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
            models.CheckConstraint(condition=~models.Q(reason=""), name="entry_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.nomination_id}: {self.outcome}"
