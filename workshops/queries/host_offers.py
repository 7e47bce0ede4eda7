"""Offers of Governments to host; they are between the host and the secretariat."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from workshops.models import HostOffer


def visible_to(user: User | AnonymousUser) -> QuerySet[HostOffer]:
    """Return the offers a user may see: organizers all, others none."""
    if isinstance(user, User) and user.is_organizer:
        return HostOffer.objects.all()
    return HostOffer.objects.none()
