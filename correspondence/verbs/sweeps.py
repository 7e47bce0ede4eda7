"""The sweep: what no hint reached and no worker finished."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.states import move
from correspondence.hints import hint
from correspondence.models import Message, MessageAttempt, MessageState
from correspondence.models.messages import MESSAGE_STEPS, AttemptOutcome
from correspondence.queries.messages import due, stuck, unwritten
from correspondence.verbs.relay import DELIVER_DUE, is_open

BATCH = 100


@dataclass(frozen=True, slots=True)
class SweepResult:
    """What a sweep found: whether letters wait for a worker, and how many claims became uncertain."""

    waiting: bool
    uncertain: int


def sweep(*, at: datetime) -> SweepResult:
    """Settle claims whose worker died, write the attempts it could not, and ask for a worker when letters are due."""
    write_for_the_dead(at)
    lost = [_give_up(message_id, at=at) for message_id in stuck(at).values_list("pk", flat=True)[:BATCH]]
    waiting = due(at).exists()
    if waiting and is_open(at):
        hint(DELIVER_DUE)
    return SweepResult(waiting=waiting, uncertain=sum(lost))


def write_for_the_dead(at: datetime) -> None:
    """Write the attempts of sent letters whose worker died before it did; the letters' own rows know all of them."""
    with transaction.atomic():
        rows = list(unwritten(at).select_for_update(skip_locked=True)[:BATCH])
        attempts = [
            MessageAttempt(
                message=row,
                number=row.attempts_made,
                started_at=row.claimed_at,
                finished_at=row.sent_at,
                outcome=AttemptOutcome.SENT,
                detail=row.detail,
                worker=row.worker,
            )
            for row in rows
            if row.claimed_at is not None and row.sent_at is not None  # as the query has it
        ]
        MessageAttempt.objects.bulk_create(attempts, ignore_conflicts=True)
        Message.objects.filter(pk__in=[row.pk for row in rows]).update(claimed_at=None, worker="")


def _give_up(message_id: UUID, *, at: datetime) -> bool:
    """Make one old claim uncertain, and write the attempt its worker could not; false when the worker was faster."""
    with transaction.atomic():
        message = stuck(at).select_for_update().filter(pk=message_id).first()
        if message is None or message.claimed_at is None:
            return False
        move(message, MessageState.UNCERTAIN, MESSAGE_STEPS)
        MessageAttempt.objects.bulk_create([_lost(message, message.claimed_at, at)], ignore_conflicts=True)
        message.save(update_fields=["state"])
    return True


def _lost(message: Message, started_at: datetime, at: datetime) -> MessageAttempt:
    return MessageAttempt(
        message=message,
        number=message.attempts_made,
        started_at=started_at,
        finished_at=at,
        outcome=AttemptOutcome.LOST,
        worker=message.worker,
    )
