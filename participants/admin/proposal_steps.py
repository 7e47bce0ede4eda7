"""What organizers do with a proposal: change it with a reason, approve a colleague's, discard it, compute it again."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from accounts.admin.steps import Step
from accounts.errors import Refused
from accounts.portal.forms import show_refusal
from accounts.visitors import actor_of
from correspondence.admin.writing import titled, to_mailing
from correspondence.verbs.mailings import writing
from participants.admin.proposals import ProposalPage
from participants.models import Nomination, Selection, SelectionEntry
from participants.models.nominations import NominationState
from participants.models.selections import SELECTION_STEPS, Outcome, SelectionState
from participants.queries.proposals import Figures, figures_of, had_a_hand_in, lines_of
from participants.verbs.overrides import REASON_LIMIT, override
from participants.verbs.proposals import discard_proposal, retry_proposal
from participants.verbs.selections import approve

RETRY = Step(
    name="retry",
    label=gettext_lazy("Compute again"),
    button=ngettext_lazy("Compute %(count)d proposal again", "Compute %(count)d proposals again", "count"),
    done=ngettext_lazy(
        "%(count)d proposal is being computed again.", "%(count)d proposals are being computed again.", "count"
    ),
    fits=lambda selection: selection.state == SelectionState.FAILED,
    do=lambda selection, _answers, by, at: retry_proposal(selection, by=by, at=at),
)
DISCARD = Step(
    name="discard",
    label=gettext_lazy("Discard the proposal"),
    grave=True,
    button=ngettext_lazy("Discard %(count)d proposal", "Discard %(count)d proposals", "count"),
    done=ngettext_lazy("%(count)d proposal discarded.", "%(count)d proposals discarded.", "count"),
    note=lambda _rows: _("It is kept to be looked at and can no longer be approved. Nobody is told."),
    fits=lambda selection: SelectionState.DISCARDED in SELECTION_STEPS[selection.state],
    do=lambda selection, _answers, by, at: discard_proposal(selection, by=by, at=at),
)


class OverrideForm(forms.Form):
    """Who comes in, who goes out, and why."""

    takes_in = forms.ChoiceField(label=gettext_lazy("Comes in"), required=False)
    leaves_out = forms.ChoiceField(
        label=gettext_lazy("Goes out"),
        required=False,
        help_text=gettext_lazy("Who goes out becomes the last of the reserves."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=REASON_LIMIT,
        help_text=gettext_lazy("It stands in the decision, and the person reads it in the letter."),
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, entries: list[SelectionEntry], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.nomination_id): each.nomination for each in entries}
        nobody = ("", _("nobody"))
        chosen = [each for each in entries if each.outcome == Outcome.SELECTED]
        others = [each for each in entries if each.outcome != Outcome.SELECTED]
        self.fields["takes_in"].choices = [nobody, *map(_choice, others)]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["leaves_out"].choices = [nobody, *map(_choice, chosen)]  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """Return the arguments of ``override``."""
        return {
            "takes_in": self._person("takes_in"),
            "leaves_out": self._person("leaves_out"),
            "reason": self.cleaned_data["reason"],
        }

    def _person(self, field: str) -> Nomination | None:
        return self.people.get(self.cleaned_data[field])


def _choice(entry: SelectionEntry) -> tuple[str, str]:
    nomination = entry.nomination
    who = f"{nomination.person} · {nomination.party or nomination.organization}"
    if entry.position is not None:
        return str(nomination.pk), f"{entry.position}. {who}"
    return str(nomination.pk), f"{who} · {entry.get_outcome_display()}"


class OverridePage(ProposalPage):
    """GET asks who comes in or goes out and why; POST changes the proposal, or says beside a field why not."""

    template = "admin/selection_step.html"

    def __call__(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Answer one request for the page."""
        selection = self.find(request, key)
        entries = list(lines_of(selection))
        form = OverrideForm(entries, request.POST if request.method == "POST" else None, initial=request.GET.dict())
        if request.method == "POST" and form.is_valid():
            try:
                override(selection, **form.said(), by=actor_of(request), at=timezone.now())
            except Refused as refusal:
                show_refusal(form, refusal)
            else:
                messages.success(request, _("The proposal is changed; money and levels are counted anew."))
                return _to(selection)
        return self.show(
            request,
            selection,
            status=422 if form.errors else 200,
            title=_("Change this proposal"),
            form=form,
            note=[
                _("Seats, the Parties’ places and the donors’ money still bind."),
                _("Whoever changes a proposal does not approve it."),
            ],
            button=_("Change the proposal"),
        )


class ApprovePage(ProposalPage):
    """GET names what approving does, with counts; POST approves, and leads to the letters before they go."""

    template = "admin/selection_step.html"

    def __call__(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Answer one request for the page."""
        selection = self.find(request, key)
        form = forms.Form(request.POST if request.method == "POST" else None)
        if request.method == "POST":
            by, at = actor_of(request), timezone.now()
            try:
                with writing(titled(_("Selection"), [selection.call.workshop.reference]), by=by, at=at) as mailing:
                    approve(selection, mailing=mailing, by=by, at=at)
            except Refused as refusal:
                messages.error(request, str(refusal))
                return _to(selection)
            messages.success(request, _("The selection is approved."))
            return to_mailing(mailing) or _to(selection)
        hindered = hindrance(selection, request)
        return self.show(
            request,
            selection,
            title=_("Approve the selection"),
            form=form,
            **_asked(selection, hindered),
        )


def hindrance(selection: Selection, request: HttpRequest) -> str:
    """Return why a visitor cannot approve a proposal, "" when nothing is known to stand in the way."""
    if selection.state != SelectionState.PROPOSED:
        told = {"state": selection.get_state_display()}
        return _("Only a proposal that waits for approval can be approved; this one is “%(state)s”.") % told
    user = actor_of(request).user
    if user is not None and had_a_hand_in(selection, user):
        return _("Another organizer approves: you proposed this selection or changed it.")
    return ""


def _asked(selection: Selection, hindered: str) -> dict[str, Any]:
    """Return the consequence with its counts and the button; of what cannot be approved the reason alone."""
    if hindered:
        return {"note": [hindered], "button": ""}
    figures = figures_of(selection)
    button = ngettext("Approve: select %(count)d person", "Approve: select %(count)d people", figures.selected)
    return {"note": _consequence(selection, figures), "button": button % {"count": figures.selected}}


def _consequence(selection: Selection, figures: Figures) -> list[str]:
    told = {"selected": figures.selected, "reserves": figures.reserves, "rest": figures.not_selected}
    sentences = [
        _("Approve: %(selected)d selected, %(reserves)d reserves, %(rest)d not selected.") % told,
        _("Everybody gets a letter with the outcome and the reason; invitations are written later."),
        _("You read the letters before they are sent."),
        _("This cannot be undone."),
    ]
    unsigned = selection.call.nominations.filter(state=NominationState.WAITING).count()
    if unsigned:
        text = ngettext(
            "%(count)d nomination still waits for a signature: it is not selected, and its person is told.",
            "%(count)d nominations still wait for a signature: they are not selected, and their people are told.",
            unsigned,
        )
        sentences.insert(1, text % {"count": unsigned})
    return sentences


def _to(selection: Selection) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:participants_selection_change", args=[selection.pk]))
