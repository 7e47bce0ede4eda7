"""Nominating an expert: filled in at once or in several sittings, then sent."""

from contextlib import suppress
from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.errors import NotAllowed, Refused
from accounts.portal.forms import show_refusal
from participants.models import Nomination, NominationDraft
from participants.portal.dossiers import Answer
from participants.portal.forms import NominationForm
from participants.portal.nominations import form_for, received, sent
from participants.portal.sittings import Sitting, seated
from participants.queries.drafts import drafts_of
from participants.verbs.drafts import attach_to_draft, discard_draft, save_draft, send_draft
from participants.verbs.nominations import nominate

# Sent a second time by a double click: there is nothing left to keep for later.
SENT_ALREADY = "already_nominated"


class Outcome(NamedTuple):
    """What became of a form that was sent: the draft there is now, whether it was ``kept``, the nomination."""

    draft: NominationDraft | None
    kept: bool = False
    nomination: Nomination | None = None


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def begin(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Take a nomination, or what there is of it so far as a draft."""
    return _filled_in(request, sitting, None)


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def draft(request: HttpRequest, sitting: Sitting, key: UUID) -> HttpResponse:
    """Go on with a draft; the other signatories of the Party see it and change nothing."""
    found = _found(sitting, key)
    if found is None:
        return _gone(request, sitting)
    if found.author_id != sitting.person.pk:
        if request.method == "POST":
            raise NotAllowed("not_yours", _("This draft is changed by the person who began it."))
        return render(request, "my/draft.html", {**sitting.context(), "draft": found, "said": _said(found)})
    return _filled_in(request, sitting, found)


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def discard(request: HttpRequest, sitting: Sitting, key: UUID) -> HttpResponse:
    """Ask once more, naming what will be lost; then throw the draft away."""
    found = _found(sitting, key)
    if found is None:
        return _gone(request, sitting)
    if request.method == "POST":
        discard_draft(found, by=sitting.actor, at=sitting.at)
        messages.success(request, _("The draft was discarded."))
        return redirect(sitting.seat.here)
    return render(request, "my/discard.html", {**sitting.context(), "draft": found})


def _found(sitting: Sitting, key: UUID) -> NominationDraft | None:
    """Return a draft of the sitting's Party and call, nothing when it is gone, or 404 when it is somebody else's."""
    found = drafts_of(sitting.call, sitting.party).filter(pk=key).first()
    if found is None and NominationDraft.objects.filter(pk=key).exists():
        raise Http404
    return found


def _gone(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    messages.info(request, _("This draft was sent or discarded already."))
    return redirect(sitting.seat.here)


def _said(row: NominationDraft) -> list[tuple[str, str]]:
    """Return label and words of what is filled in; a choice by its name."""
    form = NominationForm(row.fields, ranks=(1, 2, 3))
    choices = {name: dict(getattr(form.fields[name], "choices", ())) for name in row.fields if name in form.fields}
    return [
        (str(form.fields[name].label), str(choices[name].get(row.fields[name], row.fields[name])))
        for name in form.fields
        if name in row.fields
    ]


def _filled_in(request: HttpRequest, sitting: Sitting, row: NominationDraft | None) -> HttpResponse:
    answer = Answer(sitting)
    start = dict(row.fields) if row is not None else {}
    form = form_for(request, sitting, answer.free_ranks(), kept=_kept(row), initial=start)
    saving, out = "save" in request.POST, Outcome(row)
    if saving:
        out = _save(request, sitting, form, row)
        if out.kept and not form.errors:
            messages.success(request, _("The draft is saved. Nothing was sent yet: go on when you are ready."))
            return redirect(sitting.seat.here)
    elif request.method == "POST":
        out = _send(request, sitting, form, row)
        if out.nomination is not None:
            return received(request, sitting, out.nomination)
    context = {
        **sitting.context(),
        "form": form,
        "draft": out.draft,
        "kept": out.kept,
        "saving": saving,
        "is_open": answer.is_open,
        "free": len(answer.free_ranks()),
        "seats": sitting.call.seats_per_party,
        "in_dispute": answer.in_dispute,
        "begins_dispute": answer.begins_dispute,
    }
    return render(request, "my/nominate_expert.html", context, status=422 if form.errors else 200)


def _kept(row: NominationDraft | None) -> dict[str, str]:
    """Return the names of a draft's papers, by kind."""
    return {each.kind: each.file.name for each in row.documents.all()} if row is not None else {}


def _keep(request: HttpRequest, sitting: Sitting, form: NominationForm, row: NominationDraft | None) -> NominationDraft:
    """Keep what is filled in and the good papers, all or nothing. Raises as ``save_draft`` and ``attach_to_draft`` do."""
    by, at = sitting.actor, sitting.at
    with transaction.atomic():
        fields = {name: value for name, value in request.POST.items() if isinstance(value, str)}
        kept = save_draft(sitting.call, sitting.party, fields, draft=row, by=by, at=at)
        for kind, data, name in form.papers():
            attach_to_draft(kept, kind, data=data, name=name, by=by, at=at)
    return _reread(sitting, kept, form)


def _reread(sitting: Sitting, row: NominationDraft, form: NominationForm) -> NominationDraft:
    """Return a draft with the papers it has now, and say their names beside the fields."""
    fresh = drafts_of(sitting.call, sitting.party).get(pk=row.pk)
    form.say_kept(_kept(fresh))
    return fresh


def _save(request: HttpRequest, sitting: Sitting, form: NominationForm, row: NominationDraft | None) -> Outcome:
    """Keep a draft whatever it lacks; a bad paper alone is not kept."""
    form.papers_alone()
    try:
        return Outcome(_keep(request, sitting, form, row), kept=True)
    except Refused as refused:
        show_refusal(form, refused)
        return Outcome(row)


def _send(request: HttpRequest, sitting: Sitting, form: NominationForm, row: NominationDraft | None) -> Outcome:
    """Nominate; when that is refused, papers that came along are kept in a draft and need not be chosen again."""
    done = _sent(sitting, form, row) if form.is_valid() else None
    if done is None and form.papers() and not form.has_error("name", SENT_ALREADY):
        with suppress(Refused):  # too little for a draft, or too many of them: the page says what was refused before
            return Outcome(_keep(request, sitting, form, row), kept=True)
    return Outcome(row, nomination=done)


def _sent(sitting: Sitting, form: NominationForm, row: NominationDraft | None) -> Nomination | None:
    by, at = sitting.actor, sitting.at
    if row is None:
        return sent(
            sitting,
            form,
            lambda: nominate(
                sitting.call, party=sitting.party, candidate=form.candidate(), by=by, at=at, **form.answers()
            ),
        )
    return sent(sitting, form, lambda: send_draft(row, candidate=form.candidate(), by=by, at=at, **form.answers()))
