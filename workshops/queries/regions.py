"""Regions: entries of lists, with members by date (edge cases E20 and E21)."""

from collections.abc import Collection
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from accounts.models import User
from workshops.models import Region, RegionMembership
from workshops.models.regions import RegionList


def visible_to(user: User | AnonymousUser) -> QuerySet[Region]:  # noqa: ARG001  # one signature for every noun
    """Return every region: the lists are public."""
    return Region.objects.all()


def memberships_on(region: str, day: date) -> QuerySet[RegionMembership]:
    """Return the memberships of a day in a region (by slug) or in any region of a list (by the list's name)."""
    return memberships_in([region], day)


def memberships_in(names: Collection[str], day: date) -> QuerySet[RegionMembership]:
    """Return the memberships of a day in some regions (by slug) or in any region of some lists (by their names)."""
    return RegionMembership.objects.filter(
        Q(region__in=names) | Q(region__of_list__in=names),
        Q(valid_from__isnull=True) | Q(valid_from__lte=day),
        Q(valid_to__isnull=True) | Q(valid_to__gt=day),
    )


def unknown_lists(names: Collection[str]) -> set[str]:
    """Return those of ``names`` that are neither the slug of a region nor the name of a list; one query at most."""
    slugs = set(names) - set(RegionList.values)
    return slugs - set(Region.objects.filter(slug__in=slugs).values_list("slug", flat=True)) if slugs else slugs


def eligible(names: Collection[str], day: date) -> set[str]:
    """Return the codes of the Parties that stand on ``day`` in one of some regions or lists (E20)."""
    return set(memberships_in(names, day).values_list("party_id", flat=True))
