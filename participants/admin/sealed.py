"""The page that opens what is sealed of a registration: it says before that each opening is logged, and logs it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from accounts.actors import Actor
from accounts.models import User
from accounts.visitors import actor_of, visitor
from participants.models import Registration
from participants.queries.sealed import Sealed, may_open
from participants.queries.travel_documents import warnings
from participants.queries.visas import rule_for
from participants.verbs.disclosures import open_documents, open_emergency_contact, open_needs

LABELS = {
    Sealed.PASSPORT: gettext_lazy("Passport and visa"),
    Sealed.NEEDS: gettext_lazy("Food and access"),
    Sealed.EMERGENCY: gettext_lazy("Emergency contact"),
}
SHOWN = {
    Sealed.NEEDS: ("diet", "access", "health"),
    Sealed.EMERGENCY: ("name", "relation", "phone", "language"),
}
DOCUMENT = ("number", "issuer", "born_on", "issued_on", "expires_on")

Facts = list[tuple[str, Any]]


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
            "parts": _parts(row, kind, actor_of(request)) if request.method == "POST" else None,
        }
        return never_cache(TemplateResponse)(request, "admin/sealed.html", context)


def _parts(row: Registration, kind: Sealed, by: Actor) -> list[tuple[str, Facts]]:
    """Return what is opened as parts with a heading each."""
    at = timezone.now()
    if kind == Sealed.PASSPORT:
        return _documents(row, by)
    found = (open_needs if kind == Sealed.NEEDS else open_emergency_contact)(row, by=by, at=at)
    return [("", _facts(found, SHOWN[kind]))] if found is not None else []


def _documents(row: Registration, by: Actor) -> list[tuple[str, Facts]]:
    documents, visa = open_documents(row, by=by, at=timezone.now())
    parts = [(str(each), _facts(each, DOCUMENT)) for each in documents]
    rule = rule_for(row)
    said: Facts = [(str(_("the host asks")), rule.get_need_display())] if rule is not None else []
    told = [*_facts(visa, ("mission", "note")), (str(_("state")), visa.get_state_display())] if visa is not None else []
    warned: Facts = [(str(_("warning")), each) for each in warnings(row)]
    return [*parts, (str(_("Visa")), [*said, *told, *warned])]


def _facts(row: Any, names: tuple[str, ...]) -> Facts:
    fields = row._meta  # noqa: SLF001  # Django's documented Meta API
    pairs = [(str(fields.get_field(name).verbose_name), getattr(row, name)) for name in names]
    return [(label, value) for label, value in pairs if value]
