"""Focal points by Party, kind and date."""

from collections.abc import Collection
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.db.models.functions import Now, TruncDate

from accounts.models import User
from participants.models import FocalPoint, Person
from workshops.models import Party, Programme


def standing(
    on: date, *, party: Party | None = None, person: Person | None = None, kinds: Collection[str] | None = None
) -> QuerySet[FocalPoint]:
    """Return the mandates in force on a day, of one Party, person or some kinds when given."""
    mandates = FocalPoint.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)
    if party is not None:
        mandates = mandates.filter(party=party)
    if person is not None:
        mandates = mandates.filter(person=person)
    if kinds is not None:
        mandates = mandates.filter(kind__in=kinds)
    return mandates


def not_over(on: date) -> QuerySet[FocalPoint]:
    """Return the mandates that stand on a day or are still to come."""
    return FocalPoint.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))


def spoken_for(user: User) -> QuerySet[Party]:
    """Return the Parties for which the user's person is a focal point today, by the database's clock."""
    return Party.objects.filter(focal_points__in=_mandates_today(user)).distinct()


def of_own_party(user: User, *, party: str, programme: str) -> Q:
    """Return the condition that a row is of a Party the user speaks for.

    ``party`` and ``programme`` are the paths from the row. A mandate of a real person counts in real programmes, that of a
    synthetic person in its own practice copy alone.
    """
    mandates = _mandates_today(user)
    real = Party.objects.filter(focal_points__in=mandates.filter(person__rehearsal__isnull=True))
    practice = Party.objects.filter(focal_points__in=mandates.filter(person__rehearsal__isnull=False))
    return Q(**{f"{party}__in": real, f"{programme}__rehearsal_of__isnull": True}) | Q(
        **{f"{party}__in": practice, f"{programme}__in": Programme.objects.filter(people__user=user)}
    )


def _mandates_today(user: User) -> QuerySet[FocalPoint]:
    today = TruncDate(Now())
    return FocalPoint.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=today), valid_from__lte=today, person__user=user
    )


def visible_to(user: User | AnonymousUser) -> QuerySet[FocalPoint]:
    """Return the mandates a user may see: organizers all, others those of the own Party and their own."""
    if not isinstance(user, User):
        return FocalPoint.objects.none()
    if user.is_organizer:
        return FocalPoint.objects.all()
    mandates = _mandates_today(user)
    # What is real and what belongs to one practice copy never meet: Person.rehearsal must be the same on both sides.
    real = Q(party__focal_points__in=mandates.filter(person__rehearsal__isnull=True), person__rehearsal__isnull=True)
    practice = Q(party__focal_points__in=mandates, person__rehearsal__people__user=user)
    return FocalPoint.objects.filter(Q(person__user=user) | real | practice).distinct()
