"""Personal links: a secret address that lets one person do one thing until a date."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from participants.models.calls import Call
from participants.models.campaigns import Campaign
from participants.models.invitations import Invitation
from participants.models.persons import Person
from workshops.models import Party, Workshop


class LinkPurpose(models.TextChoices):
    NOMINATE = "nominate", _("Nominate for a call")
    INVITATION = "invitation", _("Answer an invitation and register")
    TARGETS = "targets", _("Submit national targets")
    CONFIRM = "confirm", _("Confirm focal points")


class PersonalLink(models.Model):
    """A link of ``person`` for one purpose; the token itself is never stored, only its ``digest`` (see accounts.tokens)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, verbose_name=_("person"), related_name="links", on_delete=models.CASCADE)
    purpose = models.CharField(_("purpose"), max_length=10, choices=LinkPurpose)
    call = models.ForeignKey(
        Call, verbose_name=_("call"), null=True, blank=True, related_name="links", on_delete=models.CASCADE
    )
    invitation = models.ForeignKey(
        Invitation, verbose_name=_("invitation"), null=True, blank=True, related_name="links", on_delete=models.CASCADE
    )
    workshop = models.ForeignKey(
        Workshop, verbose_name=_("workshop"), null=True, blank=True, related_name="links", on_delete=models.CASCADE
    )
    campaign = models.ForeignKey(
        Campaign, verbose_name=_("campaign"), null=True, blank=True, related_name="links", on_delete=models.CASCADE
    )
    party = models.ForeignKey(
        Party, verbose_name=_("Party"), null=True, blank=True, related_name="links", on_delete=models.CASCADE
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    class Meta:
        verbose_name = _("personal link")
        verbose_name_plural = _("personal links")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    purpose="nominate",
                    call__isnull=False,
                    party__isnull=False,
                    invitation__isnull=True,
                    workshop__isnull=True,
                    campaign__isnull=True,
                )
                | models.Q(
                    purpose="invitation",
                    invitation__isnull=False,
                    call__isnull=True,
                    party__isnull=True,
                    workshop__isnull=True,
                    campaign__isnull=True,
                )
                | models.Q(
                    purpose="targets",
                    workshop__isnull=False,
                    party__isnull=False,
                    call__isnull=True,
                    invitation__isnull=True,
                    campaign__isnull=True,
                )
                | models.Q(
                    purpose="confirm",
                    campaign__isnull=False,
                    party__isnull=False,
                    call__isnull=True,
                    invitation__isnull=True,
                    workshop__isnull=True,
                ),
                name="link_fits_its_purpose",
            ),
            models.CheckConstraint(
                condition=models.Q(created_at__lt=models.F("expires_at")), name="link_expires_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {self.person}"
