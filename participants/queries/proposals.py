"""Proposals of a call, and the entries of one as its page lists them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Prefetch, Q, QuerySet, Value, When

from accounts.models import User
from participants.models import Call, CostPart, Selection, SelectionEntry
from participants.models.persons import Gender
from participants.models.selections import Outcome, SelectionState
from participants.queries.selections import decided

# The parts of a selection that its page shows one by one.
PLACES: dict[str, Q] = {
    "selected": Q(outcome=Outcome.SELECTED),
    "reserves": Q(outcome=Outcome.RESERVE),
    "not-selected": Q(outcome=Outcome.NOT_SELECTED),
    "overridden": ~Q(computed=""),
    "apart": Q(apart=True),
}
SEATED = Q(outcome=Outcome.SELECTED, apart=False)
IN_ORDER = Case(
    When(outcome=Outcome.SELECTED, then=Value(1)),
    When(outcome=Outcome.RESERVE, then=Value(2)),
    default=Value(3),
    output_field=IntegerField(),
)


@dataclass(frozen=True, slots=True)
class Figures:
    """How many entries are in each part of a selection (see ``PLACES``), and ``women`` of those ``stated`` with a seat."""

    total: int = 0
    seated: int = 0
    women: int = 0
    stated: int = 0
    selected: int = 0
    reserves: int = 0
    not_selected: int = 0
    overridden: int = 0
    apart: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal with its figures."""

    selection: Selection
    figures: Figures


def proposals_of(call: Call) -> list[Proposal]:
    """Return all proposals of a call, the newest first; two queries."""
    rows = list(call.selections.defer("inputs").order_by("-number"))
    entries = SelectionEntry.objects.filter(selection__call=call, came_at__isnull=True)
    counted: dict[UUID, Mapping[str, Any]] = {each["selection"]: each for each in _counted(entries)}
    for row in rows:
        row.call = call
    return [Proposal(row, _figures(counted.get(row.pk))) for row in rows]


def figures_of(selection: Selection) -> Figures:
    """Return the figures of one selection; one query."""
    return _figures(next(iter(_counted(decided(selection))), None))


def _counted(entries: QuerySet[SelectionEntry]) -> "QuerySet[SelectionEntry, Any]":
    stated = SEATED & ~Q(nomination__person__gender=Gender.UNKNOWN)
    return (
        entries.order_by()
        .values("selection")
        .annotate(
            total=Count("pk"),
            seated=Count("pk", filter=SEATED),
            women=Count("pk", filter=SEATED & Q(nomination__person__gender=Gender.WOMAN)),
            stated=Count("pk", filter=stated),
            **{name.replace("-", "_"): Count("pk", filter=place) for name, place in PLACES.items() if name != "apart"},
            beside=Count("pk", filter=PLACES["apart"]),  # a field of the row is called "apart"
        )
    )


def _figures(counted: Mapping[str, Any] | None) -> Figures:
    if counted is None:
        return Figures()
    counts = {name: count for name, count in counted.items() if name not in {"selection", "beside"}}
    return Figures(**counts, apart=counted["beside"])


def lines_of(selection: Selection, place: str = "") -> QuerySet[SelectionEntry]:
    """Return the entries of a part of a selection, or all: the selected by Party, the reserves in their order, the others.

    Two queries: each with person, Party, who overrode it and who pays.
    """
    rows = decided(selection).select_related(
        "nomination__person", "nomination__party", "nomination__organization", "overridden_by"
    )
    parts = Prefetch("parts", CostPart.objects.select_related("contribution__donor"))
    return (
        rows.filter(PLACES.get(place, Q()))
        .prefetch_related(parts)
        .order_by(IN_ORDER, "position", "nomination__party__name_en", "nomination__rank", "nomination__reference")
    )


def had_a_hand_in(selection: Selection, user: User) -> bool:
    """Whether a user proposed a selection or overrode an entry of it, and so is not who approves it."""
    return selection.proposed_by_id == user.pk or selection.entries.filter(overridden_by=user).exists()


def others_open(selection: Selection) -> QuerySet[Selection]:
    """Return the other proposals of the call that a proposal can be laid beside, the newest first."""
    shown = (SelectionState.PROPOSED, SelectionState.APPROVED, SelectionState.DISCARDED)
    rows = Selection.objects.filter(call=selection.call_id, state__in=shown, entries__isnull=False)
    return rows.exclude(pk=selection.pk).distinct().defer("inputs").order_by("-number")
