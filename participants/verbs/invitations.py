"""Inviting, and the answers."""

from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed, Refused
from accounts.states import move
from accounts.verbs.activities import record
from correspondence.facts import Moment
from correspondence.models import Mailing
from participants.models import Invitation, Nomination
from participants.models.invitations import INVITATION_STEPS, InvitationState
from participants.models.links import LinkPurpose
from participants.models.nominations import NominationState
from participants.queries.persons import person_of
from participants.verbs.letters import event_for, write_to_nominee
from participants.verbs.links import issue_link
from participants.verbs.promotions import fill_seats, hold_seats, promote
from workshops.models import Workshop
from workshops.models.workshops import WorkshopStage
from workshops.verbs.workshops import advance, require_days

REASON_LIMIT = 500
LINK_GRACE = timedelta(days=180)


def link_end(workshop: Workshop) -> datetime:
    """Return when the personal links of a workshop's participants expire: half a year after its last day, UTC."""
    last = datetime.combine(workshop.ends_on, datetime.min.time(), tzinfo=UTC)
    return last + LINK_GRACE


def invite(
    nomination: Nomination, *, respond_by: datetime, mailing: Mailing | None = None, by: Actor, at: datetime
) -> Invitation:
    """Invite a selected nominee, or a reserve while a seat is free; the letter carries a personal link.

    Raises ``NotAllowed``, ``Invalid`` (``respond_by_past``, ``respond_by_after_start``) and ``Refused`` (``not_selected``,
    ``already_invited``, ``no_address``, ``workshop_put_off``, ``illegal_step`` when the workshop's time for it is over, and
    those of ``promote``).
    """
    by.require_organizer()
    with transaction.atomic():
        workshop = hold_seats(nomination.call_id).workshop
        nomination = (
            Nomination.objects.select_for_update(of=("self",))
            .select_related("person", "party", "call__workshop__programme", "call__workshop__host")
            .get(pk=nomination.pk)
        )
        require_days(workshop)
        _check_time(workshop, respond_by, at)
        if Invitation.objects.filter(nomination=nomination).exists():
            raise Refused("already_invited", _("%(name)s is invited already.") % {"name": nomination.person})
        if not nomination.person.email:
            raise Refused(
                "no_address", _("%(name)s has no e-mail address; enter one first.") % {"name": nomination.person}
            )
        _take_seat(nomination, by=by, at=at)
        if workshop.stage != WorkshopStage.INVITED:
            advance(workshop, WorkshopStage.INVITED, by=by, at=at)
        invitation = Invitation.objects.create(nomination=nomination, invited_at=at, respond_by=respond_by)
        record("invite", invitation, by=by, at=at, respond_by=respond_by.isoformat())
        _write_invitation(invitation, nomination, workshop, mailing, at)
    return invitation


def _check_time(workshop: Workshop, respond_by: datetime, at: datetime) -> None:
    if respond_by <= at:
        raise Invalid(
            "respond_by_past", _("The date for the answer is over already; set a later one."), field="respond_by"
        )
    if respond_by.date() >= workshop.starts_on:
        raise Invalid(
            "respond_by_after_start",
            _("The answer must be due before the first day of the workshop."),
            field="respond_by",
        )


def _take_seat(nomination: Nomination, *, by: Actor, at: datetime) -> None:
    """Let a reserve move up while a seat is free."""
    if nomination.state == NominationState.SELECTED:
        return
    if nomination.state != NominationState.RESERVE:
        raise Refused(
            "not_selected",
            _("%(name)s is “%(state)s”; only selected nominees and reserves are invited.")
            % {"name": nomination.person, "state": nomination.get_state_display()},
        )
    promote(nomination, by=by, at=at)


def _write_invitation(
    invitation: Invitation, nomination: Nomination, workshop: Workshop, mailing: Mailing | None, at: datetime
) -> None:
    link = issue_link(
        nomination.person, LinkPurpose.INVITATION, at=at, expires_at=link_end(workshop), invitation=invitation
    )
    write_to_nominee(
        nomination,
        "invitation",
        at=at,
        link=link,
        event=event_for(nomination, at),
        mailing=mailing,
        respond_by=Moment(invitation.respond_by, workshop.zone),
    )


def accept(invitation: Invitation, *, mailing: Mailing | None = None, by: Actor, at: datetime) -> Invitation:
    """Accept an invitation: its own person, or an organizer for them. Raises ``NotAllowed`` and ``Refused``."""
    return _answer(invitation, InvitationState.ACCEPTED, "acceptance-received", mailing=mailing, by=by, at=at)


def decline(
    invitation: Invitation, *, reason: str = "", mailing: Mailing | None = None, by: Actor, at: datetime
) -> Invitation:
    """Decline an invitation, also after accepting it; the next reserve moves up to the seat (``fill_seats``).

    Raises ``NotAllowed``, ``Invalid`` (``too_long``) and ``Refused`` (``illegal_step``).
    """
    if len(reason) > REASON_LIMIT:
        raise Invalid("too_long", _("Use at most %(limit)d characters.") % {"limit": REASON_LIMIT}, field="reason")
    answered = InvitationState.DECLINED, "decline-received"
    return _answer(invitation, *answered, reason=reason.strip(), mailing=mailing, by=by, at=at)


def require_own(invitation: Invitation, by: Actor) -> None:
    """Raise ``NotAllowed`` (``not_yours``) unless the actor is the invited person or an organizer."""
    if by.is_organizer:
        return
    person = person_of(by)
    if person is None or person.pk != invitation.nomination.person_id:
        raise NotAllowed("not_yours", _("This invitation is addressed to somebody else."))


def _answer(
    invitation: Invitation,
    answer: InvitationState,
    letter: str,
    *,
    reason: str = "",
    mailing: Mailing | None,
    by: Actor,
    at: datetime,
) -> Invitation:
    require_own(invitation, by)
    with transaction.atomic():
        call = hold_seats(invitation.nomination.call_id)
        invitation = _locked(invitation)
        if call.workshop.stage == WorkshopStage.CANCELLED:
            raise Refused("workshop_cancelled", _("This workshop was cancelled."))
        move(invitation, answer, INVITATION_STEPS)
        invitation.responded_at, invitation.decline_reason = at, reason
        invitation.save(update_fields=["state", "responded_at", "decline_reason"])
        record(answer.value, invitation, by=by, at=at)
        dated = answer == InvitationState.ACCEPTED and not call.workshop.put_off
        event = event_for(invitation.nomination, at) if dated else None
        write_to_nominee(invitation.nomination, letter, at=at, event=event, mailing=mailing)
        if answer == InvitationState.DECLINED:
            fill_seats(call, seat_of=invitation.nomination, at=at)
    return invitation


def cancel_invitation(invitation: Invitation, *, mailing: Mailing | None = None, by: Actor, at: datetime) -> Invitation:
    """Take an invitation back and tell the person; the next reserve moves up to the seat (``fill_seats``).

    Raises ``NotAllowed`` and ``Refused`` (``illegal_step``).
    """
    by.require_organizer()
    with transaction.atomic():
        call = hold_seats(invitation.nomination.call_id)
        invitation = _locked(invitation)
        end_invitation(invitation, mailing=mailing, by=by, at=at)
        fill_seats(call, seat_of=invitation.nomination, at=at)
    return invitation


def end_invitation(invitation: Invitation, *, mailing: Mailing | None = None, by: Actor, at: datetime) -> None:
    """Cancel an invitation and write to its person; the caller holds its lock and the transaction, and fills the seat."""
    move(invitation, InvitationState.CANCELLED, INVITATION_STEPS)
    invitation.save(update_fields=["state"])
    record("cancel_invitation", invitation, by=by, at=at)
    event = event_for(invitation.nomination, at, cancelled=True)  # takes the invitation's out of the calendar again
    write_to_nominee(invitation.nomination, "invitation-cancelled", at=at, event=event, mailing=mailing)


def standing_invitations() -> QuerySet[Invitation]:
    """Return the invitations that are open or accepted, to be locked row by row as they are read."""
    able = [state for state, steps in INVITATION_STEPS.items() if InvitationState.CANCELLED in steps]
    return lockable().filter(state__in=able).order_by("pk")


def _locked(invitation: Invitation) -> Invitation:
    return lockable().get(pk=invitation.pk)


def lockable() -> QuerySet[Invitation]:
    """Return all invitations, each to be locked as it is read, with what letters about it need."""
    return Invitation.objects.select_for_update(of=("self",)).select_related(
        "nomination__person", "nomination__party", "nomination__call__workshop__host"
    )
