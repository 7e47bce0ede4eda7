"""Approving a proposal: the one decision on all nominations of a call."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override as in_language

from accounts.actors import Actor
from accounts.errors import Refused
from accounts.states import move
from accounts.verbs.activities import record
from correspondence.models import Mailing
from participants.models import Call, Nomination, Selection, SelectionEntry
from participants.models.nominations import NOMINATION_STEPS, NominationState
from participants.models.selections import SELECTION_STEPS, Origin, Outcome, SelectionState
from participants.queries.eligibility import judged_on, stands_apart
from participants.queries.nominations import live
from participants.queries.problems import digest_of, inputs_of, waiting
from participants.queries.reasons import Words
from participants.queries.rules import rules_of
from participants.verbs.letters import language_of, write_to_nominee
from participants.verbs.promotions import hold_seats
from participants.verbs.proposals import check_counts, lock_closed, locked
from workshops.models.workshops import WorkshopStage
from workshops.verbs.workshops import advance


def approve(selection: Selection, *, mailing: Mailing | None = None, by: Actor, at: datetime) -> Selection:
    """Make a proposal the decision: every nomination gets its outcome and a letter that gives the reason.

    Whoever approves is not who proposed or overrode. What waits for a signature is not selected, what is disputed is left as
    it is. The workshop is "selected" after it. Raises ``NotAllowed`` and ``Refused``: ``same_organizer``, ``illegal_step``,
    ``already_decided``, ``call_still_open``, ``nobody_selected``, ``changed_since`` when people, points, rules or money are no
    longer what the proposal was made from, ``too_many_selected``, ``party_full``, ``not_a_party``.
    """
    by.require_organizer()
    with transaction.atomic():
        hold_seats(selection.call_id)  # the workshop before the nominations, as everywhere
        call = lock_closed(selection.call)
        _lock_nominations(call)
        selection = locked(selection)
        selection.call = call
        _check_second(selection, by)
        move(selection, SelectionState.APPROVED, SELECTION_STEPS)
        entries = _entries(selection)
        _check_current(selection, entries, at)
        selection.decided_by, selection.decided_label, selection.decided_at = by.user, by.label[:200], at
        selection.save(update_fields=["state", "decided_by", "decided_label", "decided_at"])
        _carry_out(call, selection, entries, mailing, at)
        advance(call.workshop, WorkshopStage.SELECTED, by=by, at=at)
        counts = {outcome.value: sum(each.outcome == outcome for each in entries) for outcome in Outcome}
        record(
            "approve", selection, by=by, at=at, selected=counts["selected"], reserves=counts["reserve"], of=len(entries)
        )
    return selection


def _lock_nominations(call: Call) -> None:
    """Hold all of a call's nominations: signatures and disputes move them under the Party's places, without the call."""
    list(call.nominations.select_for_update().order_by("pk").values_list("pk", flat=True))


def _check_second(selection: Selection, by: Actor) -> None:
    """Hold the rule of two organizers; an account that proposed through another name is one person all the same."""
    overrode = selection.entries.filter(overridden_by__isnull=False).values_list("overridden_by", flat=True)
    by_account = by.user is not None and (by.user.pk == selection.proposed_by_id or by.user.pk in set(overrode))
    by_name = by.user is None and by.label == selection.proposed_label
    if by_account or by_name:
        raise Refused("same_organizer", _("Another organizer approves: you proposed this selection or changed it."))


def _entries(selection: Selection) -> list[SelectionEntry]:
    rows = selection.entries.select_related(
        "nomination__person", "nomination__party", "nomination__organization", "nomination__territory"
    )
    return list(rows.order_by("nomination__reference"))


def _check_current(selection: Selection, entries: Sequence[SelectionEntry], at: datetime) -> None:
    """Refuse a proposal that was made from something else than what is there now."""
    call = selection.call
    if not any(each.outcome == Outcome.SELECTED for each in entries):
        raise Refused("nobody_selected", _("Nobody is selected in this proposal."))
    rules = rules_of(call)
    same = {each.nomination_id for each in entries} == set(waiting(call).values_list("pk", flat=True))
    if selection.origin == Origin.COMPUTED:
        same = same and rules is not None and digest_of(inputs_of(call, rules, at.date())) == selection.digest
    if not same:
        raise Refused(
            "changed_since",
            _("Nominations, points, rules or budgets have changed since this was proposed; propose again."),
        )
    day = judged_on(call, at.date())
    seated = [each for each in entries if each.outcome == Outcome.SELECTED and not each.apart]
    for each in seated:
        if stands_apart(each.nomination, day):
            raise Refused("not_a_party", _("%(name)s is not a Party on this day.") % {"name": each.nomination.party})
    check_counts(call, [each.nomination for each in seated], selection.seats)


def _carry_out(
    call: Call, selection: Selection, entries: Sequence[SelectionEntry], mailing: Mailing | None, at: datetime
) -> None:
    nominations = []
    for each in entries:
        each.nomination.call = call
        move(each.nomination, each.outcome, NOMINATION_STEPS)
        nominations.append(each.nomination)
    Nomination.objects.bulk_update(nominations, ["state"])
    unsigned = _leave_out(selection, list(live(call).filter(state=NominationState.WAITING)))
    _tell([*entries, *unsigned], mailing, at)


def _leave_out(selection: Selection, unsigned: Sequence[Nomination]) -> list[SelectionEntry]:
    """Decide on what still waits for a signature: it cannot be selected, and its person is told why."""
    entries = []
    for nomination in unsigned:
        nomination.call = selection.call
        move(nomination, NominationState.NOT_SELECTED, NOMINATION_STEPS)
        why = [{"code": "barred-unsigned", "facts": {}}]
        entries.append(
            SelectionEntry(selection=selection, nomination=nomination, outcome=Outcome.NOT_SELECTED, why=why)
        )
    Nomination.objects.bulk_update(unsigned, ["state"])
    return SelectionEntry.objects.bulk_create(entries)


def _tell(entries: Collection[SelectionEntry], mailing: Mailing | None, at: datetime) -> None:
    words = Words(entries)
    for entry in entries:
        nomination = entry.nomination
        with in_language(language_of(nomination.person, nomination.party)):
            reason = words.for_nominee(entry)
        write_to_nominee(nomination, entry.outcome, at=at, mailing=mailing, reason=reason)
