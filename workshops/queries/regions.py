"""Regions: entries of lists, with members by date (edge cases E20 and E21)."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from accounts.models import User
from workshops.models import Region, RegionMembership


def visible_to(user: User | AnonymousUser) -> QuerySet[Region]:  # noqa: ARG001  # one signature for every noun
    """Return every region: the lists are public."""
    return Region.objects.all()


def memberships_on(region: str, day: date) -> QuerySet[RegionMembership]:
    """Return the memberships of a day in a region (by slug) or in any region of a list (by the list's name)."""
    return RegionMembership.objects.filter(
        Q(region=region) | Q(region__of_list=region),
        Q(valid_from__isnull=True) | Q(valid_from__lte=day),
        Q(valid_to__isnull=True) | Q(valid_to__gt=day),
    )
