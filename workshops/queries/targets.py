"""Global targets and their frameworks; a framework does not exist before it was adopted."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from workshops.models import Target


def visible_to(user: User | AnonymousUser) -> QuerySet[Target]:  # noqa: ARG001  # one signature for every noun
    """Return every target: they are public."""
    return Target.objects.all()


def targets_on(day: date) -> QuerySet[Target]:
    """Return the targets of the frameworks adopted by ``day``; what came later is never back-dated."""
    return Target.objects.filter(framework__adopted_on__lte=day)
