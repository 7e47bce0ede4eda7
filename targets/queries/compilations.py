"""Compilations in a user's scope, and those that no worker has finished."""

from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from accounts.models.users import Role
from targets.models import Compilation
from targets.models.compilations import CompilationScope, CompilationState
from targets.queries import submissions
from targets.queries.submissions import national_state
from workshops.models import Coverage

STUCK_AFTER = timedelta(minutes=15)


def visible_to(user: User | AnonymousUser) -> QuerySet[Compilation]:
    """Return the compilations a user may see.

    Organizers see all, a focal point the ready ones that hold a submission of the own Party, an integrator the ready ones of
    real programmes. An issue goes to the public when the secretariat publishes it as a document, not before.
    """
    if not isinstance(user, User):
        return Compilation.objects.none()
    if user.is_organizer:
        return Compilation.objects.all()
    ready = Compilation.objects.filter(state=CompilationState.READY)
    if user.role == Role.INTEGRATOR:
        return ready.filter(programme__rehearsal_of__isnull=True)
    return ready.filter(sources__submission__in=submissions.visible_to(user)).distinct()


def in_scope(compilation: Compilation) -> QuerySet[Coverage]:
    """Return the Parties a compilation is about, by code, each with where it stands (see ``national_state``)."""
    parties = national_state(compilation.programme)
    if compilation.scope == CompilationScope.WORKSHOP:
        return parties.filter(workshop=compilation.workshop_id)
    if compilation.scope == CompilationScope.PARTIES:
        return parties.filter(party__in=compilation.parties.values("pk"))
    return parties


def stuck(at: datetime) -> QuerySet[Compilation]:
    """Return those that a worker claimed so long ago that it must have died."""
    return Compilation.objects.filter(state=CompilationState.RUNNING, claimed_at__lte=at - STUCK_AFTER)
