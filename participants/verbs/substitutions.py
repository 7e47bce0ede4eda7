"""Another expert of the Party in the seat of one who was selected, up to the first day (edge case E29)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import CLOCK, Actor
from accounts.errors import Invalid, Refused
from accounts.states import move
from accounts.verbs.activities import record
from participants.models import (
    CostPart,
    Nomination,
    PersonalLink,
    Registration,
    Replacement,
    SelectionEntry,
)
from participants.models.invitations import INVITATION_STEPS, STANDING, InvitationState
from participants.models.nominations import GONE, NOMINATION_STEPS, NominationState
from participants.models.selections import Outcome
from participants.queries.balances import balance_of
from participants.queries.selections import approved
from participants.verbs.candidates import Candidate, known_person, new_person
from participants.verbs.endorsements import Signature, Signed, signed
from participants.verbs.forgetting import forget_details
from participants.verbs.invitations import invite, lockable
from participants.verbs.letters import event_for, write_to_nominee
from participants.verbs.names import clean_text
from participants.verbs.nominations import EXPERTISE_LIMIT, check_choices
from participants.verbs.notices import confirm_receipt
from participants.verbs.places import hold_places
from participants.verbs.promotions import hold_seats
from workshops.models import Workshop
from workshops.verbs.workshops import next_reference, require_days

REASON_LIMIT = 500
TO_ANSWER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Substitute:
    """Who comes instead, and the Party's letter about it; ``sunk`` is what was spent already, in the selection's currency."""

    candidate: Candidate
    sector: str
    reason: str
    expertise: str = ""
    letter_date: date | None = None
    signature: Signature | None = None
    sunk: Decimal | None = None


def substitute(nomination: Nomination, details: Substitute, *, by: Actor, at: datetime) -> Nomination:
    """Put somebody else in the seat of a selected nominee: a nomination of its own letter, with the same track and funding.

    The one before is withdrawn and told, what was asked for that journey is deleted; the other is invited at once when the one
    before was. One signature is enough so late. Money that is ``sunk`` stays charged to who was to pay the first journey.

    Raises ``NotAllowed`` (``no_standing``, ``organizers_only``), ``Invalid`` (``reason_missing``, ``email_missing``,
    ``too_long``, ``unknown_choice``, ``sunk_off`` and those of ``signed`` and ``record_person``) and ``Refused``
    (``not_selected``, ``workshop_begun``, ``workshop_put_off``, ``already_nominated``, ``no_money``).
    """
    reason = _checked(details, nomination, by)
    given = _signed(nomination, details, by, at)
    with transaction.atomic():
        if nomination.party is not None:
            hold_places(nomination.call, nomination.party)
        call = hold_seats(nomination.call_id)
        before = Nomination.objects.select_for_update().get(pk=nomination.pk)
        _check_time(before, call.workshop, at)
        invited = _end(before, by=by, at=at)
        after = _nominated(before, details, given, by=by, at=at)
        _record(before, after, details, reason, at)
        record("substitute", before, by=by, at=at, after=after.reference)
        confirm_receipt(after, at)
        if invited:
            invite(after, respond_by=_answer_by(call.workshop, at), by=CLOCK, at=at)
    return after


def _checked(details: Substitute, nomination: Nomination, by: Actor) -> str:
    check_choices(nomination.track, details.sector)
    clean_text(details.expertise, limit=EXPERTISE_LIMIT, field="expertise")
    if not details.candidate.email.strip():
        raise Invalid("email_missing", _("Give the person's e-mail address: the invitation goes there."), field="email")
    if details.sunk is not None:
        by.require_organizer()
        if details.sunk < 0:
            raise Invalid("sunk_off", _("Enter what was spent, 0 or more."), field="sunk")
    reason = clean_text(details.reason, limit=REASON_LIMIT, field="reason")
    if not reason:
        raise Invalid("reason_missing", _("Say why somebody else comes."), field="reason")
    return reason


def _signed(nomination: Nomination, details: Substitute, by: Actor, at: datetime) -> Signed | None:
    if nomination.party is None:
        by.require_organizer()
        return None
    return signed(
        by, nomination.party, nomination.track, signature=details.signature, letter_date=details.letter_date, at=at
    )


def _check_time(before: Nomination, workshop: Workshop, at: datetime) -> None:
    if before.state != NominationState.SELECTED:
        raise Refused(
            "not_selected", _("Only who is selected is replaced so; others are replaced while the call is open.")
        )
    require_days(workshop)
    if at.astimezone(ZoneInfo(workshop.zone)).date() >= workshop.starts_on:
        raise Refused("workshop_begun", _("The workshop has begun; nobody is replaced any more."))


def _end(before: Nomination, *, by: Actor, at: datetime) -> bool:
    """Withdraw the nomination and what follows from it; return whether the person had been invited and could still come."""
    move(before, NominationState.WITHDRAWN, NOMINATION_STEPS)
    before.save(update_fields=["state"])
    before.joined.update(state=NominationState.WITHDRAWN, joined_to=None)
    invitation = lockable().filter(nomination=before, state__in=STANDING).first()
    if invitation is None:
        return False
    move(invitation, InvitationState.REPLACED, INVITATION_STEPS)
    invitation.save(update_fields=["state"])
    record("replaced", invitation, by=by, at=at)
    PersonalLink.objects.filter(invitation=invitation, revoked_at__isnull=True).update(revoked_at=at)
    write_to_nominee(
        invitation.nomination, "replaced", at=at, event=event_for(invitation.nomination, at, cancelled=True)
    )
    for registration in Registration.objects.filter(invitation=invitation):
        forget_details(registration)
    return True


def _nominated(before: Nomination, details: Substitute, given: Signed | None, *, by: Actor, at: datetime) -> Nomination:
    call = before.call
    person = known_person(call, details.candidate)
    standing = call.nominations.exclude(state__in=GONE).filter(person=person)
    if person is not None and (person.pk == before.person_id or standing.exists()):
        raise Refused(
            "already_nominated", _("%(name)s is nominated for this call already.") % {"name": person}, field="name"
        )
    after = Nomination.objects.create(
        reference=next_reference(call.workshop),
        call=call,
        party=before.party,
        organization=before.organization,
        person=person or new_person(call, details.candidate, by=by, at=at),
        focal_point=given.focal_point if given else None,
        track=before.track,
        sector=details.sector,
        rank=before.rank,
        expertise=details.expertise.strip(),
        state=NominationState.SELECTED,
        submitted_at=at,
        letter_date=given.letter_date if given else details.letter_date,
        replaces=before,
    )
    if given is not None:
        given.under(after, at)
    return after


def _record(before: Nomination, after: Nomination, details: Substitute, reason: str, at: datetime) -> None:
    """Let seat and funding follow. Raises ``Refused`` (``no_money``) when the budgets cannot bear both journeys."""
    Replacement.objects.create(
        before=before,
        after=after,
        letter_date=after.letter_date,
        reason=reason,
        sunk=details.sunk,
        replaced_at=at,
    )
    _fund(before, after, f"{before.reference}: {reason}", at)
    selection = approved(before.call)
    if (
        selection is not None
        and details.sunk
        and any((purse.amount or 0) < 0 for purse in balance_of(selection).purses)
    ):
        raise Refused(
            "no_money",
            _("The budget cannot bear what is spent already and a second journey; raise it first."),
            field="sunk",
        )


def _fund(before: Nomination, after: Nomination, reason: str, at: datetime) -> None:
    """Give the one who comes an entry of their own in the decision, with the same donors."""
    selection = approved(before.call)
    entry = selection.entries.filter(nomination=before).first() if selection is not None else None
    if selection is None or entry is None:
        return
    followed = SelectionEntry.objects.create(
        selection=selection,
        nomination=after,
        outcome=Outcome.SELECTED,
        reason=reason,
        apart=entry.apart,
        cost=entry.cost,
        came_at=at,
    )
    CostPart.objects.bulk_create(
        CostPart(entry=followed, contribution_id=part.contribution_id, budget=part.budget, amount=part.amount)
        for part in entry.parts.all()
    )


def _answer_by(workshop: Workshop, at: datetime) -> datetime:
    """Return when the answer is due: in a week, and the evening before the first day at the latest."""
    last = datetime.combine(workshop.starts_on, datetime.min.time(), tzinfo=UTC) - timedelta(minutes=1)
    return max(min(at + TO_ANSWER, last), at + timedelta(minutes=1))
