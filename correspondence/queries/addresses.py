"""Addresses that mail no longer reaches."""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from correspondence.models import DeadAddress


def visible_to(user: User | AnonymousUser) -> QuerySet[DeadAddress]:
    """Return the dead addresses a user may see, the revived ones too: organizers all, others none."""
    return DeadAddress.objects.all() if isinstance(user, User) and user.is_organizer else DeadAddress.objects.none()


def dead() -> QuerySet[DeadAddress]:
    """Return the addresses that no letter goes to now."""
    return DeadAddress.objects.filter(revived_at__isnull=True)


def dead_among(addresses: Collection[str]) -> dict[str, str]:
    """Return those of ``addresses`` (as on the wire) that are dead, with the reason."""
    return dict(dead().filter(address__in=addresses).values_list("address", "detail"))


def revived_since(address: str, at: datetime) -> bool:
    """Whether an organizer said after ``at`` that an address works again."""
    return DeadAddress.objects.filter(address=address, revived_at__gt=at).exists()
