"""The mail server: kept in mind when it is away, stopped and started by an organizer."""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from accounts.actors import CLOCK, Actor
from accounts.verbs.activities import record
from correspondence.hints import hint
from correspondence.models import Relay
from correspondence.models.messages import DETAIL_LIMIT

log = logging.getLogger(__name__)

DELIVER_DUE = "correspondence.tasks.deliver_due_messages"
# Waits while the server is away: it is tried again after half a minute, then 1, 2 and 5 minutes, and every 5 from then on.
AWAY_WAITS = tuple(timedelta(seconds=seconds) for seconds in (30, 60, 120, 300))


def is_open(at: datetime) -> bool:
    """Whether letters may go out: no organizer stopped them, and the server is not known to be away."""
    relay = Relay.objects.first()
    return relay is None or (relay.stopped_at is None and (relay.retry_at is None or relay.retry_at <= at))


def mark_away(detail: str, *, at: datetime) -> Relay:
    """Remember that the server could not be reached, and when to try again; the first time is logged as an alarm.

    Whoever finds the server away while another worker has just said so changes nothing.
    """
    with transaction.atomic():
        relay = _locked()
        if relay.retry_at is not None and relay.retry_at > at:
            return relay
        first = relay.away_since is None
        relay.away_since = relay.away_since or at
        relay.retry_at = at + AWAY_WAITS[min(relay.failures, len(AWAY_WAITS) - 1)]
        relay.failures += 1
        relay.detail = detail[:DETAIL_LIMIT]
        relay.save(update_fields=["away_since", "retry_at", "failures", "detail"])
        if first:
            record("mark_away", relay, by=CLOCK, at=at, detail=relay.detail)
            log.error("The mail server is away, letters wait: %s", detail)
    return relay


def mark_back(*, at: datetime) -> None:
    """Forget that the server was away; nothing is written when it was not."""
    if not Relay.objects.filter(away_since__isnull=False).exists():
        return
    with transaction.atomic():
        relay = _locked()
        if relay.away_since is not None:
            record("mark_back", relay, by=CLOCK, at=at, away_since=relay.away_since.isoformat())
            relay.away_since = relay.retry_at = None
            relay.failures, relay.detail = 0, ""
            relay.save(update_fields=["away_since", "retry_at", "failures", "detail"])


def stop_mail(*, by: Actor, at: datetime) -> Relay:
    """Hold all letters back from now on; what is on the wire goes out. Raises ``NotAllowed`` for others than organizers."""
    by.require_organizer()
    with transaction.atomic():
        relay = _locked()
        if relay.stopped_at is None:
            relay.stopped_at, relay.stopped_by = at, by.user
            relay.save(update_fields=["stopped_at", "stopped_by"])
            record("stop_mail", relay, by=by, at=at)
    return relay


def start_mail(*, by: Actor, at: datetime) -> Relay:
    """Let letters go out again, and try a server that was away at once. Raises ``NotAllowed`` as ``stop_mail`` does."""
    by.require_organizer()
    with transaction.atomic():
        relay = _locked()
        relay.stopped_at = relay.stopped_by = None
        if relay.retry_at is not None:
            relay.retry_at = at
        relay.save(update_fields=["stopped_at", "stopped_by", "retry_at"])
        record("start_mail", relay, by=by, at=at)
        hint(DELIVER_DUE)
    return relay


def lock_rate() -> None:
    """Let one worker at a time look at what is left of the rate limits; the caller holds the transaction."""
    _locked()


def _locked() -> Relay:
    Relay.objects.get_or_create(pk=1)
    return Relay.objects.select_for_update().get(pk=1)
