"""Lists of 100,000 nominations on PostgreSQL, against the bare SQL of the same rows."""

from collections.abc import Iterator

from benchmarks.figures import Figure
from benchmarks.production import figures_of


def measure() -> Iterator[Figure]:
    """Measure ``pages.nominations`` and ``api.nominations``."""
    yield from figures_of("lists")
