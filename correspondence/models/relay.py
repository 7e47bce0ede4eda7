"""The mail server as the planner knows it: working, away, or stopped by an organizer."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from correspondence.models.messages import DETAIL_LIMIT


class Relay(models.Model):
    """What delivery looks at before it claims anything; there is one row.

    ``away_since`` is set while the server cannot be reached; ``retry_at`` is then when to try next and ``failures`` how
    often it was tried in vain. ``stopped_at`` is set while an organizer holds all mail back.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    away_since = models.DateTimeField(_("away since"), null=True, blank=True)
    retry_at = models.DateTimeField(_("next try"), null=True, blank=True)
    failures = models.PositiveIntegerField(_("tries in vain"), default=0)
    detail = models.CharField(_("in the server's words"), max_length=DETAIL_LIMIT, blank=True)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("stopped by"), null=True, related_name="+", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = _("mail server")
        verbose_name_plural = _("mail server")
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="relay_once"),
            models.CheckConstraint(
                condition=models.Q(away_since__isnull=True, retry_at__isnull=True, failures=0)
                | models.Q(away_since__isnull=False, retry_at__isnull=False, failures__gt=0),
                name="relay_away_has_next_try",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Mail server"))
