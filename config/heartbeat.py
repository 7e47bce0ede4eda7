"""Whether background work is alive: beat asks, a worker answers, the answer's age is read by ``/readyz``."""

import time
from typing import Any

from celery import shared_task
from celery.signals import worker_ready
from django.core.cache import cache

KEY = "heartbeat"
KEPT_SECONDS = 24 * 3600


@shared_task
def beat() -> None:
    """Write down that broker, beat and a worker met just now."""
    cache.set(KEY, time.time(), KEPT_SECONDS)


@worker_ready.connect
def _worker_started(**_kwargs: Any) -> None:
    """A worker that has just started need not wait for beat to count as alive."""
    cache.set(KEY, time.time(), KEPT_SECONDS)


def seconds_since_heartbeat() -> float | None:
    """Return the age of the last sign of life in seconds; ``None`` when there was none within a day."""
    written = cache.get(KEY)
    return None if written is None else max(0.0, time.time() - written)
