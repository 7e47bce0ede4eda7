"""Focal points: who may speak for a Party, on what, and for which time."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from correspondence.models import StoredFile
from participants.models.persons import Person
from workshops.models import Party


class FocalPointKind(models.TextChoices):
    """The convention's fifteen kinds and FAO's national focal points (note, Annex II: "through FAO and CBD focal points")."""

    CBD_PRIMARY = "CBD-FP1", _("CBD national focal point")
    CBD_SECONDARY = "CBD-FP2", _("CBD secondary national focal point")
    SBSTTA = "SBSTTA-FP", _("SBSTTA focal point")
    PROTECTED_AREAS = "PA-FP", _("Programme of work on protected areas focal point")
    CHM = "CHM-FP", _("Clearing-house mechanism focal point")
    GSPC = "GSPC-FP", _("Global Strategy for Plant Conservation focal point")
    GTI = "GTI-FP", _("Global Taxonomy Initiative focal point")
    RESOURCE = "RM-FP", _("Resource mobilization focal point")
    TRADITIONAL = "TKBD-FP", _("Traditional knowledge focal point")
    ABS = "ABS-FP", _("Nagoya Protocol focal point")
    NAGOYA = "NP-FP", _("Nagoya Protocol focal point (later code)")
    ABS_COMMITTEE = "ABS-IC", _("Focal point to the Intergovernmental Committee for the Nagoya Protocol")
    CARTAGENA_PRIMARY = "CPB-FP1", _("Cartagena Protocol focal point")
    CARTAGENA_SECONDARY = "CPB-FP2", _("Cartagena Protocol secondary focal point")
    BCH = "BCH-FP", _("Biosafety Clearing-House focal point")
    FAO = "FAO-FP", _("FAO national focal point")


class FocalPoint(models.Model):
    """A mandate of ``person`` for ``party``, in the half-open range [``valid_from``, ``valid_to``).

    ``designation`` names the letter that made it (reference and date), ``letter`` is its scan, ``language`` the one to write in
    where it differs from the person's. A row with ``deputy_of`` is a deputy's (FAO: alternate), named by the holder of that
    mandate, of the same Party and kind, and ends with it at the latest; one taken back on the day of its naming keeps an
    empty range and never stood. ``confirmed_on`` is when the Party last said that the row is right.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey(Party, verbose_name=_("Party"), related_name="focal_points", on_delete=models.PROTECT)
    person = models.ForeignKey(Person, verbose_name=_("person"), related_name="mandates", on_delete=models.CASCADE)
    kind = models.CharField(_("kind"), max_length=10, choices=FocalPointKind)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until before"), null=True, blank=True)
    designation = models.CharField(_("letter of designation"), max_length=120, blank=True)
    letter = models.ForeignKey(
        StoredFile,
        verbose_name=_("scan of the letter"),
        null=True,
        blank=True,
        related_name="designations",
        on_delete=models.PROTECT,
    )
    language = models.CharField(_("language of correspondence"), max_length=2, choices=settings.LANGUAGES, blank=True)
    deputy_of = models.ForeignKey(
        "self", verbose_name=_("deputy of"), null=True, blank=True, related_name="deputies", on_delete=models.CASCADE
    )
    confirmed_on = models.DateField(_("confirmed"), null=True, blank=True)

    class Meta:
        verbose_name = _("focal point")
        verbose_name_plural = _("focal points")
        ordering = ["party", "kind", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["party", "person", "kind", "valid_from"], name="focal_point_once"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_from__lt=models.F("valid_to"))
                | models.Q(valid_from=models.F("valid_to"), deputy_of__isnull=False),
                name="focal_point_range",
            ),
            models.CheckConstraint(condition=models.Q(kind__in=FocalPointKind.values), name="focal_point_kind_known"),
            models.CheckConstraint(
                condition=models.Q(deputy_of__isnull=True) | ~models.Q(deputy_of=models.F("id")),
                name="focal_point_deputy_of_another",
            ),
        ]
        indexes = [models.Index(fields=["kind", "valid_from", "valid_to"], name="focal_point_standing")]

    def __str__(self) -> str:
        return f"{self.kind} {self.party_id}"
