"""What an invited person tells the secretariat after accepting; only what this stage needs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from participants.models.invitations import Invitation
from workshops.models import Party


class Registration(models.Model):
    """One registration an accepted invitation.

    Government represented (on the nomination), ``nationality`` and country of ``residence`` are three fields (edge case E08).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    invitation = models.OneToOneField(
        Invitation, verbose_name=_("invitation"), related_name="registration", on_delete=models.PROTECT
    )
    badge_name = models.CharField(_("name on the badge"), max_length=200)
    passport_name = models.CharField(_("name as in the passport"), max_length=200, blank=True)
    nationality = models.ForeignKey(
        Party, verbose_name=_("nationality"), null=True, blank=True, related_name="nationals", on_delete=models.PROTECT
    )
    residence = models.ForeignKey(
        Party, verbose_name=_("residence"), null=True, blank=True, related_name="residents", on_delete=models.PROTECT
    )
    arrives_on = models.DateField(_("arrives"), null=True, blank=True)
    leaves_on = models.DateField(_("leaves"), null=True, blank=True)
    may_list = models.BooleanField(_("may stand in the list of participants"), default=False)
    registered_at = models.DateTimeField(_("registered"))
    changed_at = models.DateTimeField(_("last changed"))

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["-registered_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(badge_name=""), name="registration_has_badge_name"),
            models.CheckConstraint(
                condition=models.Q(arrives_on__isnull=True)
                | models.Q(leaves_on__isnull=True)
                | models.Q(arrives_on__lte=models.F("leaves_on")),
                name="registration_stay",
            ),
        ]

    def __str__(self) -> str:
        return self.badge_name
