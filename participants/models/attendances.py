"""Who was there, by local day."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from participants.models.registrations import Registration


class Attendance(models.Model):
    """A registered person was present on ``day``, a local date of the venue; no row means not seen."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    registration = models.ForeignKey(
        Registration, verbose_name=_("registration"), related_name="attendances", on_delete=models.PROTECT
    )
    day = models.DateField(_("day"))
    recorded_at = models.DateTimeField(_("recorded"))

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["day", "registration"]
        constraints = [models.UniqueConstraint(fields=["registration", "day"], name="attendance_day_once")]

    def __str__(self) -> str:
        return f"{self.registration} {self.day}"
