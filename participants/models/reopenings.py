"""A Party's request for more time after the deadline of a call."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from accounts.states import table
from participants.models.calls import Call
from participants.models.persons import Person
from workshops.models import Party


class ReopeningState(models.TextChoices):
    ASKED = "asked", _("Asked for")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")


REOPENING_STEPS = table(ReopeningState, asked=("granted", "refused"), refused=("granted",))


class Reopening(models.Model):
    """``party`` asks to nominate after the deadline; when granted it may until ``until`` (UTC), alone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    call = models.ForeignKey(Call, verbose_name=_("call"), related_name="reopenings", on_delete=models.CASCADE)
    party = models.ForeignKey(Party, verbose_name=_("Party"), related_name="reopenings", on_delete=models.PROTECT)
    asked_by = models.ForeignKey(
        Person,
        verbose_name=_("asked by"),
        null=True,
        blank=True,
        related_name="reopenings",
        on_delete=models.SET_NULL,
    )
    reason = models.CharField(_("reason"), max_length=500)
    asked_at = models.DateTimeField(_("asked"))
    state = models.CharField(_("state"), max_length=7, choices=ReopeningState, default=ReopeningState.ASKED)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    until = models.DateTimeField(_("open until"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("request for more time")
        verbose_name_plural = _("requests for more time")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "party"], condition=models.Q(state="asked"), name="reopening_asked_once"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="reopening_has_reason"),
            models.CheckConstraint(
                condition=models.Q(state="granted", until__isnull=False) | ~models.Q(state="granted"),
                name="reopening_granted_until",
            ),
            models.CheckConstraint(condition=models.Q(state__in=ReopeningState.values), name="reopening_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.call_id}"
