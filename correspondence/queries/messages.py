"""Reading the outbox."""

from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from correspondence.models import Message, MessageState

CLAIM_HOLDS = timedelta(minutes=10)  # a worker that has not finished by then is taken for dead


def visible_to(user: User | AnonymousUser) -> QuerySet[Message]:
    """Return the messages a user may read: organizers all, others those written to their own person."""
    if not isinstance(user, User) or not user.is_active:
        return Message.objects.none()
    if user.is_organizer:
        return Message.objects.all()
    return Message.objects.filter(person_key__in=User.objects.filter(pk=user.pk, person__isnull=False).values("person"))


def due(at: datetime) -> QuerySet[Message]:
    """Return what may be delivered at ``at``, the longest waiting first."""
    return Message.objects.filter(state=MessageState.QUEUED, due_at__lte=at).order_by("due_at", "id")


def stuck(at: datetime) -> QuerySet[Message]:
    """Return claims so old that their worker must have died."""
    return Message.objects.filter(state=MessageState.SENDING, claimed_at__lt=at - CLAIM_HOLDS).order_by("claimed_at")
