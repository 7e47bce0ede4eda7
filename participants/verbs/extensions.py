"""Giving a call more time."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, Refused
from accounts.states import move
from accounts.verbs.activities import record
from correspondence.facts import Facts, Moment
from correspondence.models import Mailing
from participants.models import Call, CallExtension, FocalPoint
from participants.models.calls import CALL_STEPS, CallState
from participants.queries.calls import signatories, without_answer
from participants.queries.notifications import unheard
from participants.queries.selections import approved
from participants.verbs.calls import LINK_GRACE, check_deadline, notify
from participants.verbs.links import prolong_links

REASON_LIMIT = 500
LABEL_LIMIT = 200


def extend_call(
    call: Call,
    deadline_at: datetime,
    deadline_zone: str,
    *,
    reason: str = "",
    by: Actor,
    at: datetime,
    mailing: Mailing | None = None,
) -> Call:
    """Give a call a later deadline and write to every focal point who may nominate now; a closed call opens again.

    ``deadline_at`` is in UTC, ``deadline_zone`` the IANA zone it was set in; the letters quote the ``reason``, and say so to a
    Party of which nothing has come. Links to nominate stay good as long after the new deadline as after the first. Both
    deadlines are kept (E34). Raises ``NotAllowed``, ``Invalid`` (``zone_unknown``, ``deadline_past``,
    ``deadline_after_start``, ``deadline_not_later``, ``too_long``) and ``Refused`` (``already_decided`` once the nominations
    were decided on, ``illegal_step`` when the call was cancelled).
    """
    by.require_organizer()
    reason = reason.strip()
    if len(reason) > REASON_LIMIT:
        raise Invalid("too_long", _("Use at most %(limit)d characters.") % {"limit": REASON_LIMIT}, field="reason")
    with transaction.atomic():
        call = Call.objects.select_for_update(of=("self",)).select_related("workshop__programme").get(pk=call.pk)
        _check(call, deadline_at, deadline_zone, at)
        extension = _keep(call, deadline_at, deadline_zone, reason, by=by, at=at)
        if call.state != CallState.OPEN:
            move(call, CallState.OPEN, CALL_STEPS)
        call.deadline_at, call.deadline_zone = deadline_at, deadline_zone
        call.save(update_fields=["state", "deadline_at", "deadline_zone"])
        prolong_links(call.links.all(), deadline_at + LINK_GRACE)
        letters = _tell(call, extension, mailing)
        changes = {"before": extension.previous_at.isoformat(), "deadline": deadline_at.isoformat()}
        record("extend_call", call, by=by, at=at, letters=letters, zone=deadline_zone, **changes)
    return call


def _keep(call: Call, deadline_at: datetime, zone: str, reason: str, *, by: Actor, at: datetime) -> CallExtension:
    return CallExtension.objects.create(
        call=call,
        extended_at=at,
        previous_at=call.deadline_at,
        previous_zone=call.deadline_zone,
        deadline_at=deadline_at,
        deadline_zone=zone,
        reason=reason,
        extended_by=by.label[:LABEL_LIMIT],
    )


def _tell(call: Call, extension: CallExtension, mailing: Mailing | None) -> int:
    """Write to everybody the call asks; return how many letters."""
    silent = set(without_answer(call, extension.extended_at.date()).order_by().values_list("party", flat=True))

    def more(mandate: FocalPoint, language: str) -> Facts:
        note = unheard(mandate.party, extension.extended_at.date(), language) if mandate.party_id in silent else ""
        before = Moment(extension.previous_at, extension.previous_zone)
        return {"previous_deadline": before, "reason": extension.reason, "note": note}

    return notify(
        call,
        list(signatories(call, extension.extended_at.date())),
        kind="call-extension",
        at=extension.extended_at,
        occasion=extension.deadline_at.isoformat(),
        mailing=mailing,
        more=more,
    )


def _check(call: Call, deadline_at: datetime, zone: str, at: datetime) -> None:
    if approved(call) is not None:
        raise Refused("already_decided", _("The nominations of this call were decided on; it cannot be extended."))
    check_deadline(call.workshop, deadline_at, zone, at)
    if deadline_at <= call.deadline_at:
        raise Invalid(
            "deadline_not_later", _("The new deadline must come after the one there is."), field="deadline_at"
        )
