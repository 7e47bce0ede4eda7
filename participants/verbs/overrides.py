"""Overrides: an organizer changes a proposal, with a reason, and the hard rules still hold."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, Refused
from accounts.verbs.activities import record
from participants.models import Nomination, Selection, SelectionEntry
from participants.models.selections import Outcome, SelectionState
from participants.queries.problems import problem_in
from participants.verbs.computing import pay
from participants.verbs.proposals import check_counts, lock_closed, locked
from planning.levels import values
from planning.seats import Problem, Shares

REASON_LIMIT = 1000
WRITTEN = ("outcome", "position", "computed", "reason", "overridden_by")


def override(
    selection: Selection,
    *,
    takes_in: Nomination | None = None,
    leaves_out: Nomination | None = None,
    reason: str,
    by: Actor,
    at: datetime,
) -> Selection:
    """Take somebody in, put somebody out, or both in one step; money and levels are counted anew.

    Who is put out becomes the last reserve, or is not selected when no reserve could be: somebody apart. Raises ``NotAllowed``,
    ``Invalid`` (``reason_needed``, ``too_long``, ``nothing_named``) and ``Refused``: ``not_proposed``, ``not_in_selection``,
    ``in_already``, ``not_in``, ``barred``, ``too_many_selected``, ``party_full``, ``no_money``.
    """
    by.require_organizer()
    reason = _checked(reason, takes_in, leaves_out)
    with transaction.atomic():
        call = lock_closed(selection.call)
        selection = locked(selection)
        if selection.state != SelectionState.PROPOSED:
            raise Refused("not_proposed", _("Only a proposal that waits for approval can be changed."))
        entries = list(selection.entries.select_related("nomination__person", "nomination__party"))
        out, into = _find(entries, leaves_out), _find(entries, takes_in)
        changed = _change(selection, entries, out, into, reason, by)
        seated = [each for each in entries if each.outcome == Outcome.SELECTED and not each.apart]
        check_counts(call, [each.nomination for each in seated], selection.seats)
        if selection.inputs:
            _count_anew(selection, seated)
        record(
            "override",
            selection,
            by=by,
            at=at,
            takes_in=into.nomination.reference if into else "",
            leaves_out=out.nomination.reference if out else "",
            changed=len(changed),
        )
    return selection


def _checked(reason: str, takes_in: Nomination | None, leaves_out: Nomination | None) -> str:
    reason = reason.strip()
    if not reason:
        raise Invalid("reason_needed", _("Say why; the reason stands in the decision."), field="reason")
    if len(reason) > REASON_LIMIT:
        raise Invalid("too_long", _("Use at most %(limit)d characters.") % {"limit": REASON_LIMIT}, field="reason")
    if takes_in is None and leaves_out is None:
        raise Invalid("nothing_named", _("Choose who comes in, who goes out, or both."), field="takes_in")
    return reason


def _find(entries: Sequence[SelectionEntry], nomination: Nomination | None) -> SelectionEntry | None:
    if nomination is None:
        return None
    found = next((each for each in entries if each.nomination_id == nomination.pk), None)
    if found is None:
        raise Refused("not_in_selection", _("%(name)s is not in this selection.") % {"name": nomination.person})
    return found


def _change(
    selection: Selection,
    entries: Sequence[SelectionEntry],
    out: SelectionEntry | None,
    into: SelectionEntry | None,
    reason: str,
    by: Actor,
) -> list[SelectionEntry]:
    """Set outcomes and places; a place that became free closes."""
    if out is not None:
        if out.outcome != Outcome.SELECTED:
            raise Refused(
                "not_in", _("%(name)s is not selected.") % {"name": out.nomination.person}, field="leaves_out"
            )
        last = selection.entries.aggregate(last=Max("position"))["last"] or 0
        _set(out, Outcome.NOT_SELECTED if out.apart else Outcome.RESERVE, None if out.apart else last + 1, reason, by)
    if into is not None:
        _check_may_come_in(into)
        left = into.position
        _set(into, Outcome.SELECTED, None, reason, by)
        into.save(update_fields=WRITTEN)  # leaves the place before others move up into it
        if left is not None:
            _close_gap(entries, left)
    changed = [each for each in (out, into) if each is not None]
    for each in changed:
        each.save(update_fields=WRITTEN)
    return changed


def _check_may_come_in(into: SelectionEntry) -> None:
    name = {"name": into.nomination.person}
    if into.outcome == Outcome.SELECTED:
        raise Refused("in_already", _("%(name)s is selected already.") % name, field="takes_in")
    codes = {reason["code"] for reason in into.why}
    if any(code.startswith("barred-") for code in codes):
        raise Refused(
            "barred",
            _("%(name)s may not have a seat; lock the person in first, with the reason, and propose again.") % name,
            field="takes_in",
        )


def _set(entry: SelectionEntry, outcome: Outcome, position: int | None, reason: str, by: Actor) -> None:
    entry.computed = entry.computed or entry.outcome
    entry.outcome, entry.position, entry.reason, entry.overridden_by = outcome, position, reason, by.user


def _close_gap(entries: Sequence[SelectionEntry], left: int) -> None:
    """Let everybody behind a free place move up by one, first to last so that no place is held twice meanwhile."""
    behind = [each for each in entries if each.position is not None and each.position > left]
    for each in sorted(behind, key=lambda each: each.position or 0):
        each.position = (each.position or 0) - 1
    for each in sorted(behind, key=lambda each: each.position or 0):
        SelectionEntry.objects.filter(pk=each.pk).update(position=None, outcome=Outcome.NOT_SELECTED)
    for each in sorted(behind, key=lambda each: each.position or 0):
        SelectionEntry.objects.filter(pk=each.pk).update(position=each.position, outcome=Outcome.RESERVE)


def _count_anew(selection: Selection, seated: Sequence[SelectionEntry]) -> None:
    """Divide the money among those who are in now, and say what each level comes to. Raises ``Refused`` (``no_money``)."""
    problem = problem_in(selection.inputs)
    chosen = frozenset(str(each.nomination_id) for each in seated if str(each.nomination_id) in problem.by_key)
    shares = _paid(problem, chosen)
    if shares is None:
        raise Refused(
            "no_money",
            _("The donors who may pay have not enough for these people; put somebody out, or change a budget."),
        )
    pay(selection, selection.entries.all(), shares)
    now = values(problem, shares)
    selection.levels = [{**level, "value": value} for level, value in zip(selection.levels, now, strict=True)]
    selection.save(update_fields=["levels"])


def _paid(problem: Problem, chosen: frozenset[str]) -> dict[str, Shares] | None:
    """Return who pays whom when exactly ``chosen`` are in, ``None`` when the donors cannot."""
    # With everybody's seat settled only the money is left to solve: milliseconds, but HiGHS is loaded for it.
    from planning.selection import Impossible, select  # noqa: PLC0415

    people = tuple(each for each in problem.ordered if each.key in chosen)
    settled = replace(problem, nominees=people, inside=chosen, outside=frozenset())
    try:
        return dict(select(settled).selected)
    except Impossible:
        return None
