"""Programmes; a practice copy is shown to organizers and to its own synthetic people alone."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from accounts.models import User
from workshops.models import Programme


def visible_to(user: User | AnonymousUser) -> QuerySet[Programme]:
    """Return the programmes a user may see: organizers all, everybody else the real ones.

    A user whose person is synthetic also sees the practice copy that person was made for (``Person.rehearsal``, of the
    floor above: a lookup by its related name, not an import).
    """
    if not isinstance(user, User):
        return real()
    if user.is_organizer:
        return Programme.objects.all()
    own = Programme.objects.filter(people__user=user).values("pk")
    return Programme.objects.filter(Q(rehearsal_of__isnull=True) | Q(pk__in=own))


def real() -> QuerySet[Programme]:
    """Return the programmes that are no practice copies."""
    return Programme.objects.filter(rehearsal_of__isnull=True)
