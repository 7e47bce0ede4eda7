"""Calls: which are open, whom they ask, and what a Party has answered."""

from datetime import date, datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from accounts.models import User
from participants.models import Call, FocalPoint
from participants.models.calls import CallState
from participants.models.focal_points import FocalPointKind
from participants.models.nominations import GONE, Track
from participants.queries.focal_points import of_own_party, standing
from participants.queries.persons import rehearsal_of

# Annex II, participants: biodiversity experts "nominated by CBD focal points", the others "through FAO and CBD focal
# points". See docs/decisions/0005-who-signs-a-nomination.md.
SIGNATORIES: dict[str, frozenset[str]] = {
    Track.BIODIVERSITY: frozenset(
        {FocalPointKind.CBD_PRIMARY, FocalPointKind.CBD_SECONDARY, FocalPointKind.PROTECTED_AREAS}
    ),
    Track.PLANNING: frozenset({FocalPointKind.CBD_PRIMARY, FocalPointKind.CBD_SECONDARY, FocalPointKind.FAO}),
}
ALL_SIGNATORIES = frozenset[str]().union(*SIGNATORIES.values())


def visible_to(user: User | AnonymousUser) -> QuerySet[Call]:
    """Return the calls a user may see: organizers all, focal points those to their Party, nominees their own."""
    if not isinstance(user, User):
        return Call.objects.none()
    if user.is_organizer:
        return Call.objects.all()
    own = of_own_party(user, party="workshop__coverages__party", programme="workshop__programme")
    return Call.objects.filter(own | Q(nominations__person__user=user)).distinct()


def open_calls(at: datetime) -> QuerySet[Call]:
    """Return the calls that take nominations at a moment."""
    return Call.objects.filter(state=CallState.OPEN, opened_at__lte=at, deadline_at__gte=at)


def signatories(call: Call, on: date) -> QuerySet[FocalPoint]:
    """Return the standing focal points whom a call asks, of the Parties its workshop serves; one row a mandate.

    Those who may sign on one of its tracks; the primary focal point may on both and is so asked where one of the other kinds
    is missing (E12).
    """
    kinds = frozenset[str]().union(*(SIGNATORIES[track] for track in call.tracks))
    return (
        standing(on, kinds=kinds)
        .filter(
            party__coverages__workshop=call.workshop_id,
            party__in_force_on__lte=on,
            person__rehearsal=rehearsal_of(call.workshop.programme),
        )
        .exclude(person__email="")
        .select_related("person", "party")
        .order_by("party_id", "kind", "person__name", "id")
    )


def without_answer(call: Call, on: date) -> QuerySet[FocalPoint]:
    """Return the focal points of those Parties that have no live nomination yet."""
    answered = call.nominations.exclude(state__in=GONE).filter(party__isnull=False)
    return signatories(call, on).exclude(party__in=answered.values("party"))


def concerned(call: Call, on: date) -> QuerySet[FocalPoint]:
    """Return the focal points who count on the workshop: all while the call is open, then those with a live nomination."""
    mandates = signatories(call, on)
    if call.state == CallState.OPEN:
        return mandates
    live = call.nominations.exclude(state__in=GONE).filter(party__isnull=False)
    return mandates.filter(party__in=live.values("party"))


def closing_within(at: datetime, days: int) -> QuerySet[Call]:
    """Return the open calls whose deadline comes within so many days after ``at``; not those of a workshop put off."""
    near = open_calls(at).filter(deadline_at__lte=at + timedelta(days=days), workshop__put_off=False)
    return near.select_related("workshop__programme")
