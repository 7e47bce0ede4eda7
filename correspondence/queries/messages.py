"""Reading the outbox."""

from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from accounts.models import User
from correspondence.models import Message, MessageState

CLAIM_HOLDS = timedelta(minutes=10)  # a worker that has not finished by then is taken for dead
RESERVATION_HOLDS = timedelta(seconds=60)  # after it another worker may reserve the letter; nothing was sent yet


def visible_to(user: User | AnonymousUser) -> QuerySet[Message]:
    """Return the messages a user may read: organizers all, others those written to their own person."""
    if not isinstance(user, User) or not user.is_active:
        return Message.objects.none()
    if user.is_organizer:
        return Message.objects.all()
    return Message.objects.filter(
        held=False, person_key__in=User.objects.filter(pk=user.pk, person__isnull=False).values("person")
    )


def due(at: datetime) -> QuerySet[Message]:
    """Return what may be delivered at ``at``, the longest waiting first."""
    return Message.objects.filter(state=MessageState.QUEUED, held=False, due_at__lte=at).order_by("due_at", "id")


def free(at: datetime) -> QuerySet[Message]:
    """Return what is due and reserved by no worker that may still live."""
    return due(at).filter(Q(claimed_at__isnull=True) | Q(claimed_at__lt=at - RESERVATION_HOLDS))


def stuck(at: datetime) -> QuerySet[Message]:
    """Return claims so old that their worker must have died."""
    return Message.objects.filter(state=MessageState.SENDING, claimed_at__lt=at - CLAIM_HOLDS).order_by("claimed_at")


def unwritten(at: datetime) -> QuerySet[Message]:
    """Return letters that went out so long ago that the worker, which has not written its attempts, must have died."""
    gone = Message.objects.filter(state__in=[MessageState.SENT, MessageState.BOUNCED], sent_at__isnull=False)
    return gone.filter(claimed_at__lt=at - CLAIM_HOLDS).order_by("claimed_at")
