"""Contributions: who pays, in money or in kind, and what for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from workshops.models.parties import Party
from workshops.models.programmes import Programme
from workshops.models.workshops import Workshop


class ContributionKind(models.TextChoices):
    CASH = "cash", _("In cash")
    IN_KIND = "in-kind", _("In kind")


class Contribution(models.Model):
    """A donor's voluntary contribution (note, para 27).

    ``amount`` is in units of ``currency`` (ISO 4217) and null where the source names the donor and no sum. ``earmark`` says in
    words what it may pay for; ``earmark_workshop``, when set, is the only workshop it may pay for.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), related_name="contributions", on_delete=models.CASCADE
    )
    donor = models.ForeignKey(Party, verbose_name=_("donor"), related_name="contributions", on_delete=models.PROTECT)
    fund = models.CharField(_("fund"), max_length=120, blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=ContributionKind)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    description = models.CharField(_("description"), max_length=300, blank=True)
    earmark = models.CharField(_("earmark"), max_length=300, blank=True)
    earmark_workshop = models.ForeignKey(
        Workshop,
        verbose_name=_("for the workshop"),
        null=True,
        blank=True,
        related_name="contributions",
        on_delete=models.SET_NULL,
    )
    pledged_on = models.DateField(_("pledged"), null=True, blank=True)
    received_on = models.DateField(_("received"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["programme", "donor", "id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "donor", "fund", "description"], name="contribution_once"),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True, currency="")
                | models.Q(amount__isnull=False, amount__gt=0, currency__regex=r"^[A-Z]{3}$"),
                name="contribution_amount_has_currency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.donor_id} {self.fund}".strip()
