"""Deciding on the nominations of a call."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, Refused
from accounts.states import move
from accounts.verbs.activities import record
from correspondence.models import Mailing
from participants.models import Call, Nomination, Selection, SelectionEntry
from participants.models.calls import CallState
from participants.models.nominations import NOMINATION_STEPS, NominationState
from participants.models.selections import Outcome, SelectionState
from participants.queries.nominations import live
from participants.verbs.letters import write_to_nominee
from planning.selection import Nominee, Placed
from planning.selection import propose as plan
from workshops.models.workshops import WorkshopStage
from workshops.queries.parties import status_on
from workshops.verbs.workshops import advance


@dataclass(frozen=True, slots=True)
class ProposedSelection:
    """What the plain rule of ``planning.selection`` proposes, with a true sentence for each nomination."""

    selected: tuple[Nomination, ...]
    reserves: tuple[Nomination, ...]
    reasons: Mapping[UUID, str]


def propose(call: Call, seats: int) -> ProposedSelection:
    """Propose who gets the ``seats`` for Parties; experts of organizations are counted apart and proposed as selected.

    Reads only. Raises ``Invalid`` (``seats_negative``).
    """
    if seats < 0:
        raise Invalid("seats_negative", _("Seats cannot be fewer than none."), field="seats")
    nominations = {str(each.pk): each for each in live(call).filter(state=NominationState.SUBMITTED)}
    ordered = sorted(nominations.values(), key=lambda each: each.reference)
    nominees = [
        Nominee(str(each.pk), each.party_id, each.track, each.rank, arrival)
        for arrival, each in enumerate(ordered)
        if each.party_id is not None and each.rank is not None
    ]
    proposal = plan(nominees, seats)
    experts = tuple(each for each in ordered if each.party_id is None)
    reasons = {each.pk: _("Expert of an organization, counted apart from the seats for Parties.") for each in experts}
    reasons |= {UUID(each.nominee.key): _why_in(each) for each in proposal.selected}
    reasons |= {UUID(each.nominee.key): _why_waiting(each, seats) for each in proposal.reserves}
    return ProposedSelection(
        selected=tuple(nominations[each.nominee.key] for each in proposal.selected) + experts,
        reserves=tuple(nominations[each.nominee.key] for each in proposal.reserves),
        reasons=reasons,
    )


def _why_in(placed: Placed) -> str:
    return _("Ranked %(rank)d by the Party; it is the Party's seat number %(turn)d.") % {
        "rank": placed.nominee.rank,
        "turn": placed.round,
    }


def _why_waiting(placed: Placed, seats: int) -> str:
    return _(
        "All %(seats)d seats went to earlier turns: each Party gets its seat number %(turn)d only after every Party "
        "has the one before, in the order in which first nominations arrived."
    ) % {"seats": seats, "turn": placed.round}


def select(
    call: Call,
    *,
    selected: Sequence[Nomination],
    reserves: Sequence[Nomination],
    reasons: Mapping[UUID, str],
    seats: int,
    mailing: Mailing | None = None,
    by: Actor,
    at: datetime,
) -> Selection:
    """Decide a call: who is selected, who waits as a reserve (in order), everyone else is not selected.

    Each nomination keeps its reason and its person gets a letter that gives it; what waits for a signature is not selected,
    what is disputed is left as it is. The workshop is "selected" after it.
    Raises ``NotAllowed``, ``Invalid`` (``not_of_this_call``, ``named_twice``), ``Refused`` (``call_still_open``,
    ``too_many_selected``, ``not_a_party``, ``already_decided``, ``nobody_selected``).
    """
    by.require_organizer()
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=call.pk)
        candidates = {each.pk: each for each in live(call).filter(state=NominationState.SUBMITTED)}
        unsigned = list(live(call).filter(state=NominationState.WAITING))
        _check(call, candidates, selected, reserves, seats, at)
        number = (call.selections.aggregate(last=Max("number"))["last"] or 0) + 1
        selection = Selection.objects.create(
            call=call, number=number, state=SelectionState.APPROVED, seats=seats, decided_by=by.user, decided_at=at
        )
        entries = _enter(selection, candidates, selected, reserves, reasons) + _leave_out(selection, unsigned)
        _tell(entries, mailing, at)
        advance(call.workshop, WorkshopStage.SELECTED, by=by, at=at)
        record("select", selection, by=by, at=at, selected=len(selected), reserves=len(reserves), of=len(candidates))
    return selection


def _check(
    call: Call,
    candidates: Mapping[UUID, Nomination],
    selected: Sequence[Nomination],
    reserves: Sequence[Nomination],
    seats: int,
    at: datetime,
) -> None:
    if call.state != CallState.CLOSED:
        raise Refused("call_still_open", _("Close the call before deciding on its nominations."))
    if call.selections.filter(state=SelectionState.APPROVED).exists():
        raise Refused("already_decided", _("This call has an approved selection."))
    named = [each.pk for each in (*selected, *reserves)]
    if not selected:
        raise Refused("nobody_selected", _("Select at least one nomination."), field="selected")
    if len(set(named)) < len(named):
        raise Invalid("named_twice", _("A nomination is named twice."), field="reserves")
    if not set(named) <= set(candidates):
        raise Invalid("not_of_this_call", _("A nomination is not a live one of this call."), field="selected")
    _check_seats([candidates[each.pk] for each in selected if candidates[each.pk].party is not None], seats, at)


def _check_seats(for_parties: Sequence[Nomination], seats: int, at: datetime) -> None:
    if len(for_parties) > seats:
        raise Refused(
            "too_many_selected",
            _("%(count)d are selected for %(seats)d seats.") % {"count": len(for_parties), "seats": seats},
            field="selected",
        )
    for party in {each.party for each in for_parties if each.party is not None}:
        if status_on(party, at.date()) != "party":
            raise Refused("not_a_party", _("%(name)s is not a Party on this day.") % {"name": party}, field="selected")


def _enter(
    selection: Selection,
    candidates: Mapping[UUID, Nomination],
    selected: Collection[Nomination],
    reserves: Sequence[Nomination],
    reasons: Mapping[UUID, str],
) -> list[SelectionEntry]:
    chosen = {each.pk for each in selected}
    places = {each.pk: position for position, each in enumerate(reserves, start=1)}
    entries = []
    for key, nomination in candidates.items():
        outcome = Outcome.SELECTED if key in chosen else Outcome.RESERVE if key in places else Outcome.NOT_SELECTED
        reason = reasons.get(key) or _default_reason(outcome)
        move(nomination, outcome.value, NOMINATION_STEPS)
        entries.append(
            SelectionEntry(
                selection=selection, nomination=nomination, outcome=outcome, position=places.get(key), reason=reason
            )
        )
    Nomination.objects.bulk_update(candidates.values(), ["state"])
    SelectionEntry.objects.bulk_create(entries)
    return entries


def _leave_out(selection: Selection, unsigned: Sequence[Nomination]) -> list[SelectionEntry]:
    """Decide on what still waits for a signature: it cannot be selected, and its person is told why."""
    entries = []
    for nomination in unsigned:
        move(nomination, NominationState.NOT_SELECTED, NOMINATION_STEPS)
        entries.append(
            SelectionEntry(
                selection=selection,
                nomination=nomination,
                outcome=Outcome.NOT_SELECTED,
                reason=_("The nomination lacked a signature that the call asked for."),
            )
        )
    Nomination.objects.bulk_update(unsigned, ["state"])
    SelectionEntry.objects.bulk_create(entries)
    return entries


def _tell(entries: Collection[SelectionEntry], mailing: Mailing | None, at: datetime) -> None:
    for entry in entries:
        write_to_nominee(entry.nomination, entry.outcome, at=at, mailing=mailing, reason=entry.reason)


def _default_reason(outcome: Outcome) -> str:
    return {
        Outcome.SELECTED: _("Chosen by the organizer within the seats."),
        Outcome.RESERVE: _("Placed among the reserves by the organizer."),
        Outcome.NOT_SELECTED: _("Not chosen by the organizer within the seats."),
    }[outcome]
