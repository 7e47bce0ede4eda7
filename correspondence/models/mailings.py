"""A mailing: the letters that one act of an organizer writes, looked at and let go together."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7


class Mailing(models.Model):
    """Letters of one act. While ``released_at`` is empty its messages are held: to be read, edited, left out or let go."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    title = models.CharField(_("occasion"), max_length=200)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("begun by"), null=True, related_name="+", on_delete=models.PROTECT
    )
    begun_at = models.DateTimeField(_("begun"))
    released_at = models.DateTimeField(_("let go"), null=True, blank=True)

    class Meta:
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        ordering = ["-begun_at", "-id"]

    def __str__(self) -> str:
        return self.title
