"""Letters in support of a visa."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Refused
from accounts.verbs.activities import record
from correspondence.models import Mailing, Message
from participants.models import Invitation, Registration
from participants.models.invitations import InvitationState
from participants.verbs.invitations import lockable, require_own
from participants.verbs.letters import already_written, key_for, write_to_nominee
from workshops.models import Workshop
from workshops.verbs.workshops import require_days


def support_visa(invitation: Invitation, *, by: Actor, at: datetime, mailing: Mailing | None = None) -> Message | None:
    """Write the letter (a PDF under the letterhead) that supports a participant's application for a visa.

    The participant asks for it, or an organizer for them; it goes to the participant, once a day (UTC), and bears the name
    as in the passport when we know it. Raises ``NotAllowed`` (``not_yours``) and ``Refused`` (``not_accepted``,
    ``workshop_over``, ``workshop_online``, ``workshop_put_off``, ``no_address``, ``written_today``).
    """
    require_own(invitation, by)
    occasion = at.date().isoformat()
    with transaction.atomic():
        invitation = lockable().get(pk=invitation.pk)
        _check(invitation, at)
        nomination = invitation.nomination
        if already_written([key_for(nomination, "visa-support", occasion)]):
            raise Refused("written_today", _("A letter for %(name)s was written today.") % {"name": nomination.person})
        message = write_to_nominee(
            nomination, "visa-support", at=at, occasion=occasion, mailing=mailing, name=_passport_name(invitation)
        )
        record("support_visa", invitation, by=by, at=at)
    return message


def may_ask(invitation: Invitation, at: datetime) -> bool:
    """Whether this is the time for such a letter: from the acceptance to the last day of a workshop people travel to."""
    workshop = invitation.nomination.call.workshop
    travels = not workshop.online and not workshop.put_off
    return invitation.state == InvitationState.ACCEPTED and travels and not _over(workshop, at)


def _over(workshop: Workshop, at: datetime) -> bool:
    return at.astimezone(ZoneInfo(workshop.zone)).date() > workshop.ends_on


def _check(invitation: Invitation, at: datetime) -> None:
    person, workshop = invitation.nomination.person, invitation.nomination.call.workshop
    if invitation.state != InvitationState.ACCEPTED:
        raise Refused("not_accepted", _("Only who has accepted the invitation gets a letter for the visa."))
    if workshop.online:
        raise Refused("workshop_online", _("The workshop is held online; nobody needs a visa for it."))
    require_days(workshop)
    if _over(workshop, at):
        raise Refused("workshop_over", _("The workshop is over."))
    if not person.email:
        raise Refused("no_address", _("%(name)s has no e-mail address; enter one first.") % {"name": person})


def _passport_name(invitation: Invitation) -> str:
    registration = Registration.objects.filter(invitation=invitation).first()
    person = invitation.nomination.person
    return (registration.passport_name if registration else "") or person.passport_name or person.name
