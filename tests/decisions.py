"""A decision as tests start from: entered by one organizer and approved by another."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from accounts.actors import Actor
from participants.models import Call, Nomination, Selection
from participants.queries.problems import waiting
from participants.verbs.proposals import enter_selection
from participants.verbs.selections import approve

COLLEAGUE = Actor(label="a second organizer", is_clock=True)


def decide(
    call: Call,
    *,
    selected: Sequence[Nomination] | None = None,
    reserves: Sequence[Nomination] = (),
    reasons: Mapping[UUID, str] | None = None,
    seats: int = 10,
    by: Actor,
    at: datetime,
) -> Selection:
    """Select those named, without a name everybody who waits."""
    chosen = list(waiting(call)) if selected is None else selected
    proposal = enter_selection(call, selected=chosen, reserves=reserves, reasons=reasons, seats=seats, by=by, at=at)
    return approve(proposal, by=COLLEAGUE, at=at)
