"""Delivery: claim, commit, send, record. Whatever dies in between, no letter is sent twice without a person's decision.

A message is claimed by a conditional update, so that of any number of workers one has it; the claim is committed before the
mail server hears of it. A worker that dies later leaves the row ``sending``, and the sweep makes it ``uncertain``.
"""

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

from django.db import transaction
from django.db.models import F

from accounts.states import move
from correspondence.hints import hint
from correspondence.models import Message, MessageAttempt, MessageState
from correspondence.models.messages import MESSAGE_STEPS, AttemptOutcome
from correspondence.queries.messages import due, stuck
from correspondence.wire import Answer, Wire

DELIVER_DUE = "correspondence.tasks.deliver_due_messages"
BATCH = 100
ATTEMPTS_IN_A_ROW = 8
# Waits after a refusal for now: 1, 5 and 30 minutes, then 2, 4, 8 and 16 hours (RFC 5321, 4.5.4.1 asks for longer ones).
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 240, 480, 960))
_DETAIL_LIMIT = 500


@dataclass(frozen=True, slots=True)
class SweepResult:
    """What a sweep found: messages waiting for a worker, and claims that became uncertain."""

    due: int
    uncertain: int


def deliver(message_id: UUID | str, *, at: datetime) -> Message | None:
    """Deliver one message; ``None`` when it is not queued, not due, or another worker has it.

    Must stand outside any transaction. How the attempt went is in the returned message's state.
    """
    with Wire() as wire:
        attempt = _try(message_id, wire, _clock(at))
    return None if attempt is None else attempt.message


def deliver_due(*, at: datetime, limit: int = BATCH) -> int:
    """Deliver up to ``limit`` due messages over one connection and return how many were tried.

    Stops at the first message for which there is no mail server: the others keep their attempts for better times.
    """
    now = _clock(at)
    tried = 0
    with Wire() as wire:
        for message_id in due(at).values_list("pk", flat=True)[:limit]:
            attempt = _try(message_id, wire, now)
            tried += attempt is not None
            if not wire.reachable:
                break
    return tried


def _clock(at: datetime) -> Callable[[], datetime]:
    """Return a clock that starts at ``at`` and counts milliseconds: the last of a batch must not be claimed when it began."""
    began = monotonic()
    return lambda: at + timedelta(milliseconds=int((monotonic() - began) * 1000))


def _try(message_id: UUID | str, wire: Wire, now: Callable[[], datetime]) -> MessageAttempt | None:
    attempt = _claim(message_id, at=now())
    if attempt is not None:
        _record(attempt, wire.send(attempt.message, at=attempt.started_at), at=now())
    return attempt


def _claim(message_id: UUID | str, *, at: datetime) -> MessageAttempt | None:
    """Take a message for this worker, visibly to all others; the row's state is the condition of its own change."""
    with transaction.atomic(durable=True):
        claimed = (
            due(at)
            .filter(pk=message_id)
            .order_by()
            .update(state=MessageState.SENDING, claimed_at=at, attempts_made=F("attempts_made") + 1)
        )
        if not claimed:
            return None
        message = Message.objects.get(pk=message_id)
        return MessageAttempt.objects.create(
            message=message,
            number=message.attempts_made,
            started_at=at,
            worker=f"{socket.gethostname()}:{os.getpid()}"[-120:],
        )


def _record(attempt: MessageAttempt, answer: Answer, *, at: datetime) -> None:
    """Write down how the attempt went; an answer that comes after the sweep still turns ``uncertain`` into ``sent``."""
    attempt.outcome = answer.outcome
    attempt.detail = answer.detail[:_DETAIL_LIMIT]
    attempt.finished_at = at
    with transaction.atomic(durable=True):
        attempt.message = message = Message.objects.select_for_update().get(pk=attempt.message_id)
        attempt.save(update_fields=["outcome", "detail", "finished_at"])
        late_but_good = message.state == MessageState.UNCERTAIN and answer.outcome == AttemptOutcome.SENT
        if message.attempts_made == attempt.number and (message.state == MessageState.SENDING or late_but_good):
            _settle(message, answer.outcome, at=at)


def _settle(message: Message, outcome: AttemptOutcome, *, at: datetime) -> None:
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
    message.save(update_fields=["state", "sent_at", "due_at"])


def sweep(*, at: datetime) -> SweepResult:
    """Settle claims whose worker died, and ask for a worker when messages are due that no hint reached."""
    lost = [_give_up(message_id, at=at) for message_id in stuck(at).values_list("pk", flat=True)[:BATCH]]
    waiting = due(at).count()
    if waiting:
        hint(DELIVER_DUE)
    return SweepResult(due=waiting, uncertain=sum(lost))


def _give_up(message_id: UUID, *, at: datetime) -> bool:
    """Make one old claim uncertain; false when its worker was faster."""
    with transaction.atomic():
        message = stuck(at).select_for_update().filter(pk=message_id).first()
        if message is None:
            return False
        move(message, MessageState.UNCERTAIN, MESSAGE_STEPS)
        message.save(update_fields=["state"])
        message.attempts.filter(number=message.attempts_made, outcome=AttemptOutcome.STARTED).update(
            outcome=AttemptOutcome.LOST, finished_at=at
        )
    return True
