"""Registrations in a user's scope."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from participants.models import Invitation, Registration
from participants.queries.invitations import visible_to as visible_invitations


def visible_to(user: User | AnonymousUser) -> QuerySet[Registration]:
    """Return the registrations a user may see: organizers all, others their own; a Party sees that one is there, not what."""
    if not isinstance(user, User):
        return Registration.objects.none()
    if user.is_organizer:
        return Registration.objects.all()
    own = visible_invitations(user).filter(nomination__person__user=user)
    return Registration.objects.filter(invitation__in=own)


def of_invitation(invitation: Invitation) -> Registration | None:
    """Return the registration to an invitation, if it was begun."""
    rows = Registration.objects.select_related("nationality", "residence", "photo", "journey", "stay")
    row = rows.filter(invitation=invitation).first()
    if row is not None:
        row.invitation = invitation
    return row
