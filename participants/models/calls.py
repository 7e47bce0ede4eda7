"""A call for nominations to one workshop."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from accounts.states import table
from workshops.models import Workshop


class CallState(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


CALL_STEPS = table(CallState, open=("closed", "cancelled"), closed=("open", "cancelled"))


class Call(models.Model):
    """Nominations are asked for by ``deadline_at`` (UTC; ``deadline_zone`` is the zone it was set in).

    ``seats_per_party`` is two or three, "depending on funds" (Annex II, participants). A workshop has one live call.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    workshop = models.ForeignKey(Workshop, verbose_name=_("workshop"), related_name="calls", on_delete=models.PROTECT)
    symbol = models.CharField(_("notification"), max_length=40, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=CallState, default=CallState.OPEN)
    opened_at = models.DateTimeField(_("opened"))
    deadline_at = models.DateTimeField(_("deadline"))
    deadline_zone = models.CharField(_("zone of the deadline"), max_length=60)
    seats_per_party = models.PositiveSmallIntegerField(_("experts a Party"))
    criteria = models.JSONField(_("criteria"), default=dict, blank=True)

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["workshop"], condition=~models.Q(state="cancelled"), name="call_live_once_a_workshop"
            ),
            models.CheckConstraint(
                condition=models.Q(opened_at__lt=models.F("deadline_at")), name="call_deadline_after_opening"
            ),
            models.CheckConstraint(condition=models.Q(seats_per_party__range=(1, 3)), name="call_seats_range"),
            models.CheckConstraint(condition=models.Q(state__in=CallState.values), name="call_state_known"),
        ]

    def __str__(self) -> str:
        return self.symbol
