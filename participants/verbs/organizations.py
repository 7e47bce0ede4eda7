"""Recording organizations."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid
from accounts.verbs.activities import record
from participants.models import Organization
from participants.models.organizations import OrganizationKind
from workshops.models import Party


def record_organization(
    *, name: str, kind: str, acronym: str = "", party: Party | None = None, by: Actor, at: datetime
) -> Organization:
    """Record an organization, or return the one of that name and Party there is.

    Raises ``NotAllowed`` and ``Invalid`` (``name_missing``, ``unknown_choice``).
    """
    by.require_organizer()
    if not name.strip():
        raise Invalid("name_missing", _("Enter the organization's name."), field="name")
    if kind not in OrganizationKind.values:
        raise Invalid("unknown_choice", _("Choose one of the kinds of organization."), field="kind")
    with transaction.atomic():
        organization, created = Organization.objects.get_or_create(
            name=name.strip()[:200], party=party, defaults={"kind": kind, "acronym": acronym.strip()[:30]}
        )
        if created:
            record("record_organization", organization, by=by, at=at)
    return organization
