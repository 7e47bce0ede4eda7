"""Locks: an organizer says that a nominee is in or out, and why; every proposal keeps it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, Refused
from accounts.verbs.activities import record
from participants.models import Lock, Nomination
from participants.models.nominations import GONE, NominationState
from participants.models.rules import LockVerdict
from participants.verbs.rules import lock_undecided

REASON_LIMIT = 500


def lock(nomination: Nomination, verdict: str, reason: str, *, by: Actor, at: datetime) -> Lock:
    """Say that a nominee is "in" or "out", whatever the proposal; it takes the place of what was said before.

    Raises ``NotAllowed``, ``Invalid`` (``unknown_choice``, ``reason_missing``, ``too_long``) and ``Refused``:
    ``already_decided``; ``nomination_gone``; ``not_submitted`` for an "in" while a signature is missing or a dispute is open.
    """
    by.require_organizer()
    if verdict not in LockVerdict.values:
        raise Invalid("unknown_choice", _("Say “in” or “out”."), field="verdict")
    reason = reason_given(reason)
    with transaction.atomic():
        nomination = lock_live(nomination)
        if verdict == LockVerdict.IN and nomination.state != NominationState.SUBMITTED:
            raise Refused(
                "not_submitted",
                _("The nomination waits for a signature or is disputed. Settle that first, then lock the person in."),
            )
        locked, _new = Lock.objects.update_or_create(
            nomination=nomination,
            defaults={"verdict": verdict, "reason": reason, "set_by": by.user, "set_at": at},
        )
        record("lock", nomination, by=by, at=at, verdict=verdict, reason=reason)
    return locked


def unlock(nomination: Nomination, reason: str = "", *, by: Actor, at: datetime) -> None:
    """Leave a nominee to the proposals again; the activity log keeps the lock that was, and why it went if told.

    Raises ``NotAllowed``, ``Invalid`` (``too_long``) and ``Refused`` (``already_decided``, ``nomination_gone``, ``not_locked``).
    """
    by.require_organizer()
    reason = _short_enough(reason)
    with transaction.atomic():
        nomination = lock_live(nomination)
        there = Lock.objects.filter(nomination=nomination).first()
        if there is None:
            raise Refused("not_locked", _("Nobody has locked this nomination."))
        record("unlock", nomination, by=by, at=at, verdict=there.verdict, reason=reason)
        there.delete()


def lock_live(nomination: Nomination) -> Nomination:
    """Lock the row of a nomination that counts and is not decided on; the caller holds the transaction.

    Raises ``Refused`` (``already_decided``, ``nomination_gone``).
    """
    # The call's row before the nomination's: who decides takes them in this order too.
    lock_undecided(nomination.call)
    row = Nomination.objects.select_for_update(of=("self",)).select_related("call", "party").get(pk=nomination.pk)
    if row.state in GONE:
        raise Refused("nomination_gone", _("This nomination no longer counts; nothing is decided on it."))
    return row


def reason_given(reason: str) -> str:
    """Return the reason for a decision on one nominee. Raises ``Invalid`` (``reason_missing``, ``too_long``)."""
    if not reason.strip():
        raise Invalid("reason_missing", _("Say why; whoever approves the selection reads it."), field="reason")
    return _short_enough(reason)


def _short_enough(reason: str) -> str:
    reason = reason.strip()
    if len(reason) > REASON_LIMIT:
        raise Invalid("too_long", _("Use at most %(limit)d characters.") % {"limit": REASON_LIMIT}, field="reason")
    return reason
