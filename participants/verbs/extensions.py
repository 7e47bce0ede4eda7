"""Giving a call more time."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, Refused
from accounts.states import move
from accounts.verbs.activities import record
from correspondence.facts import Moment
from correspondence.models import Mailing
from participants.models import Call
from participants.models.calls import CALL_STEPS, CallState
from participants.queries.calls import signatories
from participants.queries.selections import approved
from participants.verbs.calls import LINK_GRACE, check_deadline, notify
from participants.verbs.links import prolong_links


def extend_call(
    call: Call, deadline_at: datetime, deadline_zone: str, *, by: Actor, at: datetime, mailing: Mailing | None = None
) -> Call:
    """Give a call a later deadline and write to every focal point who may nominate now; a closed call opens again.

    ``deadline_at`` is in UTC, ``deadline_zone`` the IANA zone it was set in. Links to nominate stay good as long after the new
    deadline as after the first. The activity log keeps the deadline before. Raises ``NotAllowed``, ``Invalid``
    (``zone_unknown``, ``deadline_past``, ``deadline_after_start``, ``deadline_not_later``) and ``Refused``
    (``already_decided`` once the nominations were decided on, ``illegal_step`` when the call was cancelled).
    """
    by.require_organizer()
    with transaction.atomic():
        call = Call.objects.select_for_update(of=("self",)).select_related("workshop__programme").get(pk=call.pk)
        _check(call, deadline_at, deadline_zone, at)
        before = Moment(call.deadline_at, call.deadline_zone)
        if call.state != CallState.OPEN:
            move(call, CallState.OPEN, CALL_STEPS)
        call.deadline_at, call.deadline_zone = deadline_at, deadline_zone
        call.save(update_fields=["state", "deadline_at", "deadline_zone"])
        prolong_links(call.links.all(), deadline_at + LINK_GRACE)
        letters = notify(
            call,
            list(signatories(call, at.date())),
            kind="call-extension",
            at=at,
            occasion=deadline_at.isoformat(),
            mailing=mailing,
            previous_deadline=before,
        )
        changes = {"before": before.at.isoformat(), "deadline": deadline_at.isoformat(), "zone": deadline_zone}
        record("extend_call", call, by=by, at=at, letters=letters, **changes)
    return call


def _check(call: Call, deadline_at: datetime, zone: str, at: datetime) -> None:
    if approved(call) is not None:
        raise Refused("already_decided", _("The nominations of this call were decided on; it cannot be extended."))
    check_deadline(call.workshop, deadline_at, zone, at)
    if deadline_at <= call.deadline_at:
        raise Invalid(
            "deadline_not_later", _("The new deadline must come after the one there is."), field="deadline_at"
        )
