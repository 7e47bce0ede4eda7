"""A focal point's page for one call: what was sent and how it stands; replace, withdraw, stand against another list."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.errors import Refused
from accounts.portal.forms import show_refusal
from participants.models import Nomination
from participants.models.nominations import DocumentKind, NominationState, Sector, Track
from participants.portal.dossiers import Answer
from participants.portal.forms import NominationForm, ReplacementForm, SubstituteForm, posted
from participants.portal.papers import attach, own
from participants.portal.reopenings import may_ask, requests_of
from participants.portal.sentences import about_dispute, about_lateness, about_request, about_time, language
from participants.portal.sittings import Sitting, seated
from participants.queries.deadlines import reopened_until
from participants.queries.drafts import drafts_of
from participants.queries.notifications import criteria_of, funding, joined
from participants.verbs.nominations import nominate as nominate_verb
from participants.verbs.nominations import withdraw as withdraw_verb
from participants.verbs.replacements import replace as replace_verb
from participants.verbs.substitutions import substitute as substitute_verb


@require_safe
@seated
def nominate(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Show the call, the Party's nominations and drafts, and what can be done now."""
    answer = Answer(sitting)
    rows = answer.rows()
    context = {
        **sitting.context(),
        **_of_call(sitting),
        **_of_time(answer),
        "extensions": answer.extensions,
        "rows": [row for row in rows if row.nomination.state != NominationState.WITHDRAWN],
        "withdrawn": [row for row in rows if row.nomination.state == NominationState.WITHDRAWN],
        "movable": [row.nomination.pk for row in rows if row.may & {"up", "down"}],
        "gap": answer.gap,
        "dispute": about_dispute(answer.disputes) if answer.in_dispute else None,
        "drafts": list(drafts_of(sitting.call, sitting.party)),
        "person": sitting.person,
        "tracks": sitting.tracks,
        "free": len(answer.free_ranks()),
        "may_contest": bool(answer.opposed) and answer.is_open and not answer.begins_dispute,
    }
    return render(request, "my/nominate.html", context)


def _of_call(sitting: Sitting) -> dict[str, object]:
    """Return the terms of the call in words."""
    call = sitting.call
    return {
        "asked_tracks": [Track(each).label for each in call.tracks],
        "asked_sectors": joined([str(Sector(each).label) for each in call.sectors], language()),
        "asked_papers": joined([str(DocumentKind(each).label) for each in call.papers], language()),
        "signs_second": call.get_planning_signatures_display() if Track.PLANNING in call.tracks else "",
        "criteria": criteria_of(call, language()),
        "funding": funding(call, language()),
    }


def _of_time(answer: Answer) -> dict[str, object]:
    """Return how the call stands against the clock for this Party."""
    sitting, call = answer.sitting, answer.sitting.call
    until = reopened_until(call, sitting.party, sitting.at)
    asked = requests_of(sitting)
    return {
        "is_open": answer.is_open,
        "time": about_time(call, open_now=answer.is_open, until=until, at=sitting.at),
        "lateness": about_lateness(call),
        "requests": [about_request(each, call.deadline_zone) for each in asked],
        "may_ask": may_ask(sitting, asked, is_open=answer.is_open),
    }


def form_for(request: HttpRequest, sitting: Sitting, ranks: list[int], **more: Any) -> NominationForm:
    """Return the form for one candidate; the letter bears today's date unless another one is known."""
    call = sitting.call
    # what another signatory took meanwhile is refused by the verb, with the place that is free
    offered = list(range(1, call.seats_per_party + 1)) if request.method == "POST" else ranks
    start = {"letter_date": sitting.at.date(), "rank": ranks[0] if ranks else ""} | more.pop("initial", {})
    return NominationForm(
        *posted(request),
        ranks=offered,
        tracks=sitting.tracks,
        sectors=call.sectors,
        asked=call.papers,
        initial=start,
        **more,
    )


def sent(sitting: Sitting, form: NominationForm, nominated: Callable[[], Nomination]) -> Nomination | None:
    """Nominate with all papers or not at all; a refusal goes beside its field."""
    try:
        with transaction.atomic():
            nomination = nominated()
            attach(sitting, nomination, form)
    except Refused as refused:
        show_refusal(form, refused)
        return None
    return nomination


def received(request: HttpRequest, sitting: Sitting, nomination: Nomination) -> HttpResponse:
    """Say the number of what came in and lead back to the page."""
    said = _("Nomination %(reference)s received.")
    if nomination.state == NominationState.WAITING:
        said = _("Nomination %(reference)s received; it waits for a second signature.")
    elif nomination.state == NominationState.DISPUTED:
        said = _("Nomination %(reference)s received; two lists stand now, and the secretariat will look into it.")
    elif nomination.state == NominationState.JOINED:
        said = _("Nomination %(reference)s received; it counts as one with the nomination there is of the same person.")
    messages.success(request, said % {"reference": nomination.reference})
    return redirect(f"{sitting.seat.here}#nomination-{nomination.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def contest(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Explain what it means to stand against the Party's list, then nominate so (E10)."""
    answer = Answer(sitting)
    if not answer.opposed:
        return redirect(sitting.seat.page("begin"))
    form = form_for(request, sitting, answer.free_ranks(contest=True))
    if request.method == "POST" and form.is_valid():
        done = sent(
            sitting,
            form,
            lambda: nominate_verb(
                sitting.call,
                party=sitting.party,
                candidate=form.candidate(),
                contest=True,
                by=sitting.actor,
                at=sitting.at,
                **form.answers(),
            ),
        )
        if done is not None:
            return received(request, sitting, done)
    context = {**sitting.context(), "form": form, "opposed": answer.opposed}
    return render(request, "my/contest.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def replace(request: HttpRequest, sitting: Sitting, key: UUID) -> HttpResponse:
    """Name somebody else in the same place and on the same track; the one before is withdrawn."""
    before = own(sitting, key)
    form = ReplacementForm(
        *posted(request),
        sectors=sitting.call.sectors,
        asked=sitting.call.papers,
        initial={"letter_date": sitting.at.date(), "sector": before.sector},
    )
    if request.method == "POST" and form.is_valid():
        done = sent(
            sitting,
            form,
            lambda: replace_verb(before, candidate=form.candidate(), by=sitting.actor, at=sitting.at, **form.answers()),
        )
        if done is not None:
            return received(request, sitting, done)
    context = {**sitting.context(), "form": form, "before": before}
    return render(request, "my/replace.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def substitute(request: HttpRequest, sitting: Sitting, key: UUID) -> HttpResponse:
    """Put somebody else in the seat of a selected nominee (E29); the one before is told and the other invited."""
    before = own(sitting, key)
    form = SubstituteForm(
        *posted(request),
        sectors=sitting.call.sectors,
        asked=sitting.call.papers,
        initial={"letter_date": sitting.at.date(), "sector": before.sector},
    )
    if request.method == "POST" and form.is_valid():
        done = sent(sitting, form, lambda: substitute_verb(before, form.substitute(), by=sitting.actor, at=sitting.at))
        if done is not None:
            return received(request, sitting, done)
    context = {**sitting.context(), "form": form, "before": before}
    return render(request, "my/substitute.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def withdraw(request: HttpRequest, sitting: Sitting, key: UUID) -> HttpResponse:
    """Ask once more, naming what will be lost; then withdraw."""
    nomination = own(sitting, key)
    if request.method == "POST":
        if nomination.state != NominationState.WITHDRAWN:
            withdraw_verb(nomination, by=sitting.actor, at=sitting.at)
        said = _("Nomination %(reference)s withdrawn; its rank is free again.") % {"reference": nomination.reference}
        messages.success(request, said)
        return redirect(sitting.seat.here)
    return render(request, "my/withdraw.html", {**sitting.context(), "nomination": nomination})
