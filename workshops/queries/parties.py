"""Parties and other Governments: status and name on a day, and search by any name of any time."""

from datetime import date
from typing import Literal

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.texts import localized
from workshops.models import Party, PartyName, Region
from workshops.queries.names import needle
from workshops.queries.regions import memberships_on

Status = Literal["party", "other"]


def visible_to(user: User | AnonymousUser) -> QuerySet[Party]:  # noqa: ARG001  # one signature for every noun
    """Return every Government: the list is public."""
    return Party.objects.all()


def status_on(party: Party, day: date) -> Status:
    """Say whether ``party`` was a Party on ``day`` (Convention, article 36) or an "other Government" (E16, E18)."""
    return "party" if party.in_force_on is not None and party.in_force_on <= day else "other"


def parties_on(day: date) -> QuerySet[Party]:
    """Return the Parties of that day, the European Union among them (E17)."""
    return Party.objects.filter(in_force_on__lte=day)


def name_on(party: Party, day: date, language: str) -> str:
    """Return the short name of ``party`` as it was on ``day`` (E14), in ``language`` or else a language it has.

    A name that did not change in ``language`` is today's name. Reads ``party.names`` once, or what was prefetched.
    """
    then = [name.name for name in party.names.all() if name.language == language and _was_used(name, day)]
    return then[0] if then else localized(party.name, language)


def _was_used(name: PartyName, day: date) -> bool:
    return (name.valid_from is None or name.valid_from <= day) and (name.valid_to is None or day < name.valid_to)


def search(text: str) -> QuerySet[Party]:
    """Return all that ``text`` fits, by code or by any name in any language and of any time; never one chosen (E15).

    A text without letters fits none.
    """
    wanted = needle(text)
    if not wanted.strip():
        return Party.objects.none()
    code = text.strip()
    return Party.objects.filter(Q(search_text__contains=wanted) | Q(code__iexact=code) | Q(iso2__iexact=code))


def in_region(region: str, day: date) -> QuerySet[Party]:
    """Return who was in ``region`` on ``day``; ``region`` is the slug of a region or the name of a whole list."""
    return Party.objects.filter(pk__in=memberships_on(region, day).values("party"))


def is_in(party: Party, region: str, day: date) -> bool:
    """Say whether ``party`` was in ``region`` on ``day`` (E20); ``region`` is a region's slug or a list (``ldc``).

    ``False`` means "not on the list of that day". Where a list has no entry for the Party at all, as with World Bank
    income groups of another year, ask ``class_in``: there, unknown is not "no".
    """
    return memberships_on(region, day).filter(party=party).exists()


def class_in(party: Party, of_list: str, day: date) -> Region | None:
    """Return the region of ``of_list`` that ``party`` was in on ``day``; ``None`` when that is not known (E20, E21)."""
    membership = memberships_on(of_list, day).filter(party=party).select_related("region").first()
    return membership.region if membership else None
