"""Organizations in a user's scope."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from participants.models import Organization


def visible_to(user: User | AnonymousUser) -> QuerySet[Organization]:
    """Return the organizations a user may see: organizers all, others their own employer's row."""
    if not isinstance(user, User):
        return Organization.objects.none()
    if user.is_organizer:
        return Organization.objects.all()
    return Organization.objects.filter(people__user=user).distinct()
