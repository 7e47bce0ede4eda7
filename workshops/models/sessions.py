"""Sessions of a workshop's agenda."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from accounts.texts import localized
from workshops.models.curricula import CurriculumItem
from workshops.models.workshops import Workshop


class SessionKind(models.TextChoices):
    PLENARY = "plenary", _("Plenary")
    GROUPS = "groups", _("Group work")
    CASE_STUDY = "case-study", _("Case studies")
    VISIT = "visit", _("Study visit")


class Session(models.Model):
    """A part of the agenda from ``starts_at`` to ``ends_at`` (UTC), on one curriculum item or none."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    workshop = models.ForeignKey(
        Workshop, verbose_name=_("workshop"), related_name="sessions", on_delete=models.CASCADE
    )
    curriculum_item = models.ForeignKey(
        CurriculumItem,
        verbose_name=_("curriculum item"),
        null=True,
        blank=True,
        related_name="sessions",
        on_delete=models.PROTECT,
    )
    kind = models.CharField(_("kind"), max_length=12, choices=SessionKind, default=SessionKind.PLENARY)
    title = models.JSONField(_("title"), default=dict)
    room = models.CharField(_("room"), max_length=80, blank=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["workshop", "starts_at", "room"]
        constraints = [
            models.CheckConstraint(condition=models.Q(starts_at__lt=models.F("ends_at")), name="session_times"),
            models.UniqueConstraint(fields=["workshop", "room", "starts_at"], name="session_room_once"),
        ]

    def __str__(self) -> str:
        return localized(self.title) or str(self.pk)
