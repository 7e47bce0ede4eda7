"""A focal point's page for one call: who is nominated; nominate, withdraw, send papers."""

from typing import Any
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
from participants.models import Nomination
from participants.models.nominations import NOMINATION_STEPS, NominationState
from participants.portal.forms import NominationForm, PapersForm
from participants.portal.seats import Seat, nominating
from participants.queries.calls import open_calls
from participants.queries.nominations import of_party
from participants.verbs.documents import attach_document
from participants.verbs.nominations import nominate as nominate_verb
from participants.verbs.nominations import withdraw as withdraw_verb


@require_http_methods(["GET", "HEAD", "POST"])
@nominating
def nominate(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show the call and the Party's nominations; take one more."""
    call, party = seat.call, seat.party
    rows = list(of_party(call, party))
    taken = {row.rank for row in rows if row.state != NominationState.WITHDRAWN}
    ranks = [rank for rank in range(1, call.seats_per_party + 1) if rank not in taken]
    every_rank = list(range(1, call.seats_per_party + 1))
    sent = request.method == "POST"
    form = NominationForm(*_sent(request), ranks=every_rank if sent else ranks)
    if sent and form.is_valid():
        done = _nominate(seat, form)
        if done is not None:
            said = _("Nomination %(reference)s received.") % {"reference": done.reference}
            messages.success(request, said)
            return redirect(seat.here)
    context = {
        "call": call,
        "workshop": call.workshop,
        "party": party,
        "practice": call.workshop.programme.rehearsal_of_id,
        "nominations": [(row, _can_withdraw(row)) for row in rows],
        "is_open": open_calls(timezone.now()).filter(pk=call.pk).exists(),
        "free": len(ranks),
        "form": form,
        "seat": seat,
    }
    return render(request, "my/nominate.html", context, status=422 if form.errors else 200)


def _sent(request: HttpRequest) -> tuple[QueryDict | None, MultiValueDict[str, Any] | None]:
    """Return the fields and files of a form that was sent, or nothing for one to fill in."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _can_withdraw(nomination: Nomination) -> bool:
    return NominationState.WITHDRAWN in NOMINATION_STEPS[nomination.state]


def _nominate(seat: Seat, form: NominationForm) -> Nomination | None:
    """Nominate with all papers or not at all; a refusal goes beside its field."""
    call, party = seat.call, seat.party
    said = {name: form.cleaned_data[name] for name in ("track", "sector", "rank", "expertise")}
    by, now = seat.actor, timezone.now()
    try:
        with transaction.atomic():
            nomination = nominate_verb(call, party=party, candidate=form.candidate(), **said, by=by, at=now)
            _attach(seat, nomination, form)
    except Refused as refused:
        show_refusal(form, refused)
        return None
    return nomination


def _attach(seat: Seat, nomination: Nomination, form: PapersForm) -> int:
    """Attach the papers of a form; a refused file is named by the kind of paper it was sent as."""
    by, now = seat.actor, timezone.now()
    sent = form.papers()
    for kind, data, name in sent:
        try:
            attach_document(nomination, kind, data=data, name=name, by=by, at=now)
        except Refused as refused:
            refused.field = kind
            raise
    return len(sent)


def _own(seat: Seat, key: UUID) -> Nomination:
    """Return a nomination of the seat's Party and call, or 404."""
    found = of_party(seat.call, seat.party).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def _about(nomination: Nomination, seat: Seat) -> dict[str, object]:
    """Return what every page about one nomination shows."""
    practice = nomination.call.workshop.programme.rehearsal_of_id
    return {"nomination": nomination, "practice": practice, "here": seat.here}


@require_http_methods(["GET", "HEAD", "POST"])
@nominating
def withdraw(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """Ask once more, naming what will be lost; then withdraw."""
    nomination = _own(seat, key)
    if request.method == "POST":
        if nomination.state != NominationState.WITHDRAWN:
            withdraw_verb(nomination, by=seat.actor, at=timezone.now())
        said = _("Nomination %(reference)s withdrawn; its rank is free again.") % {"reference": nomination.reference}
        messages.success(request, said)
        return redirect(seat.here)
    return render(request, "my/withdraw.html", _about(nomination, seat))


@require_http_methods(["GET", "HEAD", "POST"])
@nominating
def papers(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """Send papers of a nomination, now or again; the newest of a kind takes the place of the one before."""
    nomination = _own(seat, key)
    form = PapersForm(*_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                count = _attach(seat, nomination, form)
        except Refused as refused:
            show_refusal(form, refused)
        else:
            said = ngettext(
                "%(count)s paper received for %(reference)s.", "%(count)s papers received for %(reference)s.", count
            )
            messages.success(request, said % {"count": count, "reference": nomination.reference})
            return redirect(seat.here)
    context = {**_about(nomination, seat), "form": form}
    return render(request, "my/papers.html", context, status=422 if form.errors else 200)
