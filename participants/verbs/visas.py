"""Visas: letters in support of them, how far an application has come, and what a refused or late one means (E28)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, Refused
from accounts.states import move
from accounts.verbs.activities import record
from correspondence.models import Mailing, Message
from participants.models import Invitation, Registration, Visa
from participants.models.invitations import INVITATION_STEPS, InvitationState
from participants.models.registrations import RegistrationStage
from participants.models.visas import VISA_STEPS, VisaState
from participants.verbs.invitations import lockable, require_own
from participants.verbs.letters import already_written, event_for, key_for, write_to_nominee
from participants.verbs.names import clean_text
from participants.verbs.promotions import fill_seats, hold_seats
from participants.verbs.registrations import hold
from workshops.models import Workshop
from workshops.verbs.workshops import require_days

MISSION_LIMIT, NOTE_LIMIT = 200, 500
ENDING = {VisaState.REFUSED: InvitationState.VISA_REFUSED, VisaState.LATE: InvitationState.VISA_LATE}


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


def tell_visa(invitation: Invitation, state: VisaState, *, mission: str = "", by: Actor, at: datetime) -> Visa:
    """Note how far a participant's application has come, as the participant or an organizer tells.

    Raises ``NotAllowed`` (``not_yours``), ``Invalid`` (``unknown_choice``, ``too_long``) and ``Refused`` (``not_accepted``,
    ``registration_closed``, ``stage_off``, ``illegal_step``). What ends the journey has a verb of its own, ``end_for_visa``.
    """
    if state in ENDING or state not in VisaState.values:
        raise Invalid("unknown_choice", _("Choose how far your application has come."), field="visa_state")
    with transaction.atomic():
        registration = hold(invitation, RegistrationStage.DOCUMENT, by=by, at=at)
        registration.changed_at = at
        registration.save()
        visa = Visa.objects.filter(registration=registration).first() or Visa(registration=registration)
        if visa.state != state:
            move(visa, state, VISA_STEPS)
        visa.mission = clean_text(mission, limit=MISSION_LIMIT, field="mission") or visa.mission
        visa.changed_at = at
        visa.save()
        record("tell_visa", registration, by=by, at=at, state=state.value)
    return visa


def end_for_visa(
    invitation: Invitation,
    state: VisaState,
    *,
    note: str = "",
    mailing: Mailing | None = None,
    by: Actor,
    at: datetime,
) -> Invitation:
    """Say that a visa was refused, or that no answer came in time: the person cannot come, the seat goes to a reserve (E28).

    The participant or an organizer says so. The invitation ends as ``visa_refused`` or ``visa_late``, which no figure counts as
    the country's staying away, and the participant gets a letter. Raises ``NotAllowed`` (``not_yours``), ``Invalid``
    (``unknown_choice``, ``too_long``) and ``Refused`` (``workshop_online``, ``illegal_step``).
    """
    require_own(invitation, by)
    if state not in ENDING:
        raise Invalid("unknown_choice", _("Choose whether the visa was refused or came too late."), field="state")
    with transaction.atomic():
        call = hold_seats(invitation.nomination.call_id)
        invitation = lockable().get(pk=invitation.pk)
        if call.workshop.online:
            raise Refused("workshop_online", _("The workshop is held online; nobody needs a visa for it."))
        move(invitation, ENDING[state], INVITATION_STEPS)
        invitation.responded_at = at
        invitation.save(update_fields=["state", "responded_at"])
        _note_end(invitation, state, note, at)
        record(f"visa_{state.value}", invitation, by=by, at=at)
        event = event_for(invitation.nomination, at, cancelled=True)
        write_to_nominee(invitation.nomination, "visa-ended", at=at, event=event, mailing=mailing)
        fill_seats(call, seat_of=invitation.nomination, at=at)
    return invitation


def _note_end(invitation: Invitation, state: VisaState, note: str, at: datetime) -> None:
    """Keep the state and what was said with the visa, when there is a registration to keep it with."""
    note = clean_text(note, limit=NOTE_LIMIT, field="note")
    registration = Registration.objects.filter(invitation=invitation).first()
    if registration is None:
        return
    visa = Visa.objects.filter(registration=registration).first() or Visa(registration=registration)
    visa.state, visa.note, visa.changed_at = state, note or visa.note, at
    visa.save()


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
