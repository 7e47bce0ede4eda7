"""Another person in the seat of one who was selected (edge case E29)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from participants.models.nominations import Nomination


class Replacement(models.Model):
    """The Party put ``after`` in the seat of ``before``; ``sunk`` is what was spent on the first journey and stays spent.

    ``letter_date`` is that of the Party's letter about it; ``reason`` its own words.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    before = models.OneToOneField(
        Nomination, verbose_name=_("before"), related_name="replaced_in_seat", on_delete=models.PROTECT
    )
    after = models.OneToOneField(
        Nomination, verbose_name=_("after"), related_name="took_seat", on_delete=models.PROTECT
    )
    letter_date = models.DateField(_("date of the letter"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500)
    sunk = models.DecimalField(_("spent on the first journey"), max_digits=10, decimal_places=2, null=True, blank=True)
    replaced_at = models.DateTimeField(_("replaced"))

    class Meta:
        verbose_name = _("replacement")
        verbose_name_plural = _("replacements")
        ordering = ["-replaced_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(before=models.F("after")), name="replacement_of_another"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="replacement_has_reason"),
            models.CheckConstraint(
                condition=models.Q(sunk__isnull=True) | models.Q(sunk__gte=0), name="replacement_sunk_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before_id} → {self.after_id}"
