"""Nominations as people and Parties may see them."""

from collections.abc import Collection

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from accounts.models import User
from participants.models import Call, Nomination, Person
from participants.models.nominations import GONE
from participants.queries.focal_points import of_own_party
from workshops.models import Party


def visible_to(user: User | AnonymousUser) -> QuerySet[Nomination]:
    """Return the nominations a user may see: organizers all, others the own one and those of the own Party."""
    if not isinstance(user, User):
        return Nomination.objects.none()
    if user.is_organizer:
        return Nomination.objects.all()
    own = of_own_party(user, party="party", programme="call__workshop__programme")
    return Nomination.objects.filter(own | Q(person__in=Person.objects.filter(user=user)))


def live(call: Call) -> QuerySet[Nomination]:
    """Return the nominations of a call that count (see ``GONE``), each with its person and Party."""
    return (
        call.nominations.exclude(state__in=GONE)
        .select_related("person", "party", "organization")
        .order_by("party_id", "rank", "reference")
    )


def of_party(call: Call, party: Party) -> QuerySet[Nomination]:
    """Return all nominations of one Party to a call, the withdrawn ones too."""
    return (
        call.nominations.filter(party=party)
        .select_related("person", "party")
        .prefetch_related("documents__file")
        .order_by("rank", "reference")
    )


def dossiers(call: Call, party: Party) -> QuerySet[Nomination]:
    """Return all nominations of one Party to a call with their papers, signatures, defects and what is joined to them."""
    return (
        of_party(call, party)
        .select_related("focal_point__person", "joined_to", "replaces__person")
        .prefetch_related("endorsements__focal_point__person", "joined__documents", "defects", "replaced_by")
    )


def first_free_rank(taken: Collection[int | None], seats: int) -> int | None:
    """Return the lowest rank from 1 to ``seats`` that is not taken, or ``None`` when all are."""
    return next((rank for rank in range(1, seats + 1) if rank not in taken), None)
