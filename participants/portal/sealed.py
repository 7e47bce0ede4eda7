"""What is sealed of a registration as a page shows it; whoever calls this has asked before, and each opening is logged."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from participants.models import Registration
from participants.queries.sealed import Sealed
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


def parts_of(row: Registration, kind: Sealed, *, by: Actor, at: datetime) -> list[tuple[str, Facts]]:
    """Return what is opened as parts with a heading each. Raises ``NotAllowed`` (``sealed``)."""
    if kind == Sealed.PASSPORT:
        return _documents(row, by, at)
    found = (open_needs if kind == Sealed.NEEDS else open_emergency_contact)(row, by=by, at=at)
    return [("", _facts(found, SHOWN[kind]))] if found is not None else []


def _documents(row: Registration, by: Actor, at: datetime) -> list[tuple[str, Facts]]:
    documents, visa = open_documents(row, by=by, at=at)
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
