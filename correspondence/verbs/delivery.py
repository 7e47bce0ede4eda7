"""Delivery: claim, commit, send, record. Whatever dies in between, no letter is sent twice without a person's decision.

A message is claimed by a conditional update, so that of any number of workers one has it; the claim is committed before the
mail server hears of it. A worker that dies later leaves the row ``sending``, and the sweep makes it ``uncertain``.
"""

import os
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

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
_DETAIL_LIMIT = 500  # characters, as the column of MessageAttempt.detail
_WORKER_LIMIT = 120


@dataclass(frozen=True, slots=True)
class SweepResult:
    """What a sweep found: messages waiting for a worker, and claims that became uncertain."""

    due: int
    uncertain: int


def deliver(message_id: UUID | str, *, at: datetime) -> Message | None:
    """Deliver one message; ``None`` when it is not queued, not due, or another worker has it.

    Must stand outside any transaction. How the attempt went is in the returned message's state.
    """
    return next(iter(_work_off(due(at).filter(pk=message_id), at=at)), None)


def deliver_due(*, at: datetime, limit: int = BATCH) -> int:
    """Deliver up to ``limit`` due messages over one connection and return how many were tried.

    Must stand outside any transaction. Stops at the first message for which there is no mail server: the others keep their
    attempts for better times.
    """
    return len(_work_off(due(at)[:limit], at=at))


def _work_off(waiting: QuerySet[Message], *, at: datetime) -> list[Message]:
    """Try each message that no other worker claims first; return those tried.

    One transaction between two mails both records the last and claims the next. The claim is the last lock it takes, so that
    workers may wait for each other but never in a ring.
    """
    now = _clock(at)
    tried = []
    messages = iter(list(waiting))
    with Wire() as wire:
        with transaction.atomic(durable=True):
            attempt = _claim_next(messages, now)
        while attempt is not None:
            tried.append(attempt.message)
            answer = wire.send(attempt.message, at=attempt.started_at)
            with transaction.atomic(durable=True):
                _record(attempt, answer, at=now())
                attempt = _claim_next(messages, now) if wire.reachable else None
    return tried


def _clock(at: datetime) -> Callable[[], datetime]:
    """Return a clock that starts at ``at`` and counts milliseconds: the last of a batch must not be claimed when it began."""
    began = monotonic()
    return lambda: at + timedelta(milliseconds=int((monotonic() - began) * 1000))


def _claim_next(messages: Iterator[Message], now: Callable[[], datetime]) -> MessageAttempt | None:
    attempts = (_claim(message, at=now()) for message in messages)
    return next((attempt for attempt in attempts if attempt is not None), None)


def _claim(message: Message, *, at: datetime) -> MessageAttempt | None:
    """Take a message for this worker; that it is still as it was read is the condition of its own change."""
    read = Message.objects.filter(pk=message.pk, state=MessageState.QUEUED, attempts_made=message.attempts_made)
    move(message, MessageState.SENDING, MESSAGE_STEPS)
    message.claimed_at = at
    message.attempts_made += 1
    if not read.update(state=message.state, claimed_at=at, attempts_made=message.attempts_made):
        return None
    return MessageAttempt.objects.create(
        message=message,
        number=message.attempts_made,
        started_at=at,
        worker=f"{socket.gethostname()}:{os.getpid()}"[-_WORKER_LIMIT:],
    )


def _record(attempt: MessageAttempt, answer: Answer, *, at: datetime) -> None:
    """Write down how the attempt went, and what follows for the message if it is still this attempt's.

    An answer that comes after the sweep gave the claim up still turns ``uncertain`` into ``sent``.
    """
    attempt.outcome = answer.outcome
    attempt.detail = answer.detail[:_DETAIL_LIMIT]
    attempt.finished_at = at
    attempt.save(update_fields=["outcome", "detail", "finished_at"])
    message = attempt.message
    _settle(message, answer.outcome, at=at)
    from_states = [MessageState.SENDING] + [MessageState.UNCERTAIN] * (answer.outcome == AttemptOutcome.SENT)
    own = Message.objects.filter(pk=message.pk, attempts_made=attempt.number, state__in=from_states)
    if not own.update(state=message.state, sent_at=message.sent_at, due_at=message.due_at):
        message.refresh_from_db()


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
