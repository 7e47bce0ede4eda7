"""Areas in a user's scope."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from targets.models import Area
from targets.queries import submissions


def visible_to(user: User | AnonymousUser) -> QuerySet[Area]:
    """Return the areas of the submissions a user may see."""
    return Area.objects.filter(item__submission__in=submissions.visible_to(user))
