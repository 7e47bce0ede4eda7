"""What the workshops yielded."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from workshops.models import Output
from workshops.queries import workshops


def visible_to(user: User | AnonymousUser) -> QuerySet[Output]:
    """Return the outputs of the workshops a user may see."""
    return Output.objects.filter(workshop__in=workshops.visible_to(user))
