"""Delivering what the acts wrote: this process helps out, next to whatever workers run."""

import time
from datetime import datetime

from django.db.models import QuerySet

from config.rehearsal.stage import DoesNotAddUp
from correspondence.models import Message, MessageState
from correspondence.verbs.delivery import deliver_due

PATIENCE_SECONDS = 60


def drain(letters: QuerySet[Message], what: str, *, at: datetime) -> None:
    """Deliver until none of the letters is queued or in somebody's hands; ``what`` names them.

    A worker that runs meanwhile may take some of them: claims are row by row. Raises ``DoesNotAddUp`` when letters are
    stuck for a minute.
    """
    end = time.monotonic() + PATIENCE_SECONDS
    while letters.filter(state__in=[MessageState.QUEUED, MessageState.SENDING]).exists():
        if time.monotonic() > end:
            raise DoesNotAddUp(f"{what}: letters are stuck in the outbox")
        if not deliver_due(at=at):
            time.sleep(0.05)
