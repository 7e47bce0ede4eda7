"""Nominating an expert, and taking a nomination back."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, Refused
from accounts.states import move
from accounts.verbs.activities import record
from correspondence.models import Mailing
from participants.models import Call, Nomination, Organization, Person
from participants.models.nominations import GONE, NOMINATION_STEPS, NominationState, Sector, Track
from participants.queries.deadlines import deadline_in_force, takes
from participants.queries.endorsements import missing
from participants.verbs.candidates import Candidate, known_person, new_person
from participants.verbs.disputes import hold_back, side_of
from participants.verbs.endorsements import Signature, Signed, settle_state, signed
from participants.verbs.invitations import end_invitation, standing_invitations
from participants.verbs.joins import lend_signatures, succeed, take_back_signatures
from participants.verbs.notices import ask_signatures, confirm_receipt
from participants.verbs.places import hold_places, lock_places, take_place
from participants.verbs.promotions import fill_seats, hold_seats
from workshops.models import Party
from workshops.verbs.workshops import next_reference

EXPERTISE_LIMIT = 4000


def nominate(
    call: Call,
    *,
    party: Party | None = None,
    organization: Organization | None = None,
    candidate: Candidate,
    track: str,
    sector: str,
    rank: int | None = None,
    expertise: str = "",
    signature: Signature | None = None,
    letter_date: date | None = None,
    received_at: datetime | None = None,
    contest: bool = False,
    replaces: Nomination | None = None,
    by: Actor,
    at: datetime,
) -> Nomination:
    """Nominate a candidate of a Party (by its focal point, or an organizer) or of an organization (by an organizer).

    Source: Annex II, participants: two or three officially nominated experts a country on two tracks, and a small number of
    experts of organizations, who are counted apart. Without ``rank`` the next free one of the Party is taken. An organizer
    says whose ``signature`` the letter bears and when it was ``received_at`` first (E33). The nomination waits while the
    call asks for a second signature, is disputed while another speaks for the Party too (E10; ``contest`` says so of the
    list that is there), and is joined to one of the same person through the other channel (E04).

    Raises ``Invalid`` (``candidate_unclear``, ``email_missing``, ``unknown_choice``, ``too_long``, ``received_ahead`` and those
    of ``record_person`` and ``signed``), ``NotAllowed`` (``no_standing``, ``organizers_only``) and ``Refused``
    (``call_not_open``, ``not_a_party``, ``party_not_covered``, ``party_limit``, ``rank_taken``, ``already_nominated``).
    """
    _check_values(party, organization, candidate, expertise)
    check_choices(track, sector)
    sent_at = _first_sent(received_at, by, at)
    given = _signed(by, party, track, signature, letter_date, at)
    with transaction.atomic():
        if party is not None:
            lock_places(call, party, at)
        call = _lock_open(call, party, sent_at, entered=by.is_organizer)
        _check_asked_for(call, track, sector)
        nomination = Nomination(
            call=call,
            party=party,
            organization=organization,
            focal_point=given.focal_point if given else None,
            track=track,
            sector=sector,
            rank=rank,
            expertise=expertise.strip(),
            submitted_at=sent_at,
            letter_date=given.letter_date if given else letter_date,
            late=sent_at > deadline_in_force(call, sent_at),
            replaces=replaces,
        )
        _place(nomination, candidate, given, contest=contest, by=by, at=at)
        record("nominate", nomination, by=by, at=at, party=party.pk if party else "", track=track)
        confirm_receipt(nomination, at)
        if nomination.state == NominationState.WAITING:
            ask_signatures(nomination, missing(nomination), at)
    return nomination


def _signed(
    by: Actor, party: Party | None, track: str, signature: Signature | None, letter_date: date | None, at: datetime
) -> Signed | None:
    """Return the signature under a Party's nomination; an organization's comes through an organizer and has none."""
    if party is None:
        by.require_organizer()
        return None
    return signed(by, party, track, signature=signature, letter_date=letter_date, at=at)


def _first_sent(received_at: datetime | None, by: Actor, at: datetime) -> datetime:
    """Return when the nomination counts as sent: the first sending of a letter that an organizer enters (E33)."""
    if received_at is None:
        return at
    by.require_organizer()
    if received_at > at:
        raise Invalid("received_ahead", _("Nothing was received at a time still to come."), field="received_at")
    return received_at


def _lock_open(call: Call, party: Party | None, sent_at: datetime, *, entered: bool) -> Call:
    locked = Call.objects.select_for_update(of=("self",)).select_related("workshop__programme").get(pk=call.pk)
    if not takes(locked, party, sent_at, entered=entered):
        raise Refused(
            "call_not_open", _("This call takes no nominations now: it is closed or its deadline has passed.")
        )
    return locked


def _place(
    nomination: Nomination, candidate: Candidate, given: Signed | None, *, contest: bool, by: Actor, at: datetime
) -> None:
    """Save a new nomination where it belongs: with another one of the person, in a dispute, or in a place of its own."""
    call, party = nomination.call, nomination.party
    known = known_person(call, candidate)
    side = side_of(nomination, contest=contest)
    if side is not None:
        hold_back(nomination, at=at)
    twin = _twin(call, known, side) if known is not None else None
    if twin is not None:
        _check_twin(twin, nomination, given)
        nomination.rank, nomination.joined_to, nomination.state = None, twin, NominationState.JOINED
    elif party is not None:
        nomination.rank = take_place(call, party, nomination.rank, rival=side)
    nomination.person = known or new_person(call, candidate, by=by, at=at)
    if side is not None and twin is None:
        nomination.state = NominationState.DISPUTED
    nomination.reference = next_reference(call.workshop)
    nomination.save()
    if given is not None:
        given.under(nomination, nomination.submitted_at)
    if twin is not None:
        lend_signatures(nomination, twin)
    elif side is None:
        settle_state(nomination)
        nomination.save(update_fields=["state"])


def _twin(call: Call, person: Person, side: UUID | None) -> Nomination | None:
    """Return the nomination of a person that counts in this call; in a dispute each list is by itself."""
    rows = call.nominations.select_for_update(of=("self",)).filter(person=person).exclude(state__in=GONE)
    if side is not None:
        rows = rows.exclude(state=NominationState.DISPUTED)
    return rows.select_related("party", "call").first()


def _check_twin(twin: Nomination, nomination: Nomination, given: Signed | None) -> None:
    """Only the other channel of the same Party may name somebody a second time (E04)."""
    signed_already = {each.channel for each in twin.endorsements.all()}
    if given is None or twin.party_id != nomination.party_id or given.channel in signed_already:
        raise Refused(
            "already_nominated",
            _("%(name)s is nominated for this call already.") % {"name": twin.person},
            field="name",
        )


def _check_values(party: Party | None, organization: Organization | None, candidate: Candidate, expertise: str) -> None:
    if (party is None) == (organization is None):
        raise Invalid(
            "candidate_unclear", _("Name either the Party or the organization that nominates."), field="party"
        )
    if not candidate.email.strip():
        raise Invalid("email_missing", _("Give the person's e-mail address: the invitation goes there."), field="email")
    if len(expertise) > EXPERTISE_LIMIT:
        raise Invalid(
            "too_long", _("Use at most %(limit)d characters.") % {"limit": EXPERTISE_LIMIT}, field="expertise"
        )


def check_choices(track: str, sector: str) -> None:
    """Raise ``Invalid`` (``unknown_choice``) for a track or sector there is not."""
    if track not in Track.values:
        raise Invalid("unknown_choice", _("Choose one of the two tracks."), field="track")
    if sector not in Sector.values:
        raise Invalid("unknown_choice", _("Choose one of the sectors."), field="sector")


def _check_asked_for(call: Call, track: str, sector: str) -> None:
    """The terms of a call may change until it is locked."""
    if track not in call.tracks:
        raise Invalid("not_asked_for", _("This call does not ask for experts on this track."), field="track")
    if sector not in call.sectors:
        raise Invalid("not_asked_for", _("This call does not ask for experts of this sector."), field="sector")


def require_standing(by: Actor, nomination: Nomination, at: datetime) -> None:
    """Raise ``NotAllowed`` (``no_standing``) unless the actor may speak for this nomination today."""
    if by.is_organizer:
        return
    if nomination.party is None:
        by.require_organizer()
    else:
        signed(by, nomination.party, nomination.track, signature=None, letter_date=None, at=at)


def withdraw(nomination: Nomination, *, mailing: Mailing | None = None, by: Actor, at: datetime) -> Nomination:
    """Take a nomination back; an invitation that is open or accepted is cancelled with it, and the rank is free again.

    A nomination joined to it stands in its place; to a seat it held the next reserve moves up (``fill_seats``). Raises
    ``NotAllowed`` (``no_standing``) unless the actor is an organizer or a standing focal point of the Party, and ``Refused``
    (``illegal_step``) when the nomination is withdrawn already or was not selected.
    """
    require_standing(by, nomination, at)
    with transaction.atomic():
        if nomination.party is not None:
            hold_places(nomination.call, nomination.party)
        call = hold_seats(nomination.call_id)
        nomination = Nomination.objects.select_for_update().get(pk=nomination.pk)
        held_seat = nomination.state == NominationState.SELECTED
        move(nomination, NominationState.WITHDRAWN, NOMINATION_STEPS)
        first, nomination.joined_to_id = nomination.joined_to_id, None
        nomination.save(update_fields=["state", "joined_to"])
        if first is not None:  # locked as it stands now: a signature may have come meanwhile
            take_back_signatures(nomination, Nomination.objects.select_for_update().get(pk=first))
        succeed(nomination)
        for invitation in standing_invitations().filter(nomination=nomination):
            end_invitation(invitation, mailing=mailing, by=by, at=at)
        record("withdraw", nomination, by=by, at=at)
        if held_seat:
            fill_seats(call, seat_of=nomination, at=at)
    return nomination
