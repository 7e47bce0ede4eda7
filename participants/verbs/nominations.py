"""Nominating an expert, and taking a nomination back."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.addresses import as_read
from accounts.errors import Invalid, NotAllowed, Refused
from accounts.states import move
from accounts.verbs.activities import record
from correspondence.models import Mailing
from participants.models import Call, FocalPoint, Nomination, Organization, Person
from participants.models.nominations import NOMINATION_STEPS, NominationState, Sector, Track
from participants.queries.calls import SIGNATORIES, open_calls
from participants.queries.focal_points import standing
from participants.queries.nominations import first_free_rank
from participants.queries.persons import person_of, rehearsal_of
from participants.queries.wording import facts, party_name
from participants.verbs.invitations import end_invitation, standing_invitations
from participants.verbs.letters import language_of, write_to
from participants.verbs.persons import record_person
from workshops.models import Coverage, Party
from workshops.queries.parties import status_on
from workshops.verbs.workshops import next_reference

EXPERTISE_LIMIT = 4000


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a nomination says of the person; one name as written is enough (edge cases E01 to E03, E07)."""

    name: str
    email: str
    passport_name: str = ""
    gender: str = "unknown"
    language: str = ""
    position: str = ""
    phone: str = ""


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
    by: Actor,
    at: datetime,
) -> Nomination:
    """Nominate a candidate of a Party (by its focal point, or an organizer) or of an organization (by an organizer).

    Source: Annex II, participants: two or three officially nominated experts a country on two tracks, and a small number of
    experts of organizations, who are counted apart. Without ``rank`` the next free one of the Party is taken.

    Raises ``Invalid`` (``candidate_unclear``, ``email_missing``, ``unknown_choice``, ``too_long`` and those of
    ``record_person``), ``NotAllowed`` (``no_standing``, ``organizers_only``) and ``Refused`` (``call_not_open``,
    ``not_a_party``, ``party_not_covered``, ``party_limit``, ``rank_taken``, ``already_nominated``).
    """
    _check_values(party, organization, candidate, track, sector, expertise)
    mandate = _standing_of(by, party, track, at)
    with transaction.atomic():
        if party is not None:
            rank = _free_rank(call, party, rank, at)
        if not open_calls(at).select_for_update().filter(pk=call.pk):
            raise Refused(
                "call_not_open", _("This call takes no nominations now: it is closed or its deadline has passed.")
            )
        nomination = Nomination(
            call=call,
            party=party,
            organization=organization,
            person=_person_for(call, candidate, by=by, at=at),
            focal_point=mandate,
            track=track,
            sector=sector,
            rank=rank,
            expertise=expertise.strip(),
            submitted_at=at,
        )
        nomination.reference = next_reference(call.workshop)
        nomination.save()
        record("nominate", nomination, by=by, at=at, party=party.pk if party else "", track=track)
        _confirm(nomination, at)
    return nomination


def _check_values(
    party: Party | None,
    organization: Organization | None,
    candidate: Candidate,
    track: str,
    sector: str,
    expertise: str,
) -> None:
    if (party is None) == (organization is None):
        raise Invalid(
            "candidate_unclear", _("Name either the Party or the organization that nominates."), field="party"
        )
    if not candidate.email.strip():
        raise Invalid("email_missing", _("Give the person's e-mail address: the invitation goes there."), field="email")
    if track not in Track.values:
        raise Invalid("unknown_choice", _("Choose one of the two tracks."), field="track")
    if sector not in Sector.values:
        raise Invalid("unknown_choice", _("Choose one of the sectors."), field="sector")
    if len(expertise) > EXPERTISE_LIMIT:
        raise Invalid(
            "too_long", _("Use at most %(limit)d characters.") % {"limit": EXPERTISE_LIMIT}, field="expertise"
        )


def require_standing(by: Actor, nomination: Nomination, at: datetime) -> None:
    """Raise ``NotAllowed`` (``no_standing``) unless the actor may speak for this nomination today."""
    _standing_of(by, nomination.party, nomination.track, at)


def _standing_of(by: Actor, party: Party | None, track: str, at: datetime) -> FocalPoint | None:
    """Return the mandate under which the actor nominates; ``None`` for an organizer who enters a letter received."""
    if by.is_organizer:
        return None
    if party is None:
        by.require_organizer()
    person = person_of(by)
    mandate = (
        standing(at.date(), party=party, person=person, kinds=SIGNATORIES[track]).order_by("kind", "id").first()
        if person is not None
        else None
    )
    if mandate is None:
        raise NotAllowed(
            "no_standing",
            _("On this track a nomination needs a focal point of the Party who stands on the day of the nomination."),
            field="track",
        )
    return mandate


def _free_rank(call: Call, party: Party, wanted: int | None, at: datetime) -> int:
    """Lock the Party's row for this programme and return the rank to take, so that two at once never share one."""
    coverage = Coverage.objects.select_for_update().filter(workshop=call.workshop_id, party=party).first()
    if status_on(party, at.date()) != "party":
        raise Refused(
            "not_a_party",
            _("%(name)s is not a Party on this day and has no Party seat.") % {"name": party},
            field="party",
        )
    if coverage is None:
        raise Refused("party_not_covered", _("This workshop does not serve %(name)s.") % {"name": party}, field="party")
    seats = call.seats_per_party
    if wanted is not None and not 1 <= wanted <= seats:
        raise Invalid("rank_out_of_range", _("Ranks go from 1 to %(most)d.") % {"most": seats}, field="rank")
    live = call.nominations.filter(party=party).exclude(state=NominationState.WITHDRAWN)
    taken = list(live.values_list("rank", flat=True))
    free = first_free_rank(taken, seats)
    if free is None:
        raise Refused(
            "party_limit",
            _("All %(most)d places of the Party are taken; withdraw a nomination first.") % {"most": seats},
            field="rank",
        )
    if wanted in taken:
        raise Refused(
            "rank_taken",
            _("Rank %(rank)d is taken; rank %(free)d is free.") % {"rank": wanted, "free": free},
            field="rank",
        )
    return wanted or free


def _person_for(call: Call, candidate: Candidate, *, by: Actor, at: datetime) -> Person:
    """Return the person of a candidate: somebody with the same name and address is the same, never on the name alone."""
    rehearsal = rehearsal_of(call.workshop.programme)
    email = as_read(candidate.email) if candidate.email.strip() else ""
    known = Person.objects.filter(rehearsal=rehearsal, email__iexact=email, name=candidate.name.strip()).first()
    if known is None:
        return record_person(
            name=candidate.name,
            email=email,
            passport_name=candidate.passport_name,
            gender=candidate.gender,
            language=candidate.language,
            position=candidate.position,
            phone=candidate.phone,
            rehearsal=rehearsal,
            by=by,
            at=at,
        )
    if call.nominations.filter(person=known).exclude(state=NominationState.WITHDRAWN).exists():
        raise Refused(
            "already_nominated", _("%(name)s is nominated for this call already.") % {"name": known}, field="name"
        )
    return known


def _confirm(nomination: Nomination, at: datetime) -> None:
    """Tell the focal point that the nomination came in."""
    if nomination.focal_point is None:
        return
    to = nomination.focal_point.person
    language = language_of(to, nomination.party)
    workshop = nomination.call.workshop
    write_to(
        to,
        "nomination-received",
        key=f"nomination-received:{nomination.pk}",
        language=language,
        context={
            "nominee": nomination.person.name,
            "party": party_name(nomination.party, at.date(), language),
            "workshop": facts(workshop, at.date(), language)["workshop"],
            "reference": nomination.reference,
        },
        about=nomination,
        workshop=workshop,
        at=at,
    )


def withdraw(nomination: Nomination, *, mailing: Mailing | None = None, by: Actor, at: datetime) -> Nomination:
    """Take a nomination back; an invitation that is open or accepted is cancelled with it, and the rank is free again.

    Raises ``NotAllowed`` (``no_standing``) unless the actor is an organizer or a standing focal point of the Party, and
    ``Refused`` (``illegal_step``) when the nomination is withdrawn already or was not selected.
    """
    require_standing(by, nomination, at)
    with transaction.atomic():
        nomination = Nomination.objects.select_for_update().get(pk=nomination.pk)
        move(nomination, NominationState.WITHDRAWN, NOMINATION_STEPS)
        nomination.save(update_fields=["state"])
        for invitation in standing_invitations().filter(nomination=nomination):
            end_invitation(invitation, mailing=mailing, by=by, at=at)
        record("withdraw", nomination, by=by, at=at)
    return nomination
