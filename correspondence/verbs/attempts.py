"""One try to hand over one letter: claimed before it, recorded after it."""

import os
import socket
from collections import deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.db import OperationalError, connection, transaction

from accounts.states import move
from correspondence.models import Message, MessageAttempt, MessageState
from correspondence.models.messages import DETAIL_LIMIT, MESSAGE_STEPS, AttemptOutcome
from correspondence.wire import Answer

IN_A_ROW = 8
# Waits after a refusal for now: 1, 5 and 30 minutes, then 2, 4, 8 and 16 hours (RFC 5321, 4.5.4.1 asks for longer ones).
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 240, 480, 960))
_WORKER_LIMIT = 120
_BOTH = 2  # rows: the letter sent and the letter claimed
_SENT_AND_CLAIMED = """
UPDATE correspondence_message SET
    state = CASE id WHEN %s THEN 'sent' ELSE 'sending' END,
    sent_at = CASE id WHEN %s THEN %s ELSE sent_at END,
    detail = CASE id WHEN %s THEN %s ELSE detail END,
    relay_id = CASE id WHEN %s THEN %s ELSE relay_id END,
    claimed_at = CASE id WHEN %s THEN claimed_at ELSE %s END,
    attempts_made = attempts_made + CASE id WHEN %s THEN 0 ELSE 1 END
WHERE worker = %s AND ((id = %s AND state IN ('sending', 'uncertain')) OR (id = %s AND state = 'queued'))
"""


@dataclass(frozen=True, slots=True)
class Try:
    """A message on the wire since ``started_at``."""

    message: Message
    started_at: datetime


def worker_name() -> str:
    """Return the name under which this process reserves and tries letters."""
    return f"{_host()}:{os.getpid()}"[-_WORKER_LIMIT:]


@cache
def _host() -> str:
    return socket.gethostname()


def claim_next(queue: deque[Message], at: datetime) -> Try | None:
    """Take the next reserved message that is still as it was reserved: its own change has that as its condition."""
    while queue:
        message = queue.popleft()
        own = Message.objects.filter(pk=message.pk, state=message.state, worker=worker_name())
        made = _claimed(message, at)
        if own.update(state=message.state, claimed_at=at, attempts_made=message.attempts_made):
            return made
    return None


def _claimed(message: Message, at: datetime) -> Try:
    move(message, MessageState.SENDING, MESSAGE_STEPS)
    message.claimed_at = at
    message.attempts_made += 1
    return Try(message, at)


def pass_on(
    made: Try, answer: Answer, queue: deque[Message], *, at: datetime
) -> tuple[list[MessageAttempt], Try | None]:
    """Record that a letter was sent and claim the next in one statement; any other way it goes, one after the other.

    Return the attempt whose writing may wait, and the next try.
    """
    if answer.outcome != AttemptOutcome.SENT:
        with transaction.atomic(durable=True):
            return conclude(made, answer, at=at), claim_next(queue, at)
    changed = _write_both(made.message, queue[0], answer, at)
    if changed == _BOTH:
        return [_settled(made, answer, at)], _claimed(queue.popleft(), at)
    with transaction.atomic(durable=True):  # a person or a report was there in between
        attempts = conclude(made, answer, at=at)
        if changed and _is_claimed(queue[0], at):
            return attempts, _claimed(queue.popleft(), at)
        return attempts, claim_next(queue, at)


def _write_both(sent: Message, claimed: Message, answer: Answer, at: datetime) -> int:
    """Write that one letter was sent and another is on the wire, each if it is as this worker left it; how many were.

    By hand, for it runs once a letter: the ORM takes longer to put such a statement together than PostgreSQL to run it, and
    half the time of a delivery went there (``make bench``, mail.plain).
    """
    this, next_ = (Message._meta.pk.get_db_prep_value(each.pk, connection) for each in (sent, claimed))  # noqa: SLF001  # Django's documented Meta API
    now = connection.ops.adapt_datetimefield_value(at)
    detail, relay_id = answer.detail[:DETAIL_LIMIT], answer.relay_id or sent.relay_id
    values = (this, this, now, this, detail, this, relay_id, this, now, this, worker_name(), this, next_)
    try:
        with connection.cursor() as cursor:
            cursor.execute(_SENT_AND_CLAIMED, values)
            return int(cursor.rowcount)
    except OperationalError:  # somebody locked the two rows in the opposite order
        return 0


def _is_claimed(message: Message, at: datetime) -> bool:
    own = Message.objects.filter(pk=message.pk, state=MessageState.SENDING, worker=worker_name(), claimed_at=at)
    return own.exists()


def conclude(made: Try, answer: Answer, *, at: datetime) -> list[MessageAttempt]:
    """Record how a try went, and what follows for the message if it is still this try's.

    Return the attempt when its writing may wait: the row of a sent letter knows all of it. An answer that comes after the
    sweep gave the claim up still turns ``uncertain`` into ``sent``.
    """
    message, attempt = made.message, _settled(made, answer, at)
    fields, of = ["state", "sent_at", "due_at", "detail", "relay_id"], [MessageState.SENDING, MessageState.UNCERTAIN]
    sent = answer.outcome == AttemptOutcome.SENT
    if not sent:
        message.claimed_at, message.worker = None, ""
        fields, of = [*fields, "claimed_at", "worker"], [MessageState.SENDING]
        _keep([attempt])
    own = Message.objects.filter(pk=message.pk, worker=attempt.worker, state__in=of)
    if not own.update(**{name: getattr(message, name) for name in fields}):
        message.refresh_from_db()
    return [attempt] if sent else []


def _settled(made: Try, answer: Answer, at: datetime) -> MessageAttempt:
    """Bring the message of a try to what follows from the answer, and return the attempt to write."""
    message, detail = made.message, answer.detail[:DETAIL_LIMIT]
    message.detail, message.relay_id = detail, answer.relay_id or message.relay_id
    _settle(message, answer.outcome, at=at)
    return MessageAttempt(
        message=message,
        number=message.attempts_made,
        started_at=made.started_at,
        finished_at=at,
        outcome=answer.outcome,
        detail=detail,
        worker=worker_name(),
    )


def write_attempts(attempts: Collection[MessageAttempt]) -> None:
    """Write attempts that went well; their messages are this worker's no longer."""
    if attempts:
        _keep(attempts)
        sent = Message.objects.filter(pk__in=[each.message_id for each in attempts], worker=worker_name())
        sent.exclude(state__in=[MessageState.QUEUED, MessageState.SENDING]).update(claimed_at=None, worker="")


def give_back(queue: Iterable[Message]) -> None:
    """Let other workers have what this one reserved and did not try."""
    keys = [message.pk for message in queue]
    if keys:
        kept = Message.objects.filter(pk__in=keys, state=MessageState.QUEUED, worker=worker_name())
        kept.update(claimed_at=None, worker="")


def _keep(attempts: Iterable[MessageAttempt]) -> None:
    """Write attempts; a late answer takes the place of what the sweep wrote for it."""
    MessageAttempt.objects.bulk_create(
        attempts,
        update_conflicts=True,
        unique_fields=["message", "number"],
        update_fields=["outcome", "detail", "finished_at"],
    )


def _settle(message: Message, outcome: str, *, at: datetime) -> None:
    tries_in_a_row = (message.attempts_made - 1) % IN_A_ROW + 1
    if outcome == AttemptOutcome.SENT:
        move(message, MessageState.SENT, MESSAGE_STEPS)
        message.sent_at = at
    elif outcome == AttemptOutcome.LOST:
        move(message, MessageState.UNCERTAIN, MESSAGE_STEPS)
    elif outcome == AttemptOutcome.LATER and tries_in_a_row < IN_A_ROW:
        move(message, MessageState.QUEUED, MESSAGE_STEPS)
        message.due_at = at + WAITS[tries_in_a_row - 1]
    else:
        move(message, MessageState.FAILED, MESSAGE_STEPS)
