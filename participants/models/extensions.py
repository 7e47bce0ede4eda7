"""The deadlines a call had before."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.models.calls import Call


class CallExtension(models.Model):
    """One extension: the deadline before and the one after it; both are kept (E34).

    What was sent before ``extended_at`` is judged by the deadline before, whatever came later.
    """

    call = models.ForeignKey(Call, verbose_name=_("call"), related_name="extensions", on_delete=models.CASCADE)
    extended_at = models.DateTimeField(_("extended"))
    previous_at = models.DateTimeField(_("deadline before"))
    previous_zone = models.CharField(_("zone of the deadline before"), max_length=60)
    deadline_at = models.DateTimeField(_("new deadline"))
    deadline_zone = models.CharField(_("zone of the new deadline"), max_length=60)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    extended_by = models.CharField(_("extended by"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("extension of a call")
        verbose_name_plural = _("extensions of a call")
        ordering = ["call", "extended_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(previous_at__lt=models.F("deadline_at")), name="extension_gives_more_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.deadline_at:%Y-%m-%d}"
