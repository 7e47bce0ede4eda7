"""An invitation and the answer to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from accounts.states import table
from participants.models.nominations import Nomination


class InvitationState(models.TextChoices):
    OPEN = "open", _("Waiting for the answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    CANCELLED = "cancelled", _("Cancelled")
    VISA_REFUSED = "visa_refused", _("Visa refused")
    VISA_LATE = "visa_late", _("Visa too late")
    REPLACED = "replaced", _("Replaced by the Party")


INVITATION_STEPS = table(
    InvitationState,
    open=("accepted", "declined", "cancelled", "replaced"),
    accepted=("declined", "cancelled", "visa_refused", "visa_late", "replaced"),
)
# Whose seat it still holds: all others have given it up, or it was taken from them.
STANDING = (InvitationState.OPEN, InvitationState.ACCEPTED)


class Invitation(models.Model):
    """One invitation a nomination, for life; the answer is due by ``respond_by`` (UTC)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    nomination = models.OneToOneField(
        Nomination, verbose_name=_("nomination"), related_name="invitation", on_delete=models.PROTECT
    )
    state = models.CharField(_("state"), max_length=12, choices=InvitationState, default=InvitationState.OPEN)
    invited_at = models.DateTimeField(_("invited"))
    respond_by = models.DateTimeField(_("answer due"))
    responded_at = models.DateTimeField(_("answered"), null=True, blank=True)
    decline_reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=InvitationState.values), name="invitation_state_known"),
            models.CheckConstraint(
                condition=models.Q(invited_at__lt=models.F("respond_by")),
                name="invitation_answer_after_letter",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["accepted", "declined", "visa_refused", "visa_late"])
                | models.Q(responded_at__isnull=False),
                name="invitation_answer_has_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.nomination)
