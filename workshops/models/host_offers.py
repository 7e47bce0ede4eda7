"""A Government's offer to host a workshop of a programme."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from accounts.states import table
from workshops.models.parties import Party
from workshops.models.programmes import Programme
from workshops.models.workshops import Workshop


class HostOfferState(models.TextChoices):
    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


HOST_OFFER_STEPS = table(HostOfferState, offered=("accepted", "declined", "withdrawn"), accepted=("withdrawn",))


class HostOffer(models.Model):
    """An offer of a city for dates in the half-open range [``free_from``, ``free_to``); an accepted one names its workshop."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), related_name="host_offers", on_delete=models.CASCADE
    )
    party = models.ForeignKey(Party, verbose_name=_("Party"), related_name="host_offers", on_delete=models.PROTECT)
    city = models.CharField(_("city"), max_length=80)
    free_from = models.DateField(_("free from"))
    free_to = models.DateField(_("free until before"))
    capacity = models.PositiveSmallIntegerField(_("participants at most"))
    covers = models.TextField(_("what the host provides"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=HostOfferState, default=HostOfferState.OFFERED)
    workshop = models.OneToOneField(
        Workshop,
        verbose_name=_("workshop"),
        null=True,
        blank=True,
        related_name="host_offer",
        on_delete=models.SET_NULL,
    )

    class Meta:
        verbose_name = _("host offer")
        verbose_name_plural = _("host offers")
        ordering = ["programme", "free_from", "city"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "party", "city"], name="host_offer_once"),
            models.CheckConstraint(condition=models.Q(free_from__lt=models.F("free_to")), name="host_offer_range"),
            models.CheckConstraint(condition=models.Q(capacity__gt=0), name="host_offer_capacity"),
        ]

    def __str__(self) -> str:
        return f"{self.city} ({self.party_id})"
