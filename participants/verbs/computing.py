"""Computing a proposal in a worker: level by level, resumed by another worker when one is lost."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from time import monotonic
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from accounts.actors import CLOCK
from accounts.states import move
from accounts.verbs.activities import record
from participants.models import CostPart, Selection, SelectionEntry
from participants.models.selections import SELECTION_STEPS, Outcome, SelectionState
from participants.queries.computing import unclaimed
from participants.queries.problems import problem_in
from planning.reasons import Reason
from planning.reserves import Reserve
from planning.seats import Answer, Problem, Shares

TRIED = 3  # reserves for whom it is tried whether a donor's one more seat would bring them in
TRIED_OF = 400  # nominees up to whom it is tried: each try is a selection of its own
Entry = dict[str, Any]


def compute_proposal(selection_id: UUID | str, *, at: datetime) -> Selection | None:
    """Compute a proposal; ``None`` when there is nothing to claim. Must stand outside any transaction.

    Equal inputs give equal entries, so a second worker who takes over writes what the first would have. A proposal whose rules
    cannot all be kept becomes "impossible" and names the smallest conflict.
    """
    selection = _claim(selection_id, at)
    if selection is None:
        return None
    # HiGHS is loaded where it is used, in a worker: 29 MB that no web process needs.
    from planning.conflicts import smallest_conflict, what_gives_way  # noqa: PLC0415
    from planning.reasons import explain  # noqa: PLC0415
    from planning.selection import Impossible, select  # noqa: PLC0415

    problem = problem_in(selection.inputs)
    now = _clock(at)
    try:
        answer = select(problem, began=lambda level: _beat(selection, level, now()))
    except Impossible:
        give = [asdict(each) for each in what_gives_way(problem)]
        return _impossible(selection, smallest_conflict(problem), give, now())
    _beat(selection, "reasons", now())
    reasons, reserves = explain(problem, answer)
    _try_one_more(problem, answer, reasons, reserves)
    return _finish(selection, problem, answer, reasons, reserves, now())


def _clock(at: datetime) -> Callable[[], datetime]:
    began = monotonic()
    return lambda: at + timedelta(seconds=monotonic() - began)


def _claim(selection_id: UUID | str, at: datetime) -> Selection | None:
    """Take a proposal that no living worker is at by one conditional update: of two workers one gets it."""
    if not unclaimed(at).filter(pk=selection_id).update(beat_at=at, attempts=F("attempts") + 1):
        return None
    return Selection.objects.select_related("call__workshop").get(pk=selection_id)


def _beat(selection: Selection, level: str, at: datetime) -> None:
    """Tell at which level the work is; the last sign of life is the claim."""
    held = Selection.objects.filter(pk=selection.pk, state=SelectionState.COMPUTING, beat_at=selection.beat_at)
    if held.update(level=level, beat_at=at):
        selection.level, selection.beat_at = level, at


def _held(selection: Selection) -> Selection | None:
    """Lock a proposal if this worker's claim still stands; ``None`` when it was discarded or given to another."""
    rows = Selection.objects.select_for_update(of=("self",)).select_related("call__workshop")
    return rows.filter(pk=selection.pk, state=SelectionState.COMPUTING, beat_at=selection.beat_at).first()


def _impossible(
    selection: Selection, rules: Sequence[str], give: Sequence[Mapping[str, Any]], at: datetime
) -> Selection | None:
    with transaction.atomic():
        mine = _held(selection)
        if mine is None:
            return None
        move(mine, SelectionState.IMPOSSIBLE, SELECTION_STEPS)
        mine.conflict = [{"rules": list(rules), "gives_way": list(give)}]
        mine.beat_at, mine.level = None, ""
        mine.save(update_fields=["state", "conflict", "beat_at", "level"])
        record("find_conflict", mine, by=CLOCK, at=at, rules=len(rules))
    return mine


def _try_one_more(
    problem: Problem, answer: Answer, reasons: Mapping[str, list[Reason]], reserves: Iterable[Reserve]
) -> None:
    """Try for the first reserves whether they come in with one more seat, and one donor's money for it; note what holds."""
    from planning.questions import one_more  # noqa: PLC0415  # as above

    if len(problem.nominees) > TRIED_OF:
        return
    for reserve in (each for each in reserves if each.place <= TRIED and not each.beyond):
        nominee = problem.by_key[reserve.key]
        for donor in reserve.payers if reserve.missing else ("",):
            if reserve.key in one_more(problem, answer, nominee.room, donor=donor, money=nominee.cost).enters:
                facts: dict[str, int | str] = {"payer": donor, "money": nominee.cost if donor else 0}
                reasons[reserve.key].append(Reason("enters-if", facts))


def _finish(
    selection: Selection,
    problem: Problem,
    answer: Answer,
    reasons: Mapping[str, list[Reason]],
    reserves: Sequence[Reserve],
    at: datetime,
) -> Selection | None:
    with transaction.atomic():
        mine = _held(selection)
        if mine is None:
            return None
        move(mine, SelectionState.PROPOSED, SELECTION_STEPS)
        mine.levels = [asdict(each) for each in answer.levels]
        mine.beat_at, mine.level = None, ""
        mine.save(update_fields=["state", "levels", "beat_at", "level"])
        places = {each.key: each.place for each in reserves}
        entries = SelectionEntry.objects.bulk_create([*_seated(mine, problem, answer, reasons, places), *_others(mine)])
        pay(mine, entries, answer.selected)
        record("compute_proposal", mine, by=CLOCK, at=at, selected=len(answer.selected), reserves=len(reserves))
    return mine


def _seated(
    selection: Selection,
    problem: Problem,
    answer: Answer,
    reasons: Mapping[str, list[Reason]],
    places: Mapping[str, int],
) -> Iterable[SelectionEntry]:
    for each in problem.ordered:
        chosen = each.key in answer.selected
        outcome = Outcome.SELECTED if chosen else Outcome.RESERVE if each.key in places else Outcome.NOT_SELECTED
        yield SelectionEntry(
            selection=selection,
            nomination_id=UUID(each.key),
            outcome=outcome,
            position=places.get(each.key),
            why=[told(reason, selection.inputs) for reason in reasons[each.key]],
            score=each.score,
            cost=each.cost if problem.donors else None,
        )


def _others(selection: Selection) -> Iterable[SelectionEntry]:
    """Yield who takes no seat for Parties, and who may not have one: experts of organizations come in (Annex II)."""
    apart, barred = selection.inputs["apart"], selection.inputs["barred"]
    for key in sorted({*apart, *barred}):
        out = key in barred or apart[key] == "observer"
        code = f"barred-{barred[key]}" if key in barred else f"apart-{apart[key]}"
        yield SelectionEntry(
            selection=selection,
            nomination_id=UUID(key),
            outcome=Outcome.NOT_SELECTED if out else Outcome.SELECTED,
            apart=key in apart,
            why=[{"code": code, "facts": {}}],
        )


def told(reason: Reason, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Return a reason as plain values; budgets become the contributions they are of, each once and in order."""
    of = {each["key"]: each["contribution"] for each in inputs["donors"]}
    facts = dict(reason.facts)
    payers = facts.get("payers")
    if isinstance(payers, tuple):
        facts["payers"] = tuple(dict.fromkeys(of[key] for key in payers))
    if "payer" in facts:
        facts["payer"] = of.get(str(facts["payer"]), "")
    return {
        "code": reason.code,
        "facts": {name: list(value) if isinstance(value, tuple) else value for name, value in facts.items()},
    }


def pay(selection: Selection, entries: Iterable[SelectionEntry], shares: Mapping[str, Shares]) -> None:
    """Write who pays whom: the parts of entries that had some are replaced. The caller holds the transaction."""
    of = {each["key"]: each["contribution"] for each in selection.inputs["donors"]}
    rows = list(entries)
    CostPart.objects.filter(entry__in=rows).delete()
    CostPart.objects.bulk_create(
        CostPart(entry=each, contribution_id=UUID(of[budget]), budget=UUID(budget), amount=amount)
        for each in rows
        for budget, amount in shares.get(str(each.nomination_id), {}).items()
    )
