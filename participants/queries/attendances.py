"""Attendance in a user's scope."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from participants.models import Attendance
from participants.queries.invitations import visible_to as visible_invitations


def visible_to(user: User | AnonymousUser) -> QuerySet[Attendance]:
    """Return the attendances a user may see: organizers all, others their own and those of the own Party's people."""
    if isinstance(user, User) and user.is_organizer:
        return Attendance.objects.all()
    return Attendance.objects.filter(registration__invitation__in=visible_invitations(user))
