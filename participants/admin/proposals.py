"""The page of one proposal: how far its computation is, what came of it, and everybody with the reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin.displays import DONE, LATE, OFF, PLAIN, WAITS, moment, pill
from accounts.portal.listing import page_of
from participants.models import Selection, SelectionEntry
from participants.models.selections import Origin, Outcome, SelectionState
from participants.queries.computing import LEVEL_NAMES
from participants.queries.conflicts import conflicts_of
from participants.queries.levels import levels_of
from participants.queries.proposals import PLACES, Figures, figures_of, lines_of
from participants.queries.questions import payers_of, told_of
from participants.queries.reasons import Words
from participants.queries.shares import contribution_label, shares
from participants.queries.wording import money_told

LINES_A_PAGE = 100
TONES = {"computing": WAITS, "impossible": LATE, "failed": LATE, "proposed": WAITS, "approved": DONE, "discarded": OFF}
OUTCOMES = {Outcome.SELECTED: DONE, Outcome.RESERVE: WAITS, Outcome.NOT_SELECTED: OFF}
PLACE_NAMES: dict[str, str | Promise] = {
    "selected": gettext_lazy("Selected"),
    "reserves": gettext_lazy("Reserves"),
    "not-selected": gettext_lazy("Not selected"),
    "overridden": gettext_lazy("Overridden"),
    "apart": gettext_lazy("Apart"),
}
STEPS = (*LEVEL_NAMES, "reasons")  # what a worker does in turn


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as its page shows it; ``before`` is the outcome before it was overridden, ``asks`` whether one may ask why not."""

    entry: SelectionEntry
    outcome: SafeString
    before: str
    why: Sequence[str]
    cost: str
    parts: Sequence[tuple[str, str]]
    asks: bool


def state_of(selection: Selection) -> SafeString:
    """Return a proposal's state as a pill."""
    return pill(selection.get_state_display(), TONES[selection.state])


def name_of(selection: Selection) -> str:
    """Return how pages call a selection: the decision when approved."""
    if selection.state == SelectionState.APPROVED:
        return _("Decision (proposal %(number)d)") % {"number": selection.number}
    return _("Proposal %(number)d") % {"number": selection.number}


def progress_of(selection: Selection) -> dict[str, Any]:
    """Return how far a computation is, and what is at odds where it found no selection."""
    done = STEPS.index(selection.level) if selection.level in STEPS else 0
    labels = {**LEVEL_NAMES, "reasons": gettext_lazy("The reasons for everybody, and the order of the reserves")}
    return {
        "selection": selection,
        "moving": selection.state == SelectionState.COMPUTING,
        "done": done,
        "steps": len(STEPS),
        "step": labels.get(selection.level, ""),
        "conflicts": conflicts_of(selection) if selection.state == SelectionState.IMPOSSIBLE else [],
    }


def shown(request: HttpRequest, selection: Selection) -> dict[str, Any]:
    """Return what the page shows of a proposal that was computed or entered."""
    figures, chosen = figures_of(selection), request.GET.get("entries", "")
    page = page_of(request, lines_of(selection, chosen), size=LINES_A_PAGE)
    asking = selection.origin == Origin.COMPUTED and selection.state in (
        SelectionState.PROPOSED,
        SelectionState.APPROVED,
    )
    told = told_of(selection) if asking else []
    found = shares(selection, list(lines_of(selection, "selected")))
    return {
        "figures": figures,
        "found": found,
        "parties": found.selected.countries + found.selected.unions,
        "paid": [(each.label, each.people, money_told(each.money, each.currency)) for each in found.donors],
        "levels": levels_of(selection),
        "chips": _chips(chosen, figures),
        "page": page,
        "lines": _lines(list(page), selection, asking=asking),
        "asking": asking,
        "payers": payers_of(selection) if asking else [],
        "questions": told,
        "waits": any(each.waits for each in told),
    }


def _chips(chosen: str, figures: Figures) -> list[tuple[str, str, bool]]:
    """Return address, words and whether chosen, of each part of the entries that there is."""
    counts = {name: getattr(figures, name.replace("-", "_")) for name in PLACES}
    parts = [
        (f"?entries={name}#entries", f"{label} {counts[name]}", chosen == name)
        for name, label in PLACE_NAMES.items()
        if counts[name]
    ]
    return [("?#entries", _("All %(count)d") % {"count": figures.total}, chosen not in PLACES), *parts]


def _lines(entries: Sequence[SelectionEntry], selection: Selection, *, asking: bool) -> list[Line]:
    for entry in entries:
        entry.selection = selection
    words = Words(entries)
    asked = {each["key"] for each in selection.inputs.get("nominees", ())} if asking else set()
    return [_line(entry, words, selection.currency, asked) for entry in entries]


def _line(entry: SelectionEntry, words: Words, currency: str, asked: set[str]) -> Line:
    return Line(
        entry=entry,
        outcome=pill(entry.get_outcome_display(), OUTCOMES[Outcome(entry.outcome)]),
        before=entry.get_computed_display() if entry.computed else "",
        why=[words.sentence(reason, entry) for reason in entry.why],
        cost="" if entry.cost is None else money_told(entry.cost, currency),
        parts=[
            (contribution_label(part.contribution), money_told(part.amount, currency)) for part in entry.parts.all()
        ],
        asks=entry.outcome != Outcome.SELECTED and str(entry.nomination_id) in asked,
    )


class ProposalPage:
    """What the pages below a proposal have in common: they find it, and show their template around it."""

    template = ""

    def __init__(self, model_admin: Any) -> None:
        self.model_admin = model_admin

    def find(self, request: HttpRequest, key: UUID) -> Selection:
        """Return a selection that the visitor may see. Raises ``Http404``."""
        rows = self.model_admin.get_queryset(request).select_related("call__workshop__programme")
        selection: Selection | None = rows.filter(pk=key).first()
        if selection is None or not self.model_admin.has_view_permission(request, selection):
            raise Http404
        return selection

    def show(self, request: HttpRequest, selection: Selection, *, status: int = 200, **context: Any) -> HttpResponse:
        """Answer with the page's template."""
        around = {
            **self.model_admin.admin_site.each_context(request),
            "opts": self.model_admin.opts,
            "selection": selection,
            "call": selection.call,
            "name": name_of(selection),
        }
        return TemplateResponse(request, self.template, {**around, **context}, status=status)


def heading(selection: Selection) -> dict[str, Any]:
    """Return what stands on top of a proposal's page: its name and state, who proposed and who approved."""
    zone = selection.call.workshop.zone
    name = name_of(selection)
    return {
        "name": name,
        "title": name,
        "subtitle": None,
        "call": selection.call,
        "state": state_of(selection),
        "origin": pill(selection.get_origin_display(), PLAIN),
        "proposed": moment(selection.proposed_at, zone),
        "decided": moment(selection.decided_at, zone) if selection.decided_at is not None else "",
    }
