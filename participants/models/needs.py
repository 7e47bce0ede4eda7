"""What somebody may eat and needs to take part, and whom to call in an emergency: sealed, and gone soon after."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from accounts.models.sealed import SealedTextField
from participants.models.registrations import Registration


class Needs(models.Model):
    """Food, access and health, each in the person's own words."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    registration = models.OneToOneField(
        Registration, verbose_name=_("registration"), related_name="needs", on_delete=models.CASCADE
    )
    diet = SealedTextField(_("food"), blank=True)
    access = SealedTextField(_("access"), blank=True)
    health = SealedTextField(_("health"), blank=True)
    saved_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("food and access")
        verbose_name_plural = _("food and access")
        ordering = ["registration"]

    def __str__(self) -> str:
        return str(self.registration_id)


class EmergencyContact(models.Model):
    """Whom to call when something happens to a participant."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    registration = models.OneToOneField(
        Registration, verbose_name=_("registration"), related_name="emergency_contact", on_delete=models.CASCADE
    )
    name = SealedTextField(_("name"))
    relation = SealedTextField(_("who that is to the participant"), blank=True)
    phone = SealedTextField(_("telephone"))
    language = models.CharField(_("language to speak in"), max_length=60, blank=True)
    saved_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("emergency contact")
        verbose_name_plural = _("emergency contacts")
        ordering = ["registration"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(phone=""), name="emergency_contact_can_be_called"
            )
        ]

    def __str__(self) -> str:
        return str(self.registration_id)
