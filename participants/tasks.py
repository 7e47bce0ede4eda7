"""Background work on calls, invitations, campaigns and imports; every task may run twice or not at all."""

from celery import shared_task
from django.utils import timezone

from participants.verbs import (
    codes,
    computing,
    duplicates,
    import_rows,
    import_writes,
    imports,
    proposals,
    purges,
    questions,
)
from participants.verbs.campaigns import remind_due
from participants.verbs.reminders import send_due


@shared_task(name="participants.tasks.send_reminders")
def send_reminders() -> int:
    """Write the reminders that are due now; running twice writes nothing twice."""
    now = timezone.now()
    return send_due(at=now) + remind_due(at=now)


@shared_task(name=imports.READ)
def read_import(batch_id: str) -> None:
    """Read one file of focal points."""
    import_rows.read_import(batch_id, at=timezone.now())


@shared_task(name=imports.WRITE)
def write_import(batch_id: str) -> None:
    """Write the good rows of one import that was confirmed."""
    import_writes.write_import(batch_id, at=timezone.now())


@shared_task(name="participants.tasks.sweep_codes")
def sweep_codes() -> int:
    """Delete codes to sign in that are long over."""
    return codes.sweep_codes(at=timezone.now())


@shared_task(name="participants.tasks.purge")
def purge() -> None:
    """Delete personal data whose time is over, once a day: at the first turn of the night, or after an outage."""
    purges.purge_daily(at=timezone.now())


@shared_task(name="participants.tasks.sweep_imports")
def sweep_imports() -> None:
    """Find imports that no hint reached and those whose worker was lost."""
    imports.sweep_imports(at=timezone.now())


@shared_task(name="participants.tasks.compare_new_people")
def compare_new_people() -> int:
    """Look for duplicates of people who are new or were changed."""
    return duplicates.find_pairs(at=timezone.now()).wrote


@shared_task(name="participants.tasks.compare_everybody")
def compare_everybody() -> int:
    """Look for duplicates among all people: what they were nominated for since counts too."""
    return duplicates.find_pairs(everybody=True, at=timezone.now()).wrote


@shared_task(name=proposals.COMPUTE)
def compute_proposal(selection_id: str) -> None:
    """Compute one proposal."""
    computing.compute_proposal(selection_id, at=timezone.now())


@shared_task(name=questions.ANSWER)
def answer_question(question_id: str) -> None:
    """Answer one question about a proposal."""
    questions.answer_question(question_id, at=timezone.now())


@shared_task(name="participants.tasks.sweep_proposals")
def sweep_proposals() -> None:
    """Find proposals and questions that no hint reached and those whose worker was lost."""
    now = timezone.now()
    proposals.sweep_proposals(at=now)
    questions.sweep_questions(at=now)
