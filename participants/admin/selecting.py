"""The page of a call's selection: where it stands, the proposals so far, and the button that asks for another."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.admin.displays import DONE, LATE, PLAIN, WAITS, moment, pill
from accounts.errors import Refused
from accounts.visitors import actor_of
from participants.admin.proposals import state_of
from participants.models import Call
from participants.models.calls import CallState
from participants.models.selections import SelectionState
from participants.queries.eligibility import DOSSIER, IN_TIME, PARTY
from participants.queries.levels import levels_of
from participants.queries.proposals import Proposal, proposals_of
from participants.queries.readiness import Readiness, readiness_of
from participants.verbs.proposals import request_proposal
from participants.verbs.rules import usual_rules

BRIEF = 3  # levels shown of a proposal in the list
LAID = (SelectionState.PROPOSED, SelectionState.APPROVED, SelectionState.DISCARDED)


class SelectingPage:
    """GET shows where the selection stands; POST asks for a proposal and leads to its page."""

    def __init__(self, model_admin: Any) -> None:
        self.model_admin = model_admin

    def __call__(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Answer one request for the page of a call."""
        rows = self.model_admin.get_queryset(request).select_related("workshop__programme")
        call = rows.filter(pk=key).first()
        if call is None or not self.model_admin.has_view_permission(request, call):
            raise Http404
        if request.method == "POST":
            return _propose(request, call)
        return self._show(request, call)

    def _show(self, request: HttpRequest, call: Call) -> HttpResponse:
        ready = readiness_of(call, timezone.now().date())
        proposals = proposals_of(call)
        decided = next((each.selection for each in proposals if each.selection.state == SelectionState.APPROVED), None)
        laid = [each.selection.pk for each in proposals if each.selection.state in LAID and each.figures.total]
        context = {
            **self.model_admin.admin_site.each_context(request),
            "title": _("Select participants"),
            "opts": self.model_admin.opts,
            "call": call,
            "ready": ready,
            "standing": list(_standing(call, ready)),
            "lines": [_line(each, call.workshop.zone, laid) for each in proposals],
            "comparable": len(laid) > 1,
            "decided": decided,
            "button": "" if decided or call.state != CallState.CLOSED else _button(call, ready),
        }
        return TemplateResponse(request, "admin/selecting.html", context)


def _propose(request: HttpRequest, call: Call) -> HttpResponse:
    try:
        selection = request_proposal(call, by=actor_of(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("admin:participants_call_select", args=[call.pk]))
    return HttpResponseRedirect(reverse("admin:participants_selection_change", args=[selection.pk]))


def _button(call: Call, ready: Readiness) -> str:
    seats = (ready.rules or usual_rules(call)).seats
    told = {
        "seats": ngettext("%(count)d seat", "%(count)d seats", seats) % {"count": seats},
        "nominations": ngettext("%(count)d nomination", "%(count)d nominations", ready.candidates)
        % {"count": ready.candidates},
    }
    return _("Propose %(seats)s for %(nominations)s") % told


def _standing(call: Call, ready: Readiness) -> Iterator[tuple[SafeString, str]]:
    """Yield what must be in place before a selection, each as a mark and a sentence."""
    if call.state == CallState.CLOSED:
        yield pill(_("Closed"), DONE), _("No nomination comes in any more.")
    else:
        yield pill(call.get_state_display(), LATE), _("Close the call before deciding on its nominations.")
    told = {"scored": ready.scored, "waiting": ready.waiting}
    full = ready.scored == ready.waiting
    yield (
        pill(_("Reviews in") if full else _("Reviews open"), DONE if full else WAITS),
        _("%(scored)d of %(waiting)d nominations are scored; without a review one counts 0 points.") % told,
    )
    yield from _people(ready)


def _people(ready: Readiness) -> Iterator[tuple[SafeString, str]]:
    """Yield who of the nominated may not have a seat for Parties, and why."""
    whys = {
        PARTY: _("The Government is not a Party on the day: %(count)d."),
        DOSSIER: _("The dossier lacks something: %(count)d."),
        IN_TIME: _("The nomination came too late: %(count)d."),
    }
    for code, count in sorted(ready.barred.items()):
        yield pill(_("Barred"), LATE), whys[code] % {"count": count}
    if ready.unsigned:
        yield (
            pill(_("Waiting"), WAITS),
            _("Without a signature that the call asks for: %(count)d.") % {"count": ready.unsigned},
        )
    if ready.disputed:
        yield pill(_("Disputed"), WAITS), _("In a dispute between focal points: %(count)d.") % {"count": ready.disputed}
    if ready.apart:
        yield (
            pill(_("Apart"), PLAIN),
            _("Experts of organizations and observers, apart from the seats for Parties: %(count)d.")
            % {"count": ready.apart},
        )


def _line(proposal: Proposal, zone: str, laid: list[UUID]) -> dict[str, Any]:
    """Return what the list shows of a proposal; the newest two stand ready to be laid beside each other."""
    selection = proposal.selection
    newest = laid[:2]
    return {
        "selection": selection,
        "figures": proposal.figures,
        "state": state_of(selection),
        "when": moment(selection.proposed_at, zone),
        "levels": levels_of(selection)[:BRIEF],
        "laid": selection.pk in laid,
        "as_first": selection.pk == newest[-1] if newest else False,
        "as_second": selection.pk == newest[0] if newest else False,
    }
