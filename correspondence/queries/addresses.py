"""Addresses that mail no longer reaches."""

from collections.abc import Collection

from django.db.models import QuerySet

from correspondence.models import DeadAddress


def dead() -> QuerySet[DeadAddress]:
    """Return the addresses that no letter goes to now."""
    return DeadAddress.objects.filter(revived_at__isnull=True)


def dead_among(addresses: Collection[str]) -> dict[str, str]:
    """Return those of ``addresses`` (as on the wire) that are dead, with the reason."""
    return dict(dead().filter(address__in=addresses).values_list("address", "detail"))
