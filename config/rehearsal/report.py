"""Last act: the compilation, and what is left in the output folder."""

import json
import time
from datetime import datetime
from pathlib import Path

from django.db.models import Count, QuerySet

from config.rehearsal.stage import SECRETARIAT, DoesNotAddUp, Stage
from correspondence.models import Message
from correspondence.queries.files import read_bytes
from participants.models import Person
from targets.models import Compilation
from targets.models.compilations import CompilationState
from targets.verbs.compilations import compile_submissions, request_compilation
from workshops.models import Programme

SUMMED = (
    "parties",
    "focal_points_mailed",
    "nominations",
    "selected",
    "reserves",
    "invitations",
    "accepted",
    "declined",
    "registered",
    "attended",
    "submissions",
    "target_items",
)


def compilation(stages: list[Stage]) -> Compilation:
    """Compile the workshop played, or the programme when several were; a worker may take the work first."""
    first = stages[0]
    at = max(stage.calendar.compilation for stage in stages)
    requested = request_compilation(
        first.programme, workshop=first.workshop if len(stages) == 1 else None, by=SECRETARIAT, at=at
    )
    done = _finish(requested, at)
    if done.state != CompilationState.READY:
        raise DoesNotAddUp(f"the compilation is {done.state}: {done.failure}")
    accepted = sum(stage.counts["submissions_accepted"] for stage in stages)
    first.expect("submissions compiled", done.sources.count(), accepted)
    return done


def _finish(requested: Compilation, at: datetime) -> Compilation:
    """Compile here unless a worker was faster, then wait for the worker."""
    return compile_submissions(requested.pk, at=at) or wait_for(requested)


def wait_for(requested: Compilation) -> Compilation:
    """Wait until a worker has finished a compilation. Raises ``DoesNotAddUp`` after two minutes."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        requested.refresh_from_db()
        if requested.state in {CompilationState.READY, CompilationState.FAILED}:
            return requested
        time.sleep(0.2)
    raise DoesNotAddUp("a worker took the compilation and did not finish it")


def write_files(done: Compilation, out: Path) -> dict[str, str]:
    """Write the report files into the output folder; return the path of each format."""
    paths = {}
    for report in done.files.select_related("file").order_by("format"):
        path = out / f"compilation.{report.format}"
        path.write_bytes(read_bytes(report.file))
        paths[report.format] = str(path)
    return paths


def letters_of(programme: Programme) -> QuerySet[Message]:
    """Return every letter to the synthetic people of a practice copy, about a workshop or the directory."""
    people = Person.objects.filter(rehearsal=programme)
    return Message.objects.filter(person_key__in=people.values("pk"))


def counts(stages: list[Stage]) -> dict[str, object]:
    """Return the counts of all stages together, and their messages by state."""
    total: dict[str, int] = {}
    for stage in stages:
        for name, value in stage.counts.items():
            total[name] = total.get(name, 0) + value
    letters = letters_of(stages[0].programme)
    by_state = letters.order_by("state").values_list("state").annotate(n=Count("id"))
    missing = [name for name in SUMMED if name not in total]
    if missing:
        raise DoesNotAddUp(f"nothing was counted for {', '.join(missing)}")
    return {**total, "messages": dict(by_state)}


def write_protocol(out: Path, protocol: dict[str, object]) -> Path:
    """Write ``rehearsal.json``."""
    path = out / "rehearsal.json"
    path.write_text(json.dumps(protocol, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path
