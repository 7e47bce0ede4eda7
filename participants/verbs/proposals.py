"""Proposals: asked for, computed in the background, entered by hand, discarded.

A row in the state "computing" is the order; a hint tells a worker of it, and a sweep finds it when the hint was lost.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.actors import CLOCK, Actor
from accounts.errors import Invalid, Refused
from accounts.states import move
from accounts.verbs.activities import record
from correspondence.hints import hint
from participants.models import Call, Nomination, Selection, SelectionEntry
from participants.models.calls import CallState
from participants.models.selections import SELECTION_STEPS, Origin, Outcome, SelectionState
from participants.queries.computing import ATTEMPTS, unclaimed
from participants.queries.eligibility import judged_on, stands_apart
from participants.queries.problems import digest_of, inputs_of, waiting
from participants.queries.reviews import owing
from participants.queries.rules import rules_of
from participants.verbs.rules import lock_undecided, set_rules, usual_rules

COMPUTE = "participants.tasks.compute_proposal"


def request_proposal(call: Call, *, by: Actor, at: datetime) -> Selection:
    """Freeze what a proposal is computed from and ask a worker for it; rules nobody has set yet are set as usual.

    Raises ``NotAllowed`` and ``Refused`` (``call_still_open``, ``already_decided``, ``score_first`` to somebody who reviews the
    call and has not scored everybody, ``nobody_waits``).
    """
    by.require_organizer()
    with transaction.atomic():
        call = lock_closed(call)
        if by.user is not None and owing(by.user).filter(call=call).exists():
            raise Refused("score_first", _("You review this call: give your own scores first, then propose."))
        rules = rules_of(call) or set_rules(call, usual_rules(call), by=by, at=at)
        inputs = inputs_of(call, rules, at.date())
        if not (inputs["nominees"] or inputs["apart"] or inputs["barred"]):
            raise Refused("nobody_waits", _("No nomination of this call waits for a decision."))
        selection = _begin(call, rules.seats, by, at)
        selection.inputs, selection.digest, selection.currency = inputs, digest_of(inputs), rules.currency
        selection.save()
        record("propose", selection, by=by, at=at, of=len(inputs["nominees"]))
        hint(COMPUTE, str(selection.pk))
    return selection


def enter_selection(
    call: Call,
    *,
    selected: Sequence[Nomination],
    reserves: Sequence[Nomination] = (),
    reasons: Mapping[UUID, str] | None = None,
    seats: int,
    by: Actor,
    at: datetime,
) -> Selection:
    """Enter a proposal that people made elsewhere, in a committee's meeting: who is selected and who waits, in order.

    Everyone else is not selected. Each nomination keeps its reason. Raises ``NotAllowed``, ``Invalid`` (``not_of_this_call``,
    ``named_twice``, ``seats_negative``), ``Refused`` (``call_still_open``, ``already_decided``, ``nobody_selected``,
    ``too_many_selected``, ``party_full``).
    """
    by.require_organizer()
    with transaction.atomic():
        call = lock_closed(call)
        candidates = {each.pk: each for each in waiting(call)}
        day = judged_on(call, at.date())
        apart = {each.pk for each in candidates.values() if stands_apart(each, day)}
        _check_named(candidates, selected, reserves, seats)
        check_counts(call, [candidates[each.pk] for each in selected if each.pk not in apart], seats)
        selection = _begin(call, seats, by, at)
        selection.state, selection.origin = SelectionState.PROPOSED, Origin.HAND
        selection.save()
        places = {each.pk: place for place, each in enumerate(reserves, start=1)}
        chosen = {each.pk for each in selected}
        SelectionEntry.objects.bulk_create(
            SelectionEntry(
                selection=selection,
                nomination=each,
                outcome=_outcome(key, chosen, places),
                position=places.get(key),
                apart=key in apart,
                reason=(reasons or {}).get(key) or _default_reason(_outcome(key, chosen, places)),
            )
            for key, each in candidates.items()
        )
        record("enter_selection", selection, by=by, at=at, selected=len(selected), of=len(candidates))
    return selection


def retry_proposal(selection: Selection, *, by: Actor, at: datetime) -> Selection:
    """Ask again for a proposal whose computation failed. Raises ``NotAllowed`` and ``Refused`` (``illegal_step``)."""
    by.require_organizer()
    with transaction.atomic():
        selection = locked(selection)
        move(selection, SelectionState.COMPUTING, SELECTION_STEPS)
        selection.beat_at, selection.attempts, selection.problem, selection.level = None, 0, "", ""
        selection.save(update_fields=["state", "beat_at", "attempts", "problem", "level"])
        record("retry_proposal", selection, by=by, at=at)
        hint(COMPUTE, str(selection.pk))
    return selection


def discard_proposal(selection: Selection, *, by: Actor, at: datetime) -> Selection:
    """Put a proposal away; it is kept and can no longer be approved. Raises ``NotAllowed``, ``Refused`` (``illegal_step``)."""
    by.require_organizer()
    with transaction.atomic():
        selection = locked(selection)
        move(selection, SelectionState.DISCARDED, SELECTION_STEPS)
        selection.save(update_fields=["state"])
        record("discard_proposal", selection, by=by, at=at)
    return selection


def sweep_proposals(*, at: datetime) -> int:
    """Hint at proposals that no living worker is at; return how many. One that has cost three workers is given up."""
    with transaction.atomic():
        for selection in unclaimed(at).filter(attempts__gte=ATTEMPTS).select_for_update(of=("self",)):
            fail(selection, _("The worker was lost %(count)d times at this proposal.") % {"count": ATTEMPTS}, at)
        keys = list(unclaimed(at).values_list("pk", flat=True))
        for key in keys:
            hint(COMPUTE, str(key))
    return len(keys)


def fail(selection: Selection, why: str, at: datetime) -> None:
    """Say that a proposal could not be computed; the caller holds the row's lock."""
    move(selection, SelectionState.FAILED, SELECTION_STEPS)
    selection.problem = why[:500]
    selection.save(update_fields=["state", "problem"])
    record("fail_proposal", selection, by=CLOCK, at=at)


def locked(selection: Selection) -> Selection:
    """Return a selection as it stands, locked together with nothing else."""
    return Selection.objects.select_for_update(of=("self",)).select_related("call__workshop").get(pk=selection.pk)


def lock_closed(call: Call) -> Call:
    """Lock a closed call without a decision. Raises ``Refused`` (``call_still_open``, ``already_decided``)."""
    call = lock_undecided(call)
    if call.state != CallState.CLOSED:
        raise Refused("call_still_open", _("Close the call before deciding on its nominations."))
    return call


def check_counts(call: Call, seated: Collection[Nomination], seats: int) -> None:
    """Raise ``Refused`` (``too_many_selected``, ``party_full``) when people with Party seats are more than may be."""
    if len(seated) > seats:
        raise Refused(
            "too_many_selected",
            _("%(count)d are selected for %(seats)d seats.") % {"count": len(seated), "seats": seats},
            field="selected",
        )
    of_party: dict[str, int] = {}
    for each in seated:
        of_party[each.party_id or ""] = of_party.get(each.party_id or "", 0) + 1
        if of_party[each.party_id or ""] > call.seats_per_party:
            told = {"name": each.party, "count": call.seats_per_party}
            raise Refused("party_full", _("%(name)s has its %(count)d places already.") % told, field="selected")


def _check_named(
    candidates: Mapping[UUID, Nomination], selected: Sequence[Nomination], reserves: Sequence[Nomination], seats: int
) -> None:
    if seats < 0:
        raise Invalid("seats_negative", _("Seats cannot be fewer than none."), field="seats")
    if not selected:
        raise Refused("nobody_selected", _("Select at least one nomination."), field="selected")
    named = [each.pk for each in (*selected, *reserves)]
    if len(set(named)) < len(named):
        raise Invalid("named_twice", _("A nomination is named twice."), field="reserves")
    if not set(named) <= set(candidates):
        raise Invalid("not_of_this_call", _("A nomination is not a live one of this call."), field="selected")


def _begin(call: Call, seats: int, by: Actor, at: datetime) -> Selection:
    number = (call.selections.aggregate(last=Max("number"))["last"] or 0) + 1
    return Selection(
        call=call,
        number=number,
        state=SelectionState.COMPUTING,
        seats=seats,
        proposed_by=by.user,
        proposed_label=by.label[:200],
        proposed_at=at,
    )


def _outcome(key: UUID, chosen: Collection[UUID], places: Mapping[UUID, int]) -> Outcome:
    if key in chosen:
        return Outcome.SELECTED
    return Outcome.RESERVE if key in places else Outcome.NOT_SELECTED


def _default_reason(outcome: Outcome) -> str:
    return {
        Outcome.SELECTED: _("Chosen by the organizer within the seats."),
        Outcome.RESERVE: _("Placed among the reserves by the organizer."),
        Outcome.NOT_SELECTED: _("Not chosen by the organizer within the seats."),
    }[outcome]
