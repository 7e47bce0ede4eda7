"""``python -m benchmarks``: measure on a scratch planner, print a table, write ``bench.json`` into the var folder."""

import signal
from collections.abc import Iterator
from importlib import import_module
from types import FrameType

from benchmarks.figures import Figure, table, write
from benchmarks.scratch import planner
from config.environment import var_dir

BENCHES = ("mail", "letters", "api", "pages", "nominations", "compilations", "imports", "duplicates", "selections")
MOST_SECONDS = 400


def _measured() -> Iterator[Figure]:
    """Measure one bench after the other; they import models, so Django must be set up before they are loaded."""
    for name in BENCHES:
        yield from import_module(f"benchmarks.{name}").measure()


def _too_long(_number: int, _frame: FrameType | None) -> None:
    raise TimeoutError(f"The benchmarks took longer than {MOST_SECONDS} s.")


def main() -> None:
    """Measure everything."""
    target = var_dir() / "bench.json"
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(MOST_SECONDS)
    with planner():
        figures = list(_measured())
    signal.alarm(0)
    write(figures, target)
    print(table(figures))
    print(f"Written to {target}.")


if __name__ == "__main__":
    main()
