"""The page of selection: the proposal with its reasons, changed by the organizer, then decided in a second step."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.errors import Refused
from accounts.visitors import actor_of
from correspondence.admin.writing import titled, to_mailing
from correspondence.verbs.mailings import writing
from participants.models import Call, Nomination
from participants.models.nominations import NominationState
from participants.models.selections import Outcome
from participants.queries.nominations import live
from participants.verbs.selections import propose, select

SEATS_MOST = 5000


class SeatsForm(forms.Form):
    """How many seats there are for Parties."""

    seats = forms.IntegerField(label=gettext_lazy("Seats for Parties"), min_value=0, max_value=SEATS_MOST)


class DecisionForm(forms.Form):
    """The outcome of one nomination; ``place`` orders the reserves."""

    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"), choices=Outcome)
    place = forms.IntegerField(label=gettext_lazy("Place"), required=False, min_value=1, max_value=SEATS_MOST)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=1000, widget=forms.Textarea({"rows": 2}))


@dataclass(frozen=True)
class Line:
    """A nomination and what is to be decided on it."""

    nomination: Nomination
    form: DecisionForm


class SelectingPage:
    """GET shows the proposal for so many seats; POST shows the decision once more, then makes it."""

    def __init__(self, model_admin: Any) -> None:
        self.model_admin = model_admin

    def __call__(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Answer one request for the page of a call."""
        call = self.model_admin.get_queryset(request).select_related("workshop").filter(pk=key).first()
        if call is None or not self.model_admin.has_view_permission(request, call):
            raise Http404
        given = request.POST if request.method == "POST" else {"seats": call.workshop.seats} | request.GET.dict()
        seats = SeatsForm(given)
        if not seats.is_valid():
            return self._show(request, call, seats, [])
        if request.method != "POST":
            return self._show(request, call, seats, _proposed(call, seats.cleaned_data["seats"]))
        return self._decide(request, call, seats)

    def _decide(self, request: HttpRequest, call: Call, seats: SeatsForm) -> HttpResponse:
        lines = [Line(each, DecisionForm(request.POST, prefix=str(each.pk))) for each in _open(call)]
        valid = [line.form.is_valid() for line in lines]  # all of them, so that each shows its errors
        if not all(valid) or "change" in request.POST:
            return self._show(request, call, seats, lines)
        if "confirm" not in request.POST:
            return self._show(request, call, seats, lines, sure=True)
        chosen, by, at = _chosen(lines), actor_of(request), timezone.now()
        try:
            with writing(titled(_("Selection"), [call.workshop.reference]), by=by, at=at) as mailing:
                select(call, seats=seats.cleaned_data["seats"], mailing=mailing, by=by, at=at, **chosen)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return self._show(request, call, seats, lines)
        messages.success(request, _told(chosen, len(lines)))
        nominations = reverse("admin:participants_nomination_changelist")
        return to_mailing(mailing) or HttpResponseRedirect(
            f"{nominations}?call__id__exact={call.pk}&state__exact={NominationState.SELECTED}"
        )

    def _show(
        self, request: HttpRequest, call: Call, seats: SeatsForm, lines: list[Line], *, sure: bool = False
    ) -> HttpResponse:
        context = {
            **self.model_admin.admin_site.each_context(request),
            "title": _("Select participants"),
            "opts": self.model_admin.opts,
            "call": call,
            "seats": seats,
            "lines": lines,
            "sure": sure,
        }
        if sure:
            context["summary"] = _told(_chosen(lines), len(lines))
            context["button"] = _button(len(_chosen(lines)["selected"]))
        return TemplateResponse(request, "admin/selecting.html", context)


def _open(call: Call) -> list[Nomination]:
    return list(live(call).filter(state=NominationState.SUBMITTED))


def _proposed(call: Call, seats: int) -> list[Line]:
    """Return all undecided nominations in the order of the proposal, with its outcome and reason."""
    proposal = propose(call, seats)
    places = {each.pk: place for place, each in enumerate(proposal.reserves, start=1)}
    return [
        Line(
            each,
            DecisionForm(
                prefix=str(each.pk),
                initial={
                    "outcome": Outcome.RESERVE if each.pk in places else Outcome.SELECTED,
                    "place": places.get(each.pk),
                    "reason": proposal.reasons[each.pk],
                },
            ),
        )
        for each in (*proposal.selected, *proposal.reserves)
    ]


def _chosen(lines: list[Line]) -> Mapping[str, Any]:
    """Return the arguments of ``select``; reserves without a place come after those with one."""

    def with_outcome(outcome: Outcome) -> list[Line]:
        return [line for line in lines if line.form.cleaned_data["outcome"] == outcome]

    reserves = sorted(with_outcome(Outcome.RESERVE), key=lambda line: line.form.cleaned_data["place"] or SEATS_MOST + 1)
    return {
        "selected": [line.nomination for line in with_outcome(Outcome.SELECTED)],
        "reserves": [line.nomination for line in reserves],
        "reasons": {line.nomination.pk: line.form.cleaned_data["reason"] for line in lines},
    }


def _told(chosen: Mapping[str, Any], of: int) -> str:
    selected, reserves = len(chosen["selected"]), len(chosen["reserves"])
    return _("%(selected)d selected, %(reserves)d in reserve, %(rest)d not selected.") % {
        "selected": selected,
        "reserves": reserves,
        "rest": of - selected - reserves,
    }


def _button(selected: int) -> str:
    return ngettext("Select %(count)d person", "Select %(count)d people", selected) % {"count": selected}
