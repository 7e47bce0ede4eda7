"""Merges of people, and what each of them moved."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from participants.models import Merge, Person


def visible_to(user: User | AnonymousUser) -> QuerySet[Merge]:
    """Return the merges a user may see: organizers all, others none."""
    if isinstance(user, User) and user.is_organizer:
        return Merge.objects.all()
    return Merge.objects.none()


def standing_merges(person: Person) -> QuerySet[Merge]:
    """Return the merges into a person that were not undone, the latest first."""
    return Merge.objects.filter(kept=person, undone_at__isnull=True).select_related("gone")
