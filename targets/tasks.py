"""Background work on compilations; every task may run twice or not at all."""

from celery import shared_task
from django.utils import timezone

from targets.verbs import compilations


@shared_task(name=compilations.COMPILE)
def compile_requested(compilation_id: str) -> None:
    """Make one requested compilation."""
    compilations.compile_submissions(compilation_id, at=timezone.now())


@shared_task
def sweep_compilations() -> None:
    """Find compilations that no hint reached and claims that no worker finished."""
    compilations.sweep_compilations(at=timezone.now())
