"""Locks: who is in or out by an organizer's word."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from participants.models import Call, Lock
from participants.models.nominations import GONE


def visible_to(user: User | AnonymousUser) -> QuerySet[Lock]:
    """Return the locks a user may see: they are the organizers' own papers."""
    if isinstance(user, User) and user.is_organizer:
        return Lock.objects.all()
    return Lock.objects.none()


def locks_of(call: Call) -> QuerySet[Lock]:
    """Return the locks on nominations of a call that still count, with person, Party and who set them; one query."""
    rows = Lock.objects.filter(nomination__call=call).exclude(nomination__state__in=GONE)
    return rows.select_related(
        "nomination__person", "nomination__party", "nomination__organization", "set_by"
    ).order_by("nomination__party", "nomination__reference")
