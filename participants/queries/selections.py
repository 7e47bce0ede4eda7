"""Selections and how many seats are still free."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from participants.models import Call, Invitation, Selection, SelectionEntry
from participants.models.invitations import STANDING
from participants.models.nominations import NominationState
from participants.models.selections import SelectionState
from participants.queries.reviews import owing


def visible_to(user: User | AnonymousUser) -> QuerySet[Selection]:
    """Return the selections a user may see: they are the organizers' own papers.

    A proposal shows the points of everybody: an organizer who reviews its call sees it once the own scores are in.
    """
    if not isinstance(user, User) or not user.is_organizer:
        return Selection.objects.none()
    return Selection.objects.exclude(call__in=owing(user).values("call"))


def approved(call: Call) -> Selection | None:
    """Return the approved selection of a call, if there is one."""
    return call.selections.filter(state=SelectionState.APPROVED).first()


def decided(selection: Selection) -> QuerySet[SelectionEntry]:
    """Return the entries the selection was decided with, without those who came into somebody's seat since (E29)."""
    return selection.entries.filter(came_at__isnull=True)


def holders(selection: Selection) -> QuerySet[SelectionEntry]:
    """Return the entries of those who hold one of the seats for Parties.

    A seat is held by a nomination that is selected and whose invitation, if any, still stands: it was neither declined nor
    cancelled, no visa kept the person away (E28), and the Party put nobody else there (E29).
    Experts of organizations are counted apart and hold none (Annex II, participants).
    """
    lost = Invitation.objects.exclude(state__in=STANDING)
    return selection.entries.filter(
        apart=False, nomination__state=NominationState.SELECTED, nomination__party__isnull=False
    ).exclude(nomination__invitation__in=lost)


def free_seats(selection: Selection) -> int:
    """Return how many of the seats for Parties nobody holds; below 0 when more are held than there are."""
    return selection.seats - holders(selection).count()
