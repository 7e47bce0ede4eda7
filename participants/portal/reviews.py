"""A reviewer's pages: the calls to review, the dossiers of one, and one dossier with its papers beside the score."""

from collections.abc import Callable, Iterator
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.errors import Refused
from accounts.portal.forms import show_refusal
from accounts.portal.listing import page_of
from accounts.visitors import actor_of, visitor
from correspondence.downloads import as_download
from participants.models import Nomination, NominationDocument, Review, Reviewer
from participants.models.nominations import NominationState
from participants.portal.links import keep_private
from participants.portal.review_forms import ScoreForm
from participants.portal.sentences import Note, on_day
from participants.queries.defects import faults
from participants.queries.reviews import (
    Shown,
    compatriots,
    dossiers,
    next_open,
    shown_to,
    to_review,
    visible_criteria,
    with_papers,
    with_papers_for,
)
from participants.verbs.documents import open_document
from participants.verbs.reviews import score
from workshops.queries.parties import status_on

View = Callable[..., HttpResponse]
KEPT = ("all", "open", "scored")


def reviewing(view: View) -> View:
    """Give a view the reviewer that the signed-in user is for the call of its address; to others there is no such page."""

    @login_required(login_url="sign_in")
    @wraps(view)
    def opened(request: HttpRequest, call: UUID, **rest: object) -> HttpResponse:
        reviewer = to_review(visitor(request)).filter(call=call).first()
        if reviewer is None:
            raise Http404
        return keep_private(view(request, reviewer, **rest))

    return opened


@require_safe
@login_required(login_url="sign_in")
def reviews(request: HttpRequest) -> HttpResponse:
    """List the calls that the user reviews, with how far each is."""
    return keep_private(render(request, "my/reviews.html", {"reviewing": to_review(visitor(request))}))


def _context(reviewer: Reviewer) -> dict[str, object]:
    """Return what every page about a reviewed call shows."""
    workshop = reviewer.call.workshop
    return {
        "reviewer": reviewer,
        "call": reviewer.call,
        "workshop": workshop,
        "practice": workshop.programme.rehearsal_of_id,
        "trail": [(reverse("my"), _("My page")), (reverse("my_reviews"), _("Nominees to review"))],
    }


@require_safe
@reviewing
def call(request: HttpRequest, reviewer: Reviewer) -> HttpResponse:
    """List the dossiers that this reviewer may score; ``?show=open`` keeps those that are still to be."""
    show = request.GET.get("show", KEPT[0])
    rows = dossiers(reviewer)
    kept = {
        "open": rows.filter(own_points__isnull=True),
        "scored": rows.filter(own_points__isnull=False),
    }.get(show, rows)
    here = reverse("review_call", args=[reviewer.call_id])
    words = (_("All"), _("To score"), _("Scored"))
    own = compatriots(reviewer)
    apart = ngettext(
        "%(count)d nominee of your own Government (%(party)s) is scored by others.",
        "%(count)d nominees of your own Government (%(party)s) are scored by others.",
        own,
    )
    context = {
        **_context(reviewer),
        "page": page_of(request, kept),
        "chips": [(f"{here}?show={key}", word, key == show) for key, word in zip(KEPT, words, strict=True)],
        "apart": apart % {"count": own, "party": reviewer.party} if own else "",
    }
    return render(request, "my/review_call.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@reviewing
def dossier(request: HttpRequest, reviewer: Reviewer, key: UUID) -> HttpResponse:
    """Show what a nominee is judged by, and take the points; afterwards show what others gave."""
    nomination = with_papers(dossiers(reviewer)).filter(pk=key).first()
    if nomination is None:
        raise Http404
    shown = shown_to(request.user, nomination)
    own = next((each for each in shown.reviews if _is_own(each, reviewer)), None)
    form = _form(request, reviewer, own)
    if request.method == "POST" and form.is_valid():
        given = {"note": form.cleaned_data["note"], "by": actor_of(request), "at": timezone.now()}
        try:
            review = score(nomination, form.marks(), **given)
        except Refused as refused:
            show_refusal(form, refused)
        else:
            said = _("%(reference)s scored: %(points)d of 100.")
            messages.success(request, said % {"reference": nomination.reference, "points": review.points})
            return redirect("review_dossier", call=reviewer.call_id, key=nomination.pk)
    context = {
        **_context(reviewer),
        **_about(reviewer, nomination),
        **_scores(reviewer, shown, own),
        "form": form,
    }
    return render(request, "my/review_dossier.html", context, status=422 if form.errors else 200)


def _is_own(review: Review, reviewer: Reviewer) -> bool:
    return review.set_aside_at is None and review.reviewer_id == reviewer.pk


def _form(request: HttpRequest, reviewer: Reviewer, own: Review | None) -> ScoreForm:
    criteria = list(visible_criteria(request.user).filter(call=reviewer.call_id))
    start: dict[str, object] = {}
    if own is not None:
        start = {f"criterion-{each.criterion_id}": each.points for each in own.marks.all()} | {"note": own.note}
    return ScoreForm(request.POST if request.method == "POST" else None, criteria=criteria, initial=start)


def _about(reviewer: Reviewer, nomination: Nomination) -> dict[str, object]:
    """Return the nominee, the papers (those of joined nominations too, E04) and what the planner checked."""
    joined = [document for other in nomination.joined.all() for document in other.documents.all()]
    context = _context(reviewer)
    listed = (reverse("review_call", args=[reviewer.call_id]), str(reviewer.call.workshop))
    return {
        "nomination": nomination,
        "papers": [*nomination.documents.all(), *joined],
        "checks": list(_checks(nomination)),
        "next": next_open(reviewer, nomination),
        "trail": [*context["trail"], listed],  # type: ignore[misc]  # a list, among values of every kind
    }


def _scores(reviewer: Reviewer, shown: Shown, own: Review | None) -> dict[str, object]:
    """Return the reviews that count, and whether this reviewer may still score, or score anew."""
    counting = [each for each in shown.reviews if each.set_aside_at is None]
    return {
        "own": own,
        "shown": [] if shown.blind else counting,
        "mean": shown.mean,
        "may_score": not reviewer.decided and (own is None or len(counting) == 1),  # type: ignore[attr-defined]  # an annotation
    }


def _checks(nomination: Nomination) -> Iterator[Note]:
    """Yield what the planner itself knows of whether somebody can be selected; the rest is for the reviewer to judge."""
    day = nomination.call.workshop.starts_on
    if nomination.party is None:
        yield Note("plain", _("Expert of an organization, counted apart from the seats for Parties."))
    elif status_on(nomination.party, day) == "party":
        yield Note("plain", _("%(party)s is a Party on %(day)s.") % {"party": nomination.party, "day": on_day(day)})
    else:
        said = _("%(party)s is no Party on %(day)s and has no Party seat.")
        yield Note("late", said % {"party": nomination.party, "day": on_day(day)})
    if nomination.late:
        yield Note("late", _("Sent after the deadline."))
    else:
        yield Note("plain", _("Sent in time."))
    if nomination.state == NominationState.DISPUTED:
        yield Note("waits", _("Two lists stand for this Party; the secretariat will confirm one of them."))
    found = faults(nomination)
    yield from (Note("waits", each) for each in found)
    if not found:
        yield Note("plain", _("All papers and signatures are here."))


@require_safe
@reviewing
def paper(request: HttpRequest, reviewer: Reviewer, key: UUID, kind: str) -> HttpResponse:
    """Give the bytes of a paper as a file to keep; the verb logs who opened it."""
    seen = with_papers_for(request.user).filter(call=reviewer.call_id)
    documents = NominationDocument.objects.select_related("nomination__party", "file")
    found = documents.filter(nomination__in=seen, nomination=key, kind=kind).first()
    if found is None:
        raise Http404
    return as_download(found.file, open_document(found, by=actor_of(request), at=timezone.now()))
