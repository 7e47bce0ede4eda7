"""One append-only log of who did what: it reads as sentences and is written by verbs alone."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7


class ActivityEntry(models.Model):
    """``actor`` did ``verb`` to ``subject`` at ``at``; ``changes`` holds plain values only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField(_("when"), db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), null=True, blank=True, on_delete=models.SET_NULL
    )
    actor_label = models.CharField(_("who"), max_length=200)
    address = models.GenericIPAddressField(_("from"), null=True, blank=True)
    verb = models.CharField(_("verb"), max_length=60)
    subject_kind = models.CharField(_("kind"), max_length=60)
    subject_key = models.CharField(_("key"), max_length=60)
    subject_label = models.CharField(_("what"), max_length=200)
    changes = models.JSONField(_("changes"), default=dict, blank=True)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["subject_kind", "subject_key"], name="activity_subject")]

    def __str__(self) -> str:
        return f"{self.actor_label}: {self.verb} {self.subject_label}"
