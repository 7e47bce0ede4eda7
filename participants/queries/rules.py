"""The rules of selection of a call."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from participants.models import Call, SelectionRules


def visible_to(user: User | AnonymousUser) -> QuerySet[SelectionRules]:
    """Return the rules a user may see: they are the organizers' own papers."""
    if isinstance(user, User) and user.is_organizer:
        return SelectionRules.objects.all()
    return SelectionRules.objects.none()


def rules_of(call: Call) -> SelectionRules | None:
    """Return the rules of a call, if they were set."""
    return SelectionRules.objects.filter(call=call).first()
