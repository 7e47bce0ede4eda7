"""Reading the project's own data files (``fixtures/``, described in its README)."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "fixtures"


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of ``fixtures/<name>.csv``."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def document(name: str) -> Any:
    """Return the content of ``fixtures/<name>.json``."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def day(text: str | None) -> date | None:
    """Return an ISO date, or ``None`` for an empty cell."""
    return date.fromisoformat(text) if text else None


def certain_day(text: str) -> date:
    """Return an ISO date of a cell that must not be empty."""
    return date.fromisoformat(text)
