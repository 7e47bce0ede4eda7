"""Delivery: reserve, claim, send, record. Whatever dies in between, no letter is sent twice without a person's decision.

A worker reserves a few letters at a time, which keeps other workers off them for a minute. Each is then claimed by a
conditional update, committed before the mail server hears of it, in the transaction that records the letter before: one
commit a letter. A worker that dies leaves at most one row ``sending``, which the sweep makes ``uncertain``; what it had
reserved is free again after the minute. Attempts that went well are written when the reserved letters are through; the
sweep writes those of a worker that died before.
"""

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.states import move
from correspondence.models import Message, MessageAttempt, MessageState
from correspondence.models.messages import DETAIL_LIMIT, MESSAGE_STEPS
from correspondence.queries.addresses import dead_among
from correspondence.queries.messages import free
from correspondence.queries.rates import allowance, outside, rate_limited
from correspondence.verbs.attempts import claim_next, conclude, give_back, pass_on, worker_name, write_attempts
from correspondence.verbs.relay import is_open, lock_rate, mark_away, mark_back
from correspondence.wire import Wire

BATCH = 50  # letters reserved at a time
SECONDS = 5.0  # after them a worker reserves no more, so that it can be stopped


def deliver(message_id: UUID | str, *, at: datetime) -> Message | None:
    """Deliver one message; ``None`` when it is not queued, not due, or another worker has it.

    Must stand outside any transaction. How the attempt went is in the returned message's state.
    """
    return next(iter(_work_off(lambda now: free(now).filter(pk=message_id), at=at, limit=1)), None)


def deliver_due(*, at: datetime, limit: int | None = None) -> int:
    """Deliver due messages over one kept connection, for some seconds or up to ``limit``; return how many were tried.

    Must stand outside any transaction. Nothing is tried, and no attempt used up, while there is no mail server or an
    organizer has stopped the mail.
    """
    return len(_work_off(free, at=at, limit=limit))


def _work_off(
    waiting: Callable[[datetime], QuerySet[Message]], *, at: datetime, limit: int | None = None
) -> list[Message]:
    now = _clock(at)
    tried: list[Message] = []
    if not is_open(at) or not waiting(at).exists():
        return tried
    with Wire() as wire:
        while (limit is None or len(tried) < limit) and now() - at < timedelta(seconds=SECONDS):
            if not _ready(wire, now()):
                break
            most = BATCH if limit is None else min(BATCH, limit - len(tried))
            reserved, more = _reserve(waiting(now()), most, at=now())
            tried += _send_all(reserved, wire, now)
            if not more:
                break
    return tried


def _ready(wire: Wire, at: datetime) -> bool:
    """Whether there is a connection; what opening one tells about the mail server is kept in mind."""
    if wire.is_open:
        return True
    trouble = wire.open()
    if trouble:
        mark_away(trouble, at=at)
    else:
        mark_back(at=at)
    return not trouble


def _reserve(waiting: QuerySet[Message], most: int, *, at: datetime) -> tuple[list[Message], bool]:
    """Keep other workers off the next letters, and tell whether more may wait.

    Those to dead addresses fail here; those over a rate limit stay where they are, and hide nobody behind them.
    """
    with transaction.atomic(durable=True):
        if rate_limited():
            lock_rate()
        left = allowance(at)
        rows = list(outside(left.full_domains(), waiting).select_for_update(skip_locked=True)[:most])
        dead = dead_among({row.to_address for row in rows})
        for row in rows:
            if row.to_address in dead:
                _fail(row, _("The address is dead: %(why)s") % {"why": dead[row.to_address]})
        chosen = [row for row in rows if row.to_address not in dead and left.take(row.to_address)]
        Message.objects.filter(pk__in=[row.pk for row in chosen]).update(claimed_at=at, worker=worker_name())
    return chosen, len(rows) == most and bool(chosen or dead)


def _fail(message: Message, detail: str) -> None:
    move(message, MessageState.FAILED, MESSAGE_STEPS)
    message.detail = detail[:DETAIL_LIMIT]
    message.save(update_fields=["state", "detail"])


def _send_all(reserved: list[Message], wire: Wire, now: Callable[[], datetime]) -> list[Message]:
    """Send what was reserved; return what was tried. What cannot be sent is given back."""
    queue, tried, unwritten = deque(reserved), list[Message](), list[MessageAttempt]()
    with transaction.atomic(durable=True):
        current = claim_next(queue, now())
    while current is not None:
        tried.append(current.message)
        answer = wire.send(current.message, at=current.started_at)
        if queue and _ready(wire, now()):
            wire.begin(queue[0], at=now())
            attempts, current = pass_on(current, answer, queue, at=now())
            unwritten += attempts
        else:
            with transaction.atomic(durable=True):
                unwritten += conclude(current, answer, at=now())
            current = None
    with transaction.atomic(durable=True):
        write_attempts(unwritten)
        give_back(queue)
    return tried


def _clock(at: datetime) -> Callable[[], datetime]:
    """Return a clock that starts at ``at`` and counts milliseconds: the last of a batch must not be claimed when it began."""
    began = monotonic()
    return lambda: at + timedelta(milliseconds=int((monotonic() - began) * 1000))
