"""A Party's page for its national targets: what was sent, what became of it, and the next version."""

from typing import NamedTuple

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.errors import Refused
from participants.models import PersonalLink
from participants.models.links import LinkPurpose
from participants.portal.links import address, bearer, opened_by
from targets.models import Submission
from targets.portal.forms import NoteForm
from targets.portal.tables import ItemTable, TargetTable
from targets.verbs.submissions import submit_targets
from workshops.models import Party, Workshop


class Subject(NamedTuple):
    """What a link for targets is about; both are never missing on such a link (``link_fits_its_purpose``)."""

    workshop: Workshop
    party: Party


def _subject(link: PersonalLink) -> Subject:
    if link.workshop is None or link.party is None:
        raise Http404
    return Subject(link.workshop, link.party)


def versions(subject: Subject) -> QuerySet[Submission]:
    """Return the Party's versions under the programme, newest first, each with its number of targets."""
    return (
        Submission.objects.filter(programme=subject.workshop.programme_id, party=subject.party)
        .annotate(item_count=Count("items"))
        .order_by("-version")
    )


@require_http_methods(["GET", "HEAD", "POST"])
@opened_by(LinkPurpose.TARGETS)
def targets(request: HttpRequest, link: PersonalLink) -> HttpResponse:
    """Show the versions sent and the table for the next one; take it, or show the table with more rows."""
    subject = _subject(link)
    earlier = list(versions(subject))
    table, note, refused = TargetTable(subject.workshop.programme, earlier[0] if earlier else None), NoteForm(), False
    if request.method != "POST":
        items = table.to_fill_in()
    elif "more" in request.POST:
        items, note = table.longer(request.POST), NoteForm(initial=request.POST.dict())
    else:
        items, note, refused = table.sent(request.POST), NoteForm(request.POST), True
        sent = _submit(request, link, items, note)
        if sent is not None:
            messages.success(request, _received(sent))
            return redirect(address(link))
    context = {
        "workshop": subject.workshop,
        "party": subject.party,
        "practice": subject.workshop.programme.rehearsal_of_id,
        "versions": earlier,
        "next_version": earlier[0].version + 1 if earlier else 1,
        "items": items,
        "too_long": table.too_long,
        "note": note,
        "has_problems": refused,
    }
    return render(request, "my/targets.html", context, status=422 if refused else 200)


def _received(sent: Submission) -> str:
    count = sent.items.count()
    said = ngettext(
        "Version %(version)s received with %(count)s target.",
        "Version %(version)s received with %(count)s targets.",
        count,
    )
    return said % {"version": sent.version, "count": count}


def _submit(request: HttpRequest, link: PersonalLink, items: ItemTable, note: NoteForm) -> Submission | None:
    """Submit the rows that were filled in; a refusal goes beside its field."""
    if not (items.is_valid() and note.is_valid()):
        return None
    workshop, party = _subject(link)
    try:
        return submit_targets(
            workshop.programme,
            party,
            items=items.drafts(),
            workshop=workshop,
            note=note.cleaned_data["note"],
            by=bearer(request, link),
            at=timezone.now(),
        )
    except Refused as refused:
        if refused.field == "note":
            note.add_error("note", str(refused))
        else:
            items.show(refused)
        return None
