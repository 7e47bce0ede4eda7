"""Passports and their like: what a visa and a ticket need. All of it is sealed, and goes soon after the workshop."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from accounts.models.sealed import SealedTextField
from correspondence.models import StoredFile
from participants.models.registrations import Registration
from workshops.models import Party


class TravelDocumentKind(models.TextChoices):
    """The kinds of the secretariat's own passport form (edge case E09)."""

    REGULAR = "regular", _("Regular passport")
    OFFICIAL = "official", _("Official or service passport")
    DIPLOMATIC = "diplomatic", _("Diplomatic passport")
    LAISSEZ_PASSER = "unlp", _("United Nations laissez-passer")
    OTHER = "other", _("Another travel document")


class TravelDocument(models.Model):
    """A document somebody travels on; ``position`` 1 is the one for this journey, 2 a second one (edge case E09).

    ``issuer`` is the issuing Party, none for one of an organization. Dates are sealed as ISO 8601 text. ``scan`` is a picture of
    the page with the photograph, sealed as well.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    registration = models.ForeignKey(
        Registration, verbose_name=_("registration"), related_name="travel_documents", on_delete=models.CASCADE
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    kind = models.CharField(_("kind"), max_length=10, choices=TravelDocumentKind)
    issuer = models.ForeignKey(
        Party, verbose_name=_("issued by"), null=True, blank=True, related_name="+", on_delete=models.PROTECT
    )
    number = SealedTextField(_("number"))
    born_on = SealedTextField(_("date of birth"), blank=True)
    issued_on = SealedTextField(_("issued on"), blank=True)
    expires_on = SealedTextField(_("valid until"), blank=True)
    scan = models.ForeignKey(
        StoredFile, verbose_name=_("copy"), null=True, blank=True, related_name="scans", on_delete=models.SET_NULL
    )
    saved_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("travel document")
        verbose_name_plural = _("travel documents")
        ordering = ["registration", "position"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "position"], name="travel_document_position_once"),
            models.CheckConstraint(condition=models.Q(position__in=[1, 2]), name="travel_document_position_range"),
            models.CheckConstraint(condition=~models.Q(number=""), name="travel_document_has_number"),
            models.CheckConstraint(
                condition=models.Q(kind__in=TravelDocumentKind.values), name="travel_document_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
