"""Until when a call takes nominations, seen from the moment at which one was sent."""

from datetime import datetime

from participants.models import Call, Reopening
from participants.models.calls import CallState, LatePolicy
from participants.models.reopenings import ReopeningState
from participants.queries.selections import approved
from workshops.models import Party


def deadline_in_force(call: Call, sent_at: datetime) -> datetime:
    """Return the deadline that stood at ``sent_at``: what came before an extension is judged by the one before (E34)."""
    later = call.extensions.filter(extended_at__gt=sent_at).order_by("extended_at", "pk").first()
    return call.deadline_at if later is None else later.previous_at


def reopened_until(call: Call, party: Party | None, at: datetime) -> datetime | None:
    """Return until when a Party may nominate after the deadline, if it was granted that and the time is not over."""
    if party is None:
        return None
    granted = Reopening.objects.filter(call=call, party=party, state=ReopeningState.GRANTED, until__gte=at)
    return granted.order_by("-until").values_list("until", flat=True).first()


def takes(call: Call, party: Party | None, sent_at: datetime, *, entered: bool = False) -> bool:
    """Whether a nomination sent at ``sent_at`` is taken.

    It is in time while the call is open, as late when the call marks late ones, and of a Party that was granted more time.
    A letter that came in time may be ``entered`` by an organizer after the call was closed, until the call is decided.
    """
    if call.state == CallState.CANCELLED or sent_at < call.opened_at:
        return False
    if reopened_until(call, party, sent_at) is not None:
        return True
    late = sent_at > deadline_in_force(call, sent_at)
    if call.state == CallState.OPEN:
        return not late or call.late_policy == LatePolicy.MARK
    return entered and not late and approved(call) is None
