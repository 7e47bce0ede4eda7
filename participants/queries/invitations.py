"""Invitations and who is behind with an answer."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from accounts.models import User
from participants.models import Invitation
from participants.models.invitations import InvitationState
from participants.queries.nominations import visible_to as visible_nominations
from workshops.models import Workshop


def visible_to(user: User | AnonymousUser) -> QuerySet[Invitation]:
    """Return the invitations a user may see: those of the nominations the user may see."""
    if isinstance(user, User) and user.is_organizer:
        return Invitation.objects.all()
    return Invitation.objects.filter(nomination__in=visible_nominations(user))


def standing_in(workshops: Iterable[Workshop]) -> QuerySet[Invitation]:
    """Return the invitations to some workshops that are open or accepted."""
    standing = [InvitationState.OPEN, InvitationState.ACCEPTED]
    return Invitation.objects.filter(nomination__call__workshop__in=list(workshops), state__in=standing)


def unanswered(at: datetime) -> QuerySet[Invitation]:
    """Return the open invitations whose answer was due before ``at``."""
    return Invitation.objects.filter(state=InvitationState.OPEN, respond_by__lt=at)


def due_within(at: datetime, days: int) -> QuerySet[Invitation]:
    """Return the open invitations whose answer is due within so many days after ``at``; none while a workshop is put off."""
    due = Q(respond_by__gte=at, respond_by__lte=at + timedelta(days=days))
    known = Q(nomination__call__workshop__put_off=False)
    return Invitation.objects.filter(due, known, state=InvitationState.OPEN).select_related(
        "nomination__person",
        "nomination__party",
        "nomination__call__workshop__programme",
        "nomination__call__workshop__host",
    )


def own(user: User) -> QuerySet[Invitation]:
    """Return the invitations to a user's own person, the newest first, with what their pages show."""
    rows = Invitation.objects.filter(nomination__person__user=user)
    return rows.select_related("nomination__person", "nomination__party", "nomination__call__workshop__programme")
