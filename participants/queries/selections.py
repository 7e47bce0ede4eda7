"""Selections and how many seats are still free."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from participants.models import Call, Invitation, Selection
from participants.models.invitations import InvitationState
from participants.models.nominations import NominationState
from participants.models.selections import SelectionState


def visible_to(user: User | AnonymousUser) -> QuerySet[Selection]:
    """Return the selections a user may see: they are the organizers' own papers."""
    if isinstance(user, User) and user.is_organizer:
        return Selection.objects.all()
    return Selection.objects.none()


def approved(call: Call) -> Selection | None:
    """Return the approved selection of a call, if there is one."""
    return call.selections.filter(state=SelectionState.APPROVED).first()


def free_seats(selection: Selection) -> int:
    """Return how many of the seats for Parties are neither held by a selected nominee nor by an invited one.

    A seat is held by a nomination that is selected and whose invitation, if any, was neither declined nor cancelled.
    Experts of organizations are counted apart and hold none (Annex II, participants).
    """
    lost = Invitation.objects.filter(state__in=[InvitationState.DECLINED, InvitationState.CANCELLED])
    held = (
        selection.call.nominations.filter(state=NominationState.SELECTED, party__isnull=False)
        .exclude(invitation__in=lost)
        .count()
    )
    return selection.seats - held
