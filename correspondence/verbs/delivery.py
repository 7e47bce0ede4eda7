"""Delivery: reserve, claim, send, record. Whatever dies in between, no letter is sent twice without a person's decision.

A worker reserves a few letters at a time, which keeps other workers off them for a minute. Each is then claimed by a
conditional update, committed before the mail server hears of it, in the transaction that records the letter before: one
commit a letter. A worker that dies leaves at most one row ``sending``, which the sweep makes ``uncertain``; what it had
reserved is free again after the minute.
"""

import os
import socket
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from time import monotonic
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.states import move
from correspondence.models import Message, MessageAttempt, MessageState
from correspondence.models.messages import MESSAGE_STEPS, AttemptOutcome
from correspondence.queries.addresses import dead_among
from correspondence.queries.messages import free
from correspondence.queries.rates import allowance, outside, rate_limited
from correspondence.verbs.relay import is_open, lock_rate, mark_away, mark_back
from correspondence.wire import Answer, Wire

BATCH = 50  # letters reserved at a time
SECONDS = 5.0  # after them a worker reserves no more, so that it can be stopped
ATTEMPTS_IN_A_ROW = 8
# Waits after a refusal for now: 1, 5 and 30 minutes, then 2, 4, 8 and 16 hours (RFC 5321, 4.5.4.1 asks for longer ones).
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 240, 480, 960))
_DETAIL_LIMIT = 500  # characters, as the columns of that name
_WORKER_LIMIT = 120


@dataclass(frozen=True, slots=True)
class _Try:
    """A message on the wire since ``started_at``."""

    message: Message
    started_at: datetime


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
        Message.objects.filter(pk__in=[row.pk for row in chosen]).update(claimed_at=at, worker=_worker())
    return chosen, len(rows) == most and bool(chosen or dead)


def _fail(message: Message, detail: str) -> None:
    move(message, MessageState.FAILED, MESSAGE_STEPS)
    message.detail = detail[:_DETAIL_LIMIT]
    message.save(update_fields=["state", "detail"])


def _send_all(reserved: list[Message], wire: Wire, now: Callable[[], datetime]) -> list[Message]:
    """Send what was reserved; return what was tried. What cannot be sent is given back."""
    queue, tried = deque(reserved), list[Message]()
    with transaction.atomic(durable=True):
        current = _claim_next(queue, now())
    while current is not None:
        tried.append(current.message)
        answer = wire.send(current.message, at=current.started_at)
        usable = _ready(wire, now()) if queue else True
        with transaction.atomic(durable=True):
            _record(current, answer, at=now())
            current = _claim_next(queue, now()) if usable else None
    if queue:
        Message.objects.filter(
            pk__in=[message.pk for message in queue], state=MessageState.QUEUED, worker=_worker()
        ).update(claimed_at=None, worker="")
    return tried


def _clock(at: datetime) -> Callable[[], datetime]:
    """Return a clock that starts at ``at`` and counts milliseconds: the last of a batch must not be claimed when it began."""
    began = monotonic()
    return lambda: at + timedelta(milliseconds=int((monotonic() - began) * 1000))


@cache
def _host() -> str:
    return socket.gethostname()


def _worker() -> str:
    return f"{_host()}:{os.getpid()}"[-_WORKER_LIMIT:]


def _claim_next(queue: deque[Message], at: datetime) -> _Try | None:
    """Take the next reserved message that is still as it was reserved: its own change has that as its condition."""
    while queue:
        message = queue.popleft()
        own = Message.objects.filter(
            pk=message.pk, state=MessageState.QUEUED, held=False, worker=_worker(), attempts_made=message.attempts_made
        )
        move(message, MessageState.SENDING, MESSAGE_STEPS)
        message.claimed_at = at
        message.attempts_made += 1
        if own.update(state=message.state, claimed_at=at, attempts_made=message.attempts_made):
            return _Try(message, at)
    return None


def _record(made: _Try, answer: Answer, *, at: datetime) -> None:
    """Write down how the attempt went, and what follows for the message if it is still this attempt's.

    An answer that comes after the sweep gave the claim up still turns ``uncertain`` into ``sent``.
    """
    message, detail = made.message, answer.detail[:_DETAIL_LIMIT]
    _keep_attempt(message, made.started_at, answer.outcome, detail, at=at)
    _settle(message, answer.outcome, at=at)
    message.detail = detail
    message.relay_id = answer.relay_id or message.relay_id
    message.claimed_at, message.worker = None, ""
    from_states = [MessageState.SENDING] + [MessageState.UNCERTAIN] * (answer.outcome == AttemptOutcome.SENT)
    own = Message.objects.filter(pk=message.pk, attempts_made=message.attempts_made, state__in=from_states)
    changes = ("state", "sent_at", "due_at", "detail", "relay_id", "claimed_at", "worker")
    if not own.update(**{name: getattr(message, name) for name in changes}):
        message.refresh_from_db()


def _keep_attempt(message: Message, started_at: datetime, outcome: str, detail: str, *, at: datetime) -> None:
    """Write the attempt; a late answer takes the place of what the sweep wrote for it."""
    attempt = MessageAttempt(
        message=message,
        number=message.attempts_made,
        started_at=started_at,
        finished_at=at,
        outcome=outcome,
        detail=detail,
        worker=_worker(),
    )
    MessageAttempt.objects.bulk_create(
        [attempt],
        update_conflicts=True,
        unique_fields=["message", "number"],
        update_fields=["outcome", "detail", "finished_at"],
    )


def _settle(message: Message, outcome: str, *, at: datetime) -> None:
    tries_in_a_row = (message.attempts_made - 1) % ATTEMPTS_IN_A_ROW + 1
    if outcome == AttemptOutcome.SENT:
        move(message, MessageState.SENT, MESSAGE_STEPS)
        message.sent_at = at
    elif outcome == AttemptOutcome.LOST:
        move(message, MessageState.UNCERTAIN, MESSAGE_STEPS)
    elif outcome == AttemptOutcome.LATER and tries_in_a_row < ATTEMPTS_IN_A_ROW:
        move(message, MessageState.QUEUED, MESSAGE_STEPS)
        message.due_at = at + WAITS[tries_in_a_row - 1]
    else:
        move(message, MessageState.FAILED, MESSAGE_STEPS)
