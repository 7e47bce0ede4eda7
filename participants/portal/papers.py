"""Papers of a nomination: sent by its focal points, and opened by them."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.errors import Refused
from accounts.portal.forms import show_refusal
from correspondence.downloads import as_download
from participants.models import DraftDocument, Nomination, NominationDocument
from participants.models.nominations import DocumentKind
from participants.portal.forms import PapersForm, posted
from participants.portal.sittings import Sitting, seated
from participants.queries.nominations import dossiers
from participants.verbs.documents import attach_document, open_document
from participants.verbs.drafts import open_draft_document


def own(sitting: Sitting, key: UUID) -> Nomination:
    """Return a nomination of the sitting's Party and call, or 404."""
    found = dossiers(sitting.call, sitting.party).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def kept(nomination: Nomination) -> dict[str, str]:
    """Return the names of the papers that are here, by kind."""
    return {each.kind: each.file.name for each in nomination.documents.all()}


def attach(sitting: Sitting, nomination: Nomination, form: PapersForm) -> int:
    """Attach the papers of a form and return how many; a refused file is named by the kind of paper it was sent as."""
    sent = form.papers()
    for kind, data, name in sent:
        attach_document(nomination, kind, data=data, name=name, by=sitting.actor, at=sitting.at)
    return len(sent)


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def papers(request: HttpRequest, sitting: Sitting, key: UUID) -> HttpResponse:
    """Send papers of a nomination, now or again; the newest of a kind takes the place of the one before."""
    nomination = own(sitting, key)
    second = len(nomination.endorsements.all()) > 1 or DocumentKind.SECOND_LETTER in kept(nomination)
    form = PapersForm(*posted(request), asked=sitting.call.papers, kept=kept(nomination), second=second)
    if request.method == "POST" and form.is_valid() and not form.papers():
        form.add_error(None, _("Choose a file first."))
    elif request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                count = attach(sitting, nomination, form)
        except Refused as refused:
            show_refusal(form, refused)
        else:
            said = ngettext(
                "%(count)s paper received for %(reference)s.", "%(count)s papers received for %(reference)s.", count
            )
            messages.success(request, said % {"count": count, "reference": nomination.reference})
            return redirect(sitting.seat.here)
    context = {**sitting.context(), "nomination": nomination, "form": form}
    return render(request, "my/papers.html", context, status=422 if form.errors else 200)


@require_safe
@seated
def paper(request: HttpRequest, sitting: Sitting, key: UUID, kind: str) -> HttpResponse:  # noqa: ARG001  # a view's signature
    """Give the bytes of a paper as a file to keep, never as a page of this site; the verb logs who opened it."""
    nomination = own(sitting, key)
    document = NominationDocument.objects.select_related("nomination__party", "file").filter(
        nomination=nomination, kind=kind
    )
    found = document.first()
    if found is None:
        raise Http404
    return as_download(found.file, open_document(found, by=sitting.actor, at=sitting.at))


@require_safe
@seated
def draft_paper(request: HttpRequest, sitting: Sitting, key: UUID, kind: str) -> HttpResponse:  # noqa: ARG001
    """Give the bytes of a draft's paper to a signatory of the Party."""
    of_party = DraftDocument.objects.filter(draft__call=sitting.call, draft__party=sitting.party)
    found = of_party.select_related("draft__party", "file").filter(draft=key, kind=kind).first()
    if found is None:
        raise Http404
    return as_download(found.file, open_draft_document(found, by=sitting.actor, at=sitting.at))
