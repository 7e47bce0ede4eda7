"""The paper of a selection as a file, in the language of the page; each time is in the activity log."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from accounts.errors import Refused
from accounts.visitors import actor_of
from correspondence.downloads import as_attachment
from participants.verbs.selection_papers import PaperFormat, print_selection


class PaperPage:
    """GET answers with the file; a refusal leads back to the selection."""

    def __init__(self, model_admin: Any) -> None:
        self.model_admin = model_admin

    def __call__(self, request: HttpRequest, key: UUID, form: str) -> HttpResponse:
        """Answer one request for the paper of a selection."""
        selection = self.model_admin.get_queryset(request).filter(pk=key).first()
        if selection is None or form not in list(PaperFormat):
            raise Http404
        try:
            paper = print_selection(selection, PaperFormat(form), by=actor_of(request), at=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(reverse("admin:participants_selection_change", args=[key]))
        return as_attachment(paper.data, name=paper.name, media_type=paper.media_type)
