"""Delivery: the outbox on PostgreSQL and Redis with a worker of two slots, against a bare SMTP loop into the same sink."""

from collections.abc import Iterator

from benchmarks.figures import Figure
from benchmarks.production import figures_of


def measure() -> Iterator[Figure]:
    """Measure ``mail.plain``, ``mail.pdf``, ``mail.memory`` and ``mail.claim``."""
    yield from figures_of("outbox")
