"""Signatures under a nomination: whose, through which channel, and the date of the letter."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from participants.models.focal_points import FocalPoint
from participants.models.nominations import Nomination


class Channel(models.TextChoices):
    """Annex II, participants: "through FAO and CBD focal points"."""

    CBD = "cbd", _("CBD focal point")
    FAO = "fao", _("FAO focal point")


class Endorsement(models.Model):
    """One signature: of a focal point, or of a senior official named in ``official`` with a note (E11).

    Standing is judged on ``letter_date``, the date of the official letter; ``signed_at`` is when it reached the planner.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    nomination = models.ForeignKey(
        Nomination, verbose_name=_("nomination"), related_name="endorsements", on_delete=models.CASCADE
    )
    channel = models.CharField(_("channel"), max_length=3, choices=Channel)
    focal_point = models.ForeignKey(
        FocalPoint,
        verbose_name=_("focal point"),
        null=True,
        blank=True,
        related_name="endorsements",
        on_delete=models.PROTECT,
    )
    official = models.CharField(_("senior official: name and office"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    letter_date = models.DateField(_("date of the letter"))
    signed_at = models.DateTimeField(_("signed"))

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["nomination", "signed_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["nomination", "channel"], name="endorsement_channel_once"),
            models.CheckConstraint(condition=models.Q(channel__in=Channel.values), name="endorsement_channel_known"),
            models.CheckConstraint(
                condition=models.Q(focal_point__isnull=False, official="")
                | (models.Q(focal_point__isnull=True) & ~models.Q(official="")),
                name="endorsement_by_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nomination_id} {self.channel}"
