"""Mailings: which a user may see, how far each is, and which wait to be let go."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet

from accounts.models import User
from correspondence.models import Mailing, MessageState

# Where a letter of a mailing can be; every letter is at one place.
PLACES: Mapping[str, Q] = {
    "held": Q(state=MessageState.QUEUED, held=True),
    "waiting": Q(state__in=[MessageState.QUEUED, MessageState.SENDING], held=False),
    "sent": Q(state=MessageState.SENT),
    "failed": Q(state__in=[MessageState.FAILED, MessageState.BOUNCED]),
    "uncertain": Q(state=MessageState.UNCERTAIN),
    "left_out": Q(state=MessageState.CANCELLED),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How many letters of a mailing are at each place of ``PLACES``."""

    held: int
    waiting: int
    sent: int
    failed: int
    uncertain: int
    left_out: int

    @property
    def total(self) -> int:
        """All letters but those left out."""
        return self.held + self.waiting + self.settled

    @property
    def settled(self) -> int:
        """Letters to which nothing happens any more by itself."""
        return self.sent + self.failed + self.uncertain


def visible_to(user: User | AnonymousUser) -> QuerySet[Mailing]:
    """Return the mailings a user may see: organizers all, others none."""
    if isinstance(user, User) and user.is_active and user.is_organizer:
        return Mailing.objects.all()
    return Mailing.objects.none()


def progress(mailing: Mailing) -> Progress:
    """Count a mailing's letters, in one query."""
    # An alias must not be named like a column that another one's condition reads.
    counted = mailing.messages.aggregate(**{f"at_{name}": Count("pk", filter=at) for name, at in PLACES.items()})
    return Progress(**{name: counted[f"at_{name}"] for name in PLACES})


def waiting() -> list[tuple[Mailing, int]]:
    """Return the mailings with letters that wait to be let go, the oldest first, each with how many."""
    held = Count("messages", filter=Q(messages__state=MessageState.QUEUED, messages__held=True))
    open_ones = Mailing.objects.filter(released_at__isnull=True).annotate(held_letters=held)
    rows = open_ones.filter(held_letters__gt=0).order_by("begun_at", "id")
    return [(row, row.held_letters) for row in rows]
