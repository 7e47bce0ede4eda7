"""One try to hand over one letter: claimed before it, recorded after it."""

import os
import socket
from collections import deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.db import connection

from accounts.states import move
from correspondence.models import Message, MessageAttempt, MessageState
from correspondence.models.messages import MESSAGE_STEPS, AttemptOutcome
from correspondence.wire import Answer

IN_A_ROW = 8
# Waits after a refusal for now: 1, 5 and 30 minutes, then 2, 4, 8 and 16 hours (RFC 5321, 4.5.4.1 asks for longer ones).
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 240, 480, 960))
_DETAIL_LIMIT = 500  # characters, as the columns of that name
_WORKER_LIMIT = 120
_CLAIMED: tuple[str, ...] = ("state", "claimed_at", "attempts_made")
_SENT: tuple[str, ...] = ("state", "sent_at", "detail", "relay_id")
_NOT_SENT: tuple[str, ...] = ("state", "due_at", "detail", "claimed_at", "worker")


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
        before = message.state
        move(message, MessageState.SENDING, MESSAGE_STEPS)
        message.claimed_at = at
        message.attempts_made += 1
        if _change(message, _CLAIMED, of=[before], by=worker_name()):
            return Try(message, at)
    return None


def conclude(made: Try, answer: Answer, *, at: datetime) -> list[MessageAttempt]:
    """Record how a try went, and what follows for the message if it is still this try's.

    Return the attempt when its writing may wait: the row of a sent letter knows all of it. An answer that comes after the
    sweep gave the claim up still turns ``uncertain`` into ``sent``.
    """
    message, detail = made.message, answer.detail[:_DETAIL_LIMIT]
    attempt = MessageAttempt(
        message=message,
        number=message.attempts_made,
        started_at=made.started_at,
        finished_at=at,
        outcome=answer.outcome,
        detail=detail,
        worker=worker_name(),
    )
    message.detail, message.relay_id = detail, answer.relay_id or message.relay_id
    _settle(message, answer.outcome, at=at)
    if answer.outcome == AttemptOutcome.SENT:
        known, of = _SENT, [MessageState.SENDING, MessageState.UNCERTAIN]
    else:
        message.claimed_at, message.worker = None, ""
        known, of = _NOT_SENT, [MessageState.SENDING]
        _keep([attempt])
    if not _change(message, known, of=of, by=attempt.worker):
        message.refresh_from_db()
    return [attempt] if known is _SENT else []


def _change(message: Message, fields: Sequence[str], *, of: Sequence[str], by: str) -> bool:
    """Write ``fields`` of a message if it is still in one of the states ``of`` in the hands of ``by``; whether it was.

    By hand, for it runs twice a letter: the ORM takes longer to put the statement together than PostgreSQL to run it, and
    half the time of a delivery went there (``make bench``, mail.plain).
    """
    table = Message._meta  # noqa: SLF001  # Django's documented Meta API
    written = [table.get_field(name).get_db_prep_save(getattr(message, name), connection) for name in fields]  # type: ignore[union-attr]
    key = table.pk.get_db_prep_value(message.pk, connection)
    with connection.cursor() as cursor:
        cursor.execute(_statement(tuple(fields), len(of)), [*written, key, by, *of])
        return bool(cursor.rowcount)


@cache
def _statement(fields: tuple[str, ...], states: int) -> str:
    changes = ", ".join(f"{name} = %s" for name in fields)
    places = ", ".join(["%s"] * states)
    table = Message._meta.db_table  # noqa: SLF001
    return f"UPDATE {table} SET {changes} WHERE id = %s AND worker = %s AND state IN ({places})"  # noqa: S608  # our own names


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
