"""A focal point's page for one call: who is nominated; nominate, withdraw, send papers."""

from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.errors import Refused
from accounts.portal.forms import show_refusal
from participants.models import Call, Nomination, PersonalLink
from participants.models.links import LinkPurpose
from participants.models.nominations import NOMINATION_STEPS, NominationState
from participants.portal.forms import NominationForm, PapersForm
from participants.portal.links import address, bearer, opened_by, token_of
from participants.queries.calls import open_calls
from participants.queries.nominations import of_party
from participants.verbs.documents import attach_document
from participants.verbs.nominations import nominate as nominate_verb
from participants.verbs.nominations import withdraw as withdraw_verb
from workshops.models import Party


class Standing(NamedTuple):
    """What a link for nominating is about; both are never missing on such a link (``link_fits_its_purpose``)."""

    call: Call
    party: Party


def _standing(link: PersonalLink) -> Standing:
    if link.call is None or link.party is None:
        raise Http404
    return Standing(link.call, link.party)


@require_http_methods(["GET", "HEAD", "POST"])
@opened_by(LinkPurpose.NOMINATE)
def nominate(request: HttpRequest, link: PersonalLink) -> HttpResponse:
    """Show the call and the Party's nominations; take one more."""
    call, party = _standing(link)
    rows = list(of_party(call, party))
    taken = {row.rank for row in rows if row.state != NominationState.WITHDRAWN}
    ranks = [rank for rank in range(1, call.seats_per_party + 1) if rank not in taken]
    every_rank = list(range(1, call.seats_per_party + 1))
    sent = request.method == "POST"
    form = NominationForm(*_sent(request), ranks=every_rank if sent else ranks)
    if sent and form.is_valid():
        done = _nominate(request, link, form)
        if done is not None:
            said = _("Nomination %(reference)s received.") % {"reference": done.reference}
            messages.success(request, said)
            return redirect(address(link))
    context = {
        "call": call,
        "workshop": call.workshop,
        "party": party,
        "practice": call.workshop.programme.rehearsal_of_id,
        "nominations": [(row, _can_withdraw(row)) for row in rows],
        "is_open": open_calls(timezone.now()).filter(pk=call.pk).exists(),
        "free": len(ranks),
        "form": form,
        "here": address(link),
        "token": token_of(link),
    }
    return render(request, "my/nominate.html", context, status=422 if form.errors else 200)


def _sent(request: HttpRequest) -> tuple[QueryDict | None, MultiValueDict[str, Any] | None]:
    """Return the fields and files of a form that was sent, or nothing for one to fill in."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _can_withdraw(nomination: Nomination) -> bool:
    return NominationState.WITHDRAWN in NOMINATION_STEPS[nomination.state]


def _nominate(request: HttpRequest, link: PersonalLink, form: NominationForm) -> Nomination | None:
    """Nominate with all papers or not at all; a refusal goes beside its field."""
    call, party = _standing(link)
    said = {name: form.cleaned_data[name] for name in ("track", "sector", "rank", "expertise")}
    by, now = bearer(request, link), timezone.now()
    try:
        with transaction.atomic():
            nomination = nominate_verb(call, party=party, candidate=form.candidate(), **said, by=by, at=now)
            _attach(request, link, nomination, form)
    except Refused as refused:
        show_refusal(form, refused)
        return None
    return nomination


def _attach(request: HttpRequest, link: PersonalLink, nomination: Nomination, form: PapersForm) -> int:
    """Attach the papers of a form; a refused file is named by the kind of paper it was sent as."""
    by, now = bearer(request, link), timezone.now()
    sent = form.papers()
    for kind, data, name in sent:
        try:
            attach_document(nomination, kind, data=data, name=name, by=by, at=now)
        except Refused as refused:
            refused.field = kind
            raise
    return len(sent)


def _own(link: PersonalLink, key: UUID) -> Nomination:
    """Return a nomination of the link's Party and call, or 404."""
    found = of_party(*_standing(link)).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def _about(nomination: Nomination, link: PersonalLink) -> dict[str, object]:
    """Return what every page about one nomination shows."""
    practice = nomination.call.workshop.programme.rehearsal_of_id
    return {"nomination": nomination, "practice": practice, "here": address(link)}


@require_http_methods(["GET", "HEAD", "POST"])
@opened_by(LinkPurpose.NOMINATE)
def withdraw(request: HttpRequest, link: PersonalLink, key: UUID) -> HttpResponse:
    """Ask once more, naming what will be lost; then withdraw."""
    nomination = _own(link, key)
    if request.method == "POST":
        if nomination.state != NominationState.WITHDRAWN:
            withdraw_verb(nomination, by=bearer(request, link), at=timezone.now())
        said = _("Nomination %(reference)s withdrawn; its rank is free again.") % {"reference": nomination.reference}
        messages.success(request, said)
        return redirect(address(link))
    return render(request, "my/withdraw.html", _about(nomination, link))


@require_http_methods(["GET", "HEAD", "POST"])
@opened_by(LinkPurpose.NOMINATE)
def papers(request: HttpRequest, link: PersonalLink, key: UUID) -> HttpResponse:
    """Send papers of a nomination, now or again; the newest of a kind takes the place of the one before."""
    nomination = _own(link, key)
    form = PapersForm(*_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                count = _attach(request, link, nomination, form)
        except Refused as refused:
            show_refusal(form, refused)
        else:
            said = ngettext(
                "%(count)s paper received for %(reference)s.", "%(count)s papers received for %(reference)s.", count
            )
            messages.success(request, said % {"count": count, "reference": nomination.reference})
            return redirect(address(link))
    context = {**_about(nomination, link), "form": form}
    return render(request, "my/papers.html", context, status=422 if form.errors else 200)
