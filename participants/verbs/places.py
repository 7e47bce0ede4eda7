"""The places of a Party in a call: locked once, given out one by one."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.errors import Invalid, Refused
from participants.models import Call
from participants.models.nominations import WITHOUT_PLACE, NominationState
from participants.queries.disputes import authority
from participants.queries.nominations import first_free_rank
from workshops.models import Coverage, Party
from workshops.queries.parties import status_on


def hold_places(call: Call, party: Party) -> Coverage | None:
    """Lock the Party's row for this programme, whatever the Party is by now; who takes something back needs no more."""
    return Coverage.objects.select_for_update(of=("self",)).filter(workshop=call.workshop_id, party=party).first()


def lock_places(call: Call, party: Party, at: datetime) -> None:
    """Lock the Party's row for this programme: whoever changes its nominations comes one after the other.

    Raises ``Refused`` (``not_a_party``, ``party_not_covered``).
    """
    coverage = hold_places(call, party)
    if status_on(party, at.date()) != "party":
        raise Refused(
            "not_a_party",
            _("%(name)s is not a Party on this day and has no Party seat.") % {"name": party},
            field="party",
        )
    if coverage is None:
        raise Refused("party_not_covered", _("This workshop does not serve %(name)s.") % {"name": party}, field="party")


def take_place(call: Call, party: Party, wanted: int | None, *, rival: UUID | None = None) -> int:
    """Return the rank to take, the one ``wanted`` or the first that is free; the caller holds ``lock_places``.

    With ``rival``, the side of a dispute, only what that side sent is counted beside what is not disputed. Raises
    ``Invalid`` (``rank_out_of_range``) and ``Refused`` (``party_limit``, ``rank_taken``).
    """
    seats = call.seats_per_party
    if wanted is not None and not 1 <= wanted <= seats:
        raise Invalid("rank_out_of_range", _("Ranks go from 1 to %(most)d.") % {"most": seats}, field="rank")
    taken = _taken(call, party, rival)
    free = first_free_rank(taken, seats)
    if free is None:
        raise Refused(
            "party_limit",
            _("All %(most)d places of the Party are taken; withdraw a nomination first.") % {"most": seats},
            field="rank",
        )
    if wanted in taken:
        raise Refused(
            "rank_taken",
            _("Rank %(rank)d is taken; rank %(free)d is free.") % {"rank": wanted, "free": free},
            field="rank",
        )
    return wanted or free


def _taken(call: Call, party: Party, rival: UUID | None) -> set[int]:
    """Return the ranks in use; for who is no side of a dispute those of both lists, so that either one fits later."""
    rows = call.nominations.filter(party=party)
    taken = {rank for rank in rows.exclude(state__in=WITHOUT_PLACE).values_list("rank", flat=True) if rank}
    for each in rows.filter(state=NominationState.DISPUTED).select_related("focal_point"):
        if each.rank and (rival is None or (each.focal_point and authority(each.focal_point) == rival)):
            taken.add(each.rank)
    return taken
