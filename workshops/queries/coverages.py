"""Which workshop serves which Party, and who is served by none."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from workshops.models import Coverage, Party, Programme
from workshops.queries import programmes
from workshops.queries.parties import parties_on


def visible_to(user: User | AnonymousUser) -> QuerySet[Coverage]:
    """Return the coverage of the programmes a user may see."""
    return Coverage.objects.filter(programme__in=programmes.visible_to(user))


def forgotten(programme: Programme, day: date) -> QuerySet[Party]:
    """Return the Parties of ``day`` that stand in no workshop and have no reason for it either (E21).

    In two workshops nobody can be: the constraint ``coverage_party_once`` refuses it.
    """
    return parties_on(day).exclude(pk__in=Coverage.objects.filter(programme=programme).values("party"))
