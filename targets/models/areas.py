"""Where a national target applies."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from targets.models.items import TargetItem


class Area(models.Model):
    """A named area of a national target; ``geometry`` is a GeoJSON geometry (WGS 84) or null when only the name is known."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    item = models.ForeignKey(TargetItem, verbose_name=_("item"), related_name="areas", on_delete=models.CASCADE)
    name = models.CharField(_("name"), max_length=200)
    geometry = models.JSONField(_("geometry"), null=True, blank=True)
    hectares_stated = models.DecimalField(
        _("hectares as stated"), max_digits=20, decimal_places=4, null=True, blank=True
    )

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["item", "name"]
        constraints = [
            models.UniqueConstraint(fields=["item", "name"], name="area_name_once"),
            models.CheckConstraint(
                condition=models.Q(hectares_stated__isnull=True) | models.Q(hectares_stated__gt=0),
                name="area_positive",
            ),
        ]

    def __str__(self) -> str:
        return self.name
