"""Sessions of the agendas."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from workshops.models import Session
from workshops.queries import workshops


def visible_to(user: User | AnonymousUser) -> QuerySet[Session]:
    """Return the sessions of the workshops a user may see."""
    return Session.objects.filter(workshop__in=workshops.visible_to(user))
