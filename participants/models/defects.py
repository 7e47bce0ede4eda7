"""What an organizer found wrong with a nomination, until it is put right (E33)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from participants.models.nominations import Nomination


class DefectKind(models.TextChoices):
    UNSIGNED = "unsigned", _("The letter is not signed")
    PROFILE = "profile", _("The profile does not fit the track")
    ILLEGIBLE = "illegible", _("A paper cannot be read")
    OTHER = "other", _("Something else")


class Defect(models.Model):
    """One finding; papers that are missing need no row, the dossier knows them itself."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    nomination = models.ForeignKey(
        Nomination, verbose_name=_("nomination"), related_name="defects", on_delete=models.CASCADE
    )
    kind = models.CharField(_("kind"), max_length=9, choices=DefectKind)
    note = models.CharField(_("note"), max_length=500, blank=True)
    noted_at = models.DateTimeField(_("noted"))
    cured_at = models.DateTimeField(_("put right"), null=True, blank=True)

    class Meta:
        verbose_name = _("defect")
        verbose_name_plural = _("defects")
        ordering = ["nomination", "noted_at", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=DefectKind.values), name="defect_kind_known"),
            models.CheckConstraint(
                condition=~models.Q(kind="other") | ~models.Q(note=""), name="defect_other_says_what"
            ),
            models.UniqueConstraint(
                fields=["nomination", "kind", "note"],
                condition=models.Q(cured_at__isnull=True),
                name="defect_open_once",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
