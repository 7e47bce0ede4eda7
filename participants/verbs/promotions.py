"""Promotion: a seat that becomes free goes to the first reserve who keeps the rules.

Whoever gives or frees a seat locks the call and its workshop first (``hold_seats``), then the nomination and the invitation:
seats are counted under these locks, so that none is given twice.
"""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from accounts.actors import CLOCK, Actor
from accounts.errors import Refused
from accounts.states import move
from accounts.verbs.activities import record
from participants.models import Call, CostPart, Nomination
from participants.models.nominations import NOMINATION_STEPS, NominationState
from participants.queries.reserves import FITS, MOVING, Place, Reserve, next_up, standing_of
from participants.queries.selections import approved, free_seats
from workshops.models import Workshop


def hold_seats(call: UUID) -> Call:
    """Lock a call and its workshop and return both as they are now; the caller holds the transaction."""
    # In this order, as everywhere: who nominates, selects or cancels takes the call's row before the workshop's.
    locked = Call.objects.select_for_update(of=("self",)).get(pk=call)
    rows = Workshop.objects.select_for_update(of=("self",)).select_related("programme", "host")
    locked.workshop = rows.get(pk=locked.workshop_id)
    return locked


def fill_seats(call: Call, *, seat_of: Nomination | None = None, at: datetime) -> list[Nomination]:
    """Let reserves move up while a seat is free and one of them keeps the rules; return who did, in order.

    ``seat_of`` names who gave the seat up. Nobody moves up to a workshop that is put off, held, cancelled or has begun: nobody
    could be invited to it. The clock acts, whoever freed the seat. The caller holds ``hold_seats`` and the transaction.
    """
    workshop = call.workshop
    begun = at.astimezone(ZoneInfo(workshop.zone)).date() >= workshop.starts_on
    if workshop.put_off or begun or workshop.stage not in MOVING:
        return []
    promoted: list[Nomination] = []
    while (reserve := promote_next(call, seat_of=None if promoted else seat_of, by=CLOCK, at=at)) is not None:
        promoted.append(reserve)
    return promoted


def promote_next(call: Call, *, seat_of: Nomination | None = None, by: Actor, at: datetime) -> Nomination | None:
    """Give a free seat to the first reserve who keeps the rules and return the nomination; ``None`` when there is none.

    No letter is written: an organizer invites. The caller holds ``hold_seats`` and the transaction. Raises ``NotAllowed``.
    """
    by.require_organizer()
    selection = approved(call)
    reserve = next_up(selection) if selection is not None else None
    if reserve is None:
        return None
    nomination = Nomination.objects.select_for_update().get(pk=reserve.entry.nomination_id)
    _move_up(nomination, reserve, seat_of, by=by, at=at)
    return nomination


def promote(nomination: Nomination, *, by: Actor, at: datetime) -> None:
    """Give a free seat to the reserve whom an organizer chose, by the rules that hold for the next one too.

    Who is apart takes none of the seats and needs none. The caller holds ``hold_seats``, the nomination's row and the
    transaction. Raises ``NotAllowed`` and ``Refused`` (``no_free_seat``, ``not_a_party``, ``party_full``, ``no_money``).
    """
    by.require_organizer()
    selection = approved(nomination.call)
    standing = standing_of(selection) if selection is not None else []
    reserve = next((each for each in standing if each.entry.nomination_id == nomination.pk), None)
    apart = reserve is not None and reserve.place == Place.APART
    if selection is None or reserve is None or (not apart and free_seats(selection) < 1):
        raise Refused("no_free_seat", _("No seat is free for a reserve; it becomes so when somebody declines."))
    if not apart and reserve.place not in FITS:
        raise Refused(reserve.place.value, reserve.sentence)
    _move_up(nomination, reserve, None, by=by, at=at)


def _move_up(nomination: Nomination, reserve: Reserve, seat_of: Nomination | None, *, by: Actor, at: datetime) -> None:
    """Write it down, with who pays; the entry keeps its outcome and its place, as they were decided."""
    move(nomination, NominationState.SELECTED, NOMINATION_STEPS)
    nomination.save(update_fields=["state"])
    CostPart.objects.bulk_create(
        CostPart(entry=reserve.entry, contribution_id=each.contribution, budget=each.budget, amount=each.amount)
        for each in reserve.parts
    )
    record("promote", nomination, by=by, at=at, seat_of=seat_of.reference if seat_of is not None else "")
