"""What a benchmark reports, and how time is taken."""

import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of ``bench.json``: ours (``value``) beside the physical ``limit``, both in ``unit``, over ``rows`` rows.

    A unit a second is a speed, where a higher ``ratio`` is better; ``ms`` and ``s`` are times, where a lower one is.
    """

    name: str
    value: float
    unit: str
    limit: float
    rows: int
    note: str

    @property
    def ratio(self) -> float:
        """Ours to the limit."""
        return self.value / self.limit

    def as_json(self) -> dict[str, str | float]:
        """Return the line as ``bench.json`` holds it."""
        return {
            "name": self.name,
            "value": round(self.value, 3),
            "unit": self.unit,
            "limit": round(self.limit, 3),
            "ratio": round(self.ratio, 4),
            "rows": self.rows,
            "note": self.note,
        }


def fastest(rounds: int, *runs: Callable[[], object]) -> list[float]:
    """Return the shortest time in seconds of each of ``runs``, taken in turns so that a busy moment strikes all alike."""
    times: list[list[float]] = [[] for _ in runs]
    for _ in range(rounds):
        for run, taken in zip(runs, times, strict=True):
            began = time.perf_counter()
            run()
            taken.append(time.perf_counter() - began)
    return [min(taken) for taken in times]


def write(figures: Iterable[Figure], to: Path) -> None:
    """Write ``bench.json``, whole or not at all."""
    to.parent.mkdir(parents=True, exist_ok=True)
    draft = to.with_suffix(".part")
    draft.write_text(json.dumps([each.as_json() for each in figures], indent=2, ensure_ascii=False) + "\n")
    draft.replace(to)


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as a table for people."""
    lines = [f"{'name':<16}{'value':>12}{'limit':>12} {'unit':<12}{'ratio':>8}{'rows':>8}  note"]
    lines += [
        f"{each.name:<16}{each.value:>12.2f}{each.limit:>12.2f} {each.unit:<12}{each.ratio:>8.3f}{each.rows:>8}  {each.note}"
        for each in figures
    ]
    return "\n".join(lines)
