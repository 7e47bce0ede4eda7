"""How a participant comes and goes, and where they sleep."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from participants.models.registrations import Registration


class Booker(models.TextChoices):
    SECRETARIAT = "secretariat", _("The secretariat")
    SELF = "self", _("I do, or my Government does")


class Journey(models.Model):
    """The way there and back; the days stand on the registration."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    registration = models.OneToOneField(
        Registration, verbose_name=_("registration"), related_name="journey", on_delete=models.CASCADE
    )
    leaves_from = models.CharField(_("starts from"), max_length=120, blank=True)
    booked_by = models.CharField(_("who books"), max_length=12, choices=Booker, default=Booker.SECRETARIAT)
    way_in = models.CharField(_("flight or train there, with the time of arrival"), max_length=200, blank=True)
    way_out = models.CharField(_("flight or train back, with the time of departure"), max_length=200, blank=True)
    note = models.CharField(_("what else we should know"), max_length=500, blank=True)
    saved_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("journey")
        verbose_name_plural = _("journeys")
        ordering = ["registration"]
        constraints = [
            models.CheckConstraint(condition=models.Q(booked_by__in=Booker.values), name="journey_booker_known")
        ]

    def __str__(self) -> str:
        return self.leaves_from or str(self.registration_id)


class Lodging(models.TextChoices):
    HOTEL = "hotel", _("The hotel of the workshop")
    OWN = "own", _("I find a place myself")
    HOME = "home", _("None, I live near")


class Stay(models.Model):
    """Where somebody sleeps, from the night of ``first_night`` to that of ``last_night``, both counted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    registration = models.OneToOneField(
        Registration, verbose_name=_("registration"), related_name="stay", on_delete=models.CASCADE
    )
    lodging = models.CharField(_("accommodation"), max_length=6, choices=Lodging)
    first_night = models.DateField(_("first night"), null=True, blank=True)
    last_night = models.DateField(_("last night"), null=True, blank=True)
    note = models.CharField(_("wishes"), max_length=500, blank=True)
    saved_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("stay")
        verbose_name_plural = _("stays")
        ordering = ["registration"]
        constraints = [
            models.CheckConstraint(condition=models.Q(lodging__in=Lodging.values), name="stay_lodging_known"),
            models.CheckConstraint(
                condition=models.Q(first_night__isnull=True, last_night__isnull=True)
                | models.Q(
                    first_night__isnull=False, last_night__isnull=False, first_night__lte=models.F("last_night")
                ),
                name="stay_nights",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_lodging_display())
