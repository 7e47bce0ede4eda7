"""Compilations: requested by an organizer, made once by a worker, frozen and numbered."""

import logging
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.actors import CLOCK, Actor
from accounts.errors import Invalid
from accounts.states import move
from accounts.verbs.activities import record
from correspondence.hints import hint
from correspondence.models import StoredFile
from targets.models import Compilation, CompilationSource, ReportFile, Submission
from targets.models.compilations import COMPILATION_STEPS, CompilationScope, CompilationState, ReportFormat
from targets.queries.compilations import in_scope, stuck
from targets.queries.dossiers import with_contents
from targets.queries.snapshots import snapshot
from targets.verbs.reports import Snapshot, keep_report, render_reports
from workshops.models import Coverage, Party, Programme, Workshop

log = logging.getLogger(__name__)

COMPILE = "targets.tasks.compile"
ATTEMPTS = 3
Files = dict[ReportFormat, StoredFile]


def request_compilation(
    programme: Programme, *, workshop: Workshop | None = None, parties: Sequence[Party] = (), by: Actor, at: datetime
) -> Compilation:
    """Ask for the next issue over a workshop's Parties, some Parties, or without either the whole programme.

    The number is the programme's next and never used again. Raises ``NotAllowed`` and ``Invalid`` (``two_scopes``,
    ``workshop_elsewhere``, ``party_not_covered``).
    """
    by.require_organizer()
    _check_scope(programme, workshop, parties)
    with transaction.atomic():
        counted = Programme.objects.select_for_update().get(pk=programme.pk)
        counted.last_compilation += 1
        counted.save(update_fields=["last_compilation"])
        compilation = Compilation.objects.create(
            programme=counted,
            workshop=workshop,
            number=counted.last_compilation,
            scope=_scope(workshop, parties),
            requested_by=by.user,
            requested_at=at,
        )
        compilation.parties.set(parties)
        record("request_compilation", compilation, by=by, at=at, scope=compilation.scope)
        hint(COMPILE, str(compilation.pk))
    return compilation


def retry_compilation(compilation: Compilation, *, by: Actor, at: datetime) -> Compilation:
    """Ask again for a compilation that failed. Raises ``NotAllowed`` and ``Refused`` (``illegal_step``)."""
    by.require_organizer()
    with transaction.atomic():
        compilation = Compilation.objects.select_for_update().get(pk=compilation.pk)
        move(compilation, CompilationState.REQUESTED, COMPILATION_STEPS)
        compilation.failure, compilation.attempts = "", 0
        compilation.save(update_fields=["state", "failure", "attempts"])
        record("retry_compilation", compilation, by=by, at=at)
        hint(COMPILE, str(compilation.pk))
    return compilation


def compile_submissions(compilation_id: UUID | str, *, at: datetime) -> Compilation | None:
    """Make a requested compilation; ``None`` when there is nothing to claim, so that running it twice makes one.

    The accepted submissions of one moment are read, rendered and stored outside any transaction; one transaction then
    freezes snapshot, sources and files. The JSON file is the canonical snapshot, its SHA-256 the digest. A failure becomes
    the state ``failed`` with a sentence for the organizer.
    """
    compilation = _claim(compilation_id, at)
    if compilation is None:
        return None
    try:
        taken, content = _collect(compilation)
        files = {
            each.format: keep_report(each, owner_key=str(compilation.pk), at=at) for each in render_reports(content)
        }
    except Exception as error:  # the worker's outer edge: whatever went wrong is told to the organizer and logged
        log.exception("Compilation %s failed", compilation.pk)
        return _fail(compilation, error, at)
    return _freeze(compilation, content, taken, files, at)


def sweep_compilations(*, at: datetime) -> int:
    """Take compilations back from workers that died, and hint at all that wait; return how many wait.

    What has cost three workers their life fails, so that it does not cost a fourth; an organizer may ask again.
    """
    with transaction.atomic():
        for compilation in stuck(at).select_for_update(of=("self",)):
            _restart_or_give_up(compilation, at)
        waiting = list(Compilation.objects.filter(state=CompilationState.REQUESTED).values_list("pk", flat=True))
        for key in waiting:
            hint(COMPILE, str(key))
    return len(waiting)


def _restart_or_give_up(compilation: Compilation, at: datetime) -> None:
    if compilation.attempts < ATTEMPTS:
        move(compilation, CompilationState.REQUESTED, COMPILATION_STEPS)
        compilation.claimed_at = None
        record("restart_compilation", compilation, by=CLOCK, at=at)
    else:
        move(compilation, CompilationState.FAILED, COMPILATION_STEPS)
        compilation.failure = _("The worker was lost %(count)d times; it may lack memory.") % {"count": ATTEMPTS}
        compilation.finished_at = at
        record("fail_compilation", compilation, by=CLOCK, at=at)
    compilation.save(update_fields=["state", "claimed_at", "failure", "finished_at"])


def _check_scope(programme: Programme, workshop: Workshop | None, parties: Sequence[Party]) -> None:
    if workshop is not None and parties:
        raise Invalid("two_scopes", _("Choose either a workshop or some Parties."), field="parties")
    if workshop is not None and workshop.programme_id != programme.pk:
        raise Invalid("workshop_elsewhere", _("This workshop is not one of the programme."), field="workshop")
    covered = set(Coverage.objects.filter(programme=programme, party__in=parties).values_list("party_id", flat=True))
    for party in parties:
        if party.pk not in covered:
            raise Invalid(
                "party_not_covered", _("This programme does not cover %(name)s.") % {"name": party}, field="parties"
            )


def _scope(workshop: Workshop | None, parties: Sequence[Party]) -> CompilationScope:
    if workshop is not None:
        return CompilationScope.WORKSHOP
    return CompilationScope.PARTIES if parties else CompilationScope.PROGRAMME


def _claim(compilation_id: UUID | str, at: datetime) -> Compilation | None:
    """Take a requested compilation by one conditional update: of two workers one gets it."""
    waiting = Compilation.objects.filter(pk=compilation_id, state=CompilationState.REQUESTED)
    if not waiting.update(state=CompilationState.RUNNING, claimed_at=at, attempts=F("attempts") + 1):
        return None
    return Compilation.objects.select_related("programme__rehearsal_of", "workshop__rehearsal_of").get(
        pk=compilation_id
    )


def _collect(compilation: Compilation) -> tuple[list[Submission], Snapshot]:
    """Read the versions accepted at one moment, in one query; what a version holds never changes after."""
    parties = list(in_scope(compilation).prefetch_related("party__names"))
    chosen = [row.accepted_id for row in parties if row.accepted_id]  # type: ignore[attr-defined]  # annotated
    taken = list(with_contents(Submission.objects.filter(pk__in=chosen)).order_by("party_id"))
    return taken, snapshot(compilation, parties, taken)


def _held(compilation: Compilation) -> Compilation | None:
    """Lock a compilation if this claim on it still stands; ``None`` when a sweep gave it to somebody else."""
    return (
        Compilation.objects.select_for_update(of=("self",))
        .filter(pk=compilation.pk, state=CompilationState.RUNNING, claimed_at=compilation.claimed_at)
        .first()
    )


def _freeze(
    compilation: Compilation, content: Snapshot, taken: Sequence[Submission], files: Files, at: datetime
) -> Compilation | None:
    with transaction.atomic():
        held = _held(compilation)
        if held is None:
            return None
        move(held, CompilationState.READY, COMPILATION_STEPS)
        held.snapshot, held.digest = content, files[ReportFormat.JSON].sha256
        held.finished_at = at
        held.save(update_fields=["state", "snapshot", "digest", "finished_at"])
        CompilationSource.objects.bulk_create(CompilationSource(compilation=held, submission=each) for each in taken)
        ReportFile.objects.bulk_create(
            ReportFile(compilation=held, format=format_, file=file) for format_, file in files.items()
        )
        record("compile_submissions", held, by=CLOCK, at=at, submissions=len(taken), digest=held.digest)
    return held


def _fail(compilation: Compilation, error: Exception, at: datetime) -> Compilation | None:
    sentence = _("The report could not be made: %(reason)s") % {"reason": str(error) or type(error).__name__}
    with transaction.atomic():
        held = _held(compilation)
        if held is None:
            return None
        move(held, CompilationState.FAILED, COMPILATION_STEPS)
        held.failure, held.finished_at = sentence[:500], at
        held.save(update_fields=["state", "failure", "finished_at"])
        record("fail_compilation", held, by=CLOCK, at=at)
    return held
