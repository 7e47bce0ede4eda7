"""A Party's order among its experts."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Case, PositiveSmallIntegerField, Value, When
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, Refused
from accounts.verbs.activities import record
from participants.models import Call, Nomination
from participants.models.nominations import NominationState
from participants.queries.deadlines import takes
from participants.verbs.nominations import require_standing
from participants.verbs.places import lock_places
from workshops.models import Party

MOVABLE = (NominationState.WAITING, NominationState.SUBMITTED)


def rerank(call: Call, party: Party, order: Sequence[Nomination], *, by: Actor, at: datetime) -> list[Nomination]:
    """Put a Party's nominations in a new order: ``order`` names each that counts, the first to be invited first.

    They take the places those nominations hold now. Raises ``NotAllowed`` (``no_standing``), ``Invalid`` (``not_all_named``,
    when others came or went meanwhile) and ``Refused`` (``call_not_open``).
    """
    with transaction.atomic():
        lock_places(call, party, at)
        call = Call.objects.select_for_update().get(pk=call.pk)
        rows = {each.pk: each for each in _rows(call, party, lock=True)}
        wanted = [each.pk for each in order]
        if len(set(wanted)) != len(wanted) or set(wanted) != set(rows):
            raise Invalid(
                "not_all_named", _("The list has changed meanwhile; look at it again and order it anew."), field="rank"
            )
        for each in rows.values():
            require_standing(by, each, at)
        if not takes(call, party, at, entered=by.is_organizer):
            raise Refused("call_not_open", _("The order can be changed while the call takes nominations."))
        places = dict(zip(wanted, sorted(each.rank or 0 for each in rows.values()), strict=True))
        if any(rows[key].rank != place for key, place in places.items()):
            _write(rows, places)
            record("rerank", rows[wanted[0]], by=by, at=at, order=[rows[key].reference for key in wanted])
    return _rows(call, party)


def _rows(call: Call, party: Party, *, lock: bool = False) -> list[Nomination]:
    held = call.nominations.filter(party=party, state__in=MOVABLE).select_related("party", "person").order_by("rank")
    return list(held.select_for_update(of=("self",)) if lock else held)


def _write(rows: dict[UUID, Nomination], wanted: dict[UUID, int]) -> None:
    """Give each its new place.

    No database checks a partial unique index at the end of a statement, so the rows step out of their places and back in;
    nobody else sees them in between.
    """
    Nomination.objects.filter(pk__in=rows).update(state=NominationState.WITHDRAWN)
    place = Case(
        *(When(pk=key, then=Value(rank)) for key, rank in wanted.items()), output_field=PositiveSmallIntegerField()
    )
    Nomination.objects.filter(pk__in=rows).update(rank=place)
    for state in MOVABLE:
        Nomination.objects.filter(pk__in=[key for key, each in rows.items() if each.state == state]).update(state=state)
