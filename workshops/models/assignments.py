"""Who works for a workshop without being an organizer: the host's liaison, and who pays."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workshops.models.workshops import Workshop


class Assignment(models.Model):
    """A host liaison or somebody of finance may see what the role shows of this workshop, and of no other."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), related_name="assignments", on_delete=models.CASCADE
    )
    workshop = models.ForeignKey(
        Workshop, verbose_name=_("workshop"), related_name="assignments", on_delete=models.CASCADE
    )
    assigned_at = models.DateTimeField(_("assigned"))

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["workshop", "user"]
        constraints = [models.UniqueConstraint(fields=["user", "workshop"], name="assignment_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.workshop}"
