"""The page that opens what is sealed of a registration: it says before that each opening is logged, and logs it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.models import User
from accounts.visitors import actor_of, visitor
from participants.models import Registration
from participants.portal.sealed import LABELS, parts_of
from participants.queries.sealed import Sealed, may_open


def sealed_links(row: Registration, user: User) -> list[tuple[str, str]]:
    """Return address and label of what a user may open of a registration."""
    workshop = row.invitation.nomination.call.workshop
    return [
        (reverse("admin:participants_registration_sealed", args=[row.pk, what.value]), str(label))
        for what, label in LABELS.items()
        if may_open(user, what, workshop)
    ]


class SealedPage:
    """GET says that opening is logged, POST opens."""

    def __init__(self, model_admin: Any) -> None:
        self.model_admin = model_admin

    def __call__(self, request: HttpRequest, key: UUID, what: str) -> HttpResponse:
        """Answer one request for one kind of what is sealed; 404 for whom it is not."""
        rows = self.model_admin.get_queryset(request)
        row = rows.select_related("invitation__nomination__call__workshop").filter(pk=key).first()
        user = visitor(request)
        if row is None or what not in list(Sealed) or not isinstance(user, User):
            raise Http404
        kind = Sealed(what)
        if not may_open(user, kind, row.invitation.nomination.call.workshop):
            raise Http404
        context = {
            **self.model_admin.admin_site.each_context(request),
            "title": LABELS[kind],
            "opts": self.model_admin.opts,
            "original": row,
            "parts": parts_of(row, kind, by=actor_of(request), at=timezone.now()) if request.method == "POST" else None,
        }
        return never_cache(TemplateResponse)(request, "admin/sealed.html", context)
