"""Two who say they speak for a Party send different nominees (E10)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from participants.models.calls import Call
from participants.models.focal_points import FocalPoint
from workshops.models import Party


class Dispute(models.Model):
    """An open dispute holds back the nominations concerned; it is settled by naming the focal point who stood.

    ``standing`` is whose list counts and ``judged_on`` the date of the letter on which the mandate stood; ``note`` says on
    which ground the secretariat confirmed it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    call = models.ForeignKey(Call, verbose_name=_("call"), related_name="disputes", on_delete=models.CASCADE)
    party = models.ForeignKey(Party, verbose_name=_("Party"), related_name="disputes", on_delete=models.PROTECT)
    raised_at = models.DateTimeField(_("raised"))
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    standing = models.ForeignKey(
        FocalPoint,
        verbose_name=_("standing focal point"),
        null=True,
        blank=True,
        related_name="disputes_won",
        on_delete=models.PROTECT,
    )
    judged_on = models.DateField(_("judged on the date of the letter"), null=True, blank=True)
    note = models.CharField(_("ground"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        ordering = ["-raised_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "party"], condition=Q(settled_at__isnull=True), name="dispute_open_once"
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, standing__isnull=True)
                | Q(settled_at__isnull=False, standing__isnull=False, judged_on__isnull=False),
                name="dispute_settled_by_standing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.call_id}"
