"""Where somebody comes from who was sent for a territory that is no Party itself (E19)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from participants.models.nominations import Nomination


class TerritoryDecision(models.Model):
    """An organizer's decision on somebody from ``territory``, in whose name no Party speaks, such as Tokelau in Suva (2013).

    The person is kept under the responsible Party, the one that nominates, and holds a place of it; or ``as_observer``, apart
    from the seats for Parties.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    nomination = models.OneToOneField(
        Nomination, verbose_name=_("nomination"), related_name="territory", on_delete=models.CASCADE
    )
    territory = models.CharField(_("territory"), max_length=120)
    as_observer = models.BooleanField(_("as an observer"))
    reason = models.CharField(_("reason"), max_length=500)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        related_name="territory_decisions",
        on_delete=models.SET_NULL,
    )
    decided_at = models.DateTimeField(_("decided"))

    class Meta:
        verbose_name = _("decision on a territory")
        verbose_name_plural = _("decisions on territories")
        ordering = ["nomination"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(territory=""), name="territory_has_name"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="territory_has_reason"),
        ]

    def __str__(self) -> str:
        return self.territory
