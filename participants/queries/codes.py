"""Who may sign in by a code mailed to an address."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.models.users import Role
from participants.models import Nomination, Person
from participants.models.nominations import GONE
from participants.queries.focal_points import standing

# Whoever works here signs in with a password; an account that was closed stays closed.
BY_PASSWORD = Q(is_active=False) | ~Q(role=Role.GUEST) | Q(is_staff=True) | Q(is_superuser=True)


def needs_password(user: User) -> bool:
    """Whether no code opens an account: see ``BY_PASSWORD``."""
    return not user.is_active or user.role != Role.GUEST or user.is_staff or user.is_superuser


def may_sign_in(address: str, on: date) -> QuerySet[Person]:
    """Return the people who sign in by a code mailed to ``address`` on a day, whatever the case of its letters.

    They have a standing mandate of any kind, a deputy's too, or were nominated and not taken back; an invitation comes of a
    nomination. A mailbox that an account with a password has opens nothing: that account's password would be worth nothing.
    """
    guarded = User.objects.filter(BY_PASSWORD)
    mandated = Exists(standing(on).filter(person=OuterRef("pk")))
    nominated = Exists(Nomination.objects.filter(person=OuterRef("pk")).exclude(state__in=GONE))
    return (
        Person.objects.filter(mandated | nominated, email__iexact=address, merged_into__isnull=True)
        .exclude(user__in=guarded)
        .exclude(Exists(guarded.filter(email__iexact=address)))
        .order_by("sort_key", "name", "id")
    )
