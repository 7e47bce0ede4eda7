"""The order of the acts, with seconds and counts."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db.models import QuerySet
from django.utils.translation import override

from config.rehearsal import call, conflicts, directory, dossiers, nominations, people, report, selecting
from config.rehearsal.calendar import Calendar
from config.rehearsal.outbox import drain
from config.rehearsal.stage import SECRETARIAT, DoesNotAddUp, Stage
from correspondence.models import Message, MessageState
from workshops.models import Programme
from workshops.verbs.programmes import copy_for_practice

Act = Callable[[Stage], None]
ACTS: tuple[tuple[str, Act], ...] = (
    ("call opened", call.call),
    ("nominations in", nominations.nominations),
    ("two lists for one Party", conflicts.dispute),
    ("one person named twice", conflicts.twice),
    ("call closed", nominations.close),
    ("second signatures", nominations.signatures),
    ("papers complete", nominations.papers),
    ("scored", selecting.reviews),
    ("rules and budgets set", selecting.rules),
    ("participants selected", selecting.selection),
    ("invitations out", people.invitations),
    ("answers in", people.answers),
    ("registered", people.registration),
    ("on the way", people.journey),
    ("workshop held", people.attendance),
    ("certificates out", people.certificates),
    ("targets asked for", dossiers.requests),
    ("targets submitted", dossiers.submissions),
)


@dataclass
class Protocol:
    """What was done, step by step; ``say`` prints a line as each step ends."""

    say: Callable[[str], None]
    steps: list[dict[str, object]] = field(default_factory=list)

    @contextmanager
    def step(self, name: str, counts: Callable[[], dict[str, int]]) -> Iterator[None]:
        """Time a step and keep the counts that are there when it ends."""
        start, before = time.perf_counter(), dict(counts())
        yield
        seconds = round(time.perf_counter() - start, 3)
        new = {key: value for key, value in counts().items() if before.get(key) != value}
        self.steps.append({"name": name, "seconds": seconds, "counts": new})
        figures = ", ".join(f"{value} {key.replace('_', ' ')}" for key, value in new.items())
        self.say(f"{name:<42} {seconds:7.2f} s  {figures}")


def rehearse(
    programme: Programme,
    *,
    workshops: list[str],
    seed: int,
    nominations: int | None,
    out: Path,
    say: Callable[[str], None],
) -> dict[str, object]:
    """Play the named workshops of a programme from the call to the report and return the protocol.

    Letters are English, whatever the shell's language, so that the same seed gives the same report. Raises
    ``DoesNotAddUp`` as soon as two counts differ that must be equal.
    """
    protocol = Protocol(say)
    with override("en"):
        practice = copy_for_practice(
            programme, only=workshops, first_day=None, by=SECRETARIAT, at=_first_moment(programme, workshops)
        )
        stages = [
            Stage.set_up(practice, workshop, seed=seed, nominations=nominations)
            for workshop in practice.workshops.select_related("rehearsal_of", "programme").order_by("starts_on", "slug")
        ]
        _prepare(stages, seed, protocol)
        for stage in stages:
            _play(stage, protocol, named=len(stages) > 1)
        compiled: dict[str, int] = {}
        with protocol.step("report compiled", lambda: compiled):
            done = report.compilation(stages)
            compiled["submissions_compiled"] = done.sources.count()
        for stage in stages:
            _check_outbox(stage, Message.objects.filter(topic=stage.workshop.reference))
        _check_outbox(stages[0], report.letters_of(practice))
    result: dict[str, object] = {
        "seed": seed,
        "workshop": " ".join(workshops),
        "steps": protocol.steps,
        "counts": report.counts(stages),
        "report": report.write_files(done, out),
        "digest": done.digest,
    }
    report.write_protocol(out, result)
    return result


def _first_moment(programme: Programme, workshops: list[str]) -> datetime:
    first = programme.workshops.filter(slug__in=workshops).earliest("starts_on")
    return Calendar.of(first).preparation


def _prepare(stages: list[Stage], seed: int, protocol: Protocol) -> None:
    """Fill the directory from one file, and ask every Party whether it is right."""
    done: dict[str, int] = {}
    with protocol.step("focal points imported", lambda: done):
        done |= directory.imported(stages)
    with protocol.step("focal points confirmed", lambda: done):
        done |= directory.confirmed(stages, seed)
        letters = report.letters_of(stages[0].programme)
        drain(letters, "directory", at=stages[0].calendar.compilation)
    stages[0].counts |= done


def _play(stage: Stage, protocol: Protocol, *, named: bool) -> None:
    prefix = f"{stage.workshop.rehearsal_of.slug}: " if named and stage.workshop.rehearsal_of else ""
    for name, act in ACTS:
        with protocol.step(prefix + name, lambda: stage.counts):
            act(stage)
            letters = Message.objects.filter(topic=stage.workshop.reference)
            drain(letters, stage.workshop.slug, at=stage.calendar.compilation)


def _check_outbox(stage: Stage, letters: QuerySet[Message]) -> None:
    """Every letter was sent, none twice, none lost."""
    stage.expect("letters sent", letters.filter(state=MessageState.SENT).count(), letters.count())
    stage.expect("letters sent once", letters.filter(attempts__outcome="sent").count(), letters.count())
    if not letters:
        raise DoesNotAddUp(f"{stage.workshop.slug}: no letter was written")
