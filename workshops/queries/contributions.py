"""Contributions; donors and their amounts are public."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from workshops.models import Contribution
from workshops.queries import programmes


def visible_to(user: User | AnonymousUser) -> QuerySet[Contribution]:
    """Return the contributions to the programmes a user may see."""
    return Contribution.objects.filter(programme__in=programmes.visible_to(user))
