"""Questions about a proposal: asked by a button beside a person or a donor, answered in the background."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from accounts.errors import Refused
from accounts.visitors import actor_of
from participants.admin.proposals import ProposalPage
from participants.models import Selection
from participants.queries import nominations
from participants.queries.questions import payers_of, told_of
from participants.verbs.questions import ask
from workshops.models import Contribution


class AskPage(ProposalPage):
    """POST asks: with ``nomination`` why not this person, with ``contribution`` or nothing who comes in with one more seat."""

    def __call__(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Answer one request: lead back to the proposal, to its questions."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        selection = self.find(request, key)
        about = _about(request, selection)
        try:
            ask(selection, **about, by=actor_of(request), at=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        page = reverse("admin:participants_selection_change", args=[selection.pk])
        return HttpResponseRedirect(f"{page}#questions")


def _about(request: HttpRequest, selection: Selection) -> dict[str, Any]:
    """Return what a question is about. Raises ``Http404`` for somebody of another call and for a donor who does not pay."""
    asked, paying = request.POST.get("nomination", ""), request.POST.get("contribution", "")
    if asked:
        seen = nominations.visible_to(request.user).filter(call=selection.call_id)
        found = seen.filter(pk=_key(asked)).select_related("person").first()
        if found is None:
            raise Http404
        return {"why_not": found}
    if not paying:
        return {}
    if _key(paying) not in {key for key, _label in payers_of(selection)}:
        raise Http404
    return {"one_more_by": Contribution.objects.get(pk=_key(paying))}


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


class AnswersPage(ProposalPage):
    """What a proposal's page asks for while questions are being answered."""

    template = "admin/selection_answers.html"

    def __call__(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Answer with the part of the page that lists the questions."""
        if not self.model_admin.admin_site.has_permission(request):
            return HttpResponse(status=403, headers={"HX-Refresh": "true"})
        selection = self.find(request, key)
        told = told_of(selection)
        return self.show(request, selection, questions=told, waits=any(each.waits for each in told))
