"""Seats at a call: for which Party a signed-in focal point may nominate."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Q, QuerySet

from accounts.models import User
from participants.models import Call, FocalPoint, Nomination
from participants.models.calls import CallState
from participants.models.nominations import GONE, NominationState
from participants.queries.calls import ALL_SIGNATORIES
from participants.queries.focal_points import standing
from workshops.models import Party


class Chair(NamedTuple):
    """A Party at a call that asks it."""

    call: Call
    party: Party


def mandates_to_nominate(user: User, on: date) -> QuerySet[FocalPoint]:
    """Return the mandates under which a user may nominate on a day, the deputies' too; an organizer has other doors."""
    if user.is_organizer:
        return FocalPoint.objects.none()
    own = standing(on, kinds=ALL_SIGNATORIES).filter(person__user=user, person__merged_into__isnull=True)
    return own.filter(party__in_force_on__lte=on).select_related("party", "person")


def chair(user: User, call: UUID, party: str, on: date) -> Chair | None:
    """Return the call and the Party (by its code) when the user may nominate there on a day, else ``None``."""
    mandates = mandates_to_nominate(user, on).filter(party=party)
    return next(_chairs(mandates, Q(pk=call), limit=1), None)


def chairs(mandates: Sequence[FocalPoint], *, limit: int) -> list[Chair]:
    """Return the calls that ask the Parties of one person's mandates, the latest deadline first; cancelled ones left out."""
    return list(_chairs(mandates, ~Q(state=CallState.CANCELLED), limit=limit))


def _chairs(mandates: Iterable[FocalPoint], asked: Q, *, limit: int) -> Iterator[Chair]:
    """Yield the chairs of mandates of one person: a real one at real calls, a synthetic one at its own practice alone."""
    held = list(mandates)
    if not held:
        return
    parties = {each.party_id: each.party for each in held}
    practice = held[0].person.rehearsal_id
    of_kind = (
        Q(workshop__programme=practice) if practice is not None else Q(workshop__programme__rehearsal_of__isnull=True)
    )
    rows = Call.objects.filter(asked, of_kind, workshop__coverages__party__in=parties)
    rows = rows.annotate(seat=F("workshop__coverages__party")).select_related("workshop__programme")
    for call in rows.order_by("-deadline_at", "seat")[:limit]:
        yield Chair(call, parties[call.seat])


class Answer(NamedTuple):
    """How far a Party has answered a call: its nominations, and how many of them wait or are in dispute."""

    sent: int
    waiting: int
    disputed: int


def answers(seats: Sequence[Chair]) -> Mapping[Chair, Answer]:
    """Return the state of the nominations at some chairs, in one query."""
    rows = Nomination.objects.filter(call__in={each.call for each in seats}, party__in={each.party for each in seats})
    counted = Counter(rows.exclude(state__in=GONE).values_list("call", "party", "state"))
    found = {}
    for each in seats:
        states = {state: counted[each.call.pk, each.party.pk, state] for state in NominationState.values}
        sent = sum(states.values())
        found[each] = Answer(sent, states[NominationState.WAITING], states[NominationState.DISPUTED])
    return found
