"""What the nightly purge did, and who was erased: counts and ids, nothing of anybody."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7


class Purge(models.Model):
    """One run; ``counts`` says how many rows and files of each rule of ``participants.privacy`` went."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    started_at = models.DateTimeField(_("started"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    counts = models.JSONField(_("what went"), default=dict, blank=True)
    files = models.PositiveIntegerField(_("files deleted"), default=0)
    problem = models.CharField(_("problem"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("purge")
        verbose_name_plural = _("purges")
        ordering = ["-started_at", "-id"]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d}"
