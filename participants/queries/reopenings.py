"""Requests for more time in a user's scope."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from participants.models import Reopening
from participants.queries.focal_points import of_own_party


def visible_to(user: User | AnonymousUser) -> QuerySet[Reopening]:
    """Return the requests a user may see: organizers all, focal points those of the own Party."""
    if not isinstance(user, User):
        return Reopening.objects.none()
    if user.is_organizer:
        return Reopening.objects.all()
    return Reopening.objects.filter(of_own_party(user, party="party", programme="call__workshop__programme")).distinct()
