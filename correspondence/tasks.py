"""Background work on the outbox; every task may run twice or not at all."""

from celery import shared_task
from django.utils import timezone

from correspondence.hints import hint
from correspondence.queries.messages import due
from correspondence.verbs.delivery import BATCH, DELIVER_DUE, deliver_due, sweep


@shared_task
def deliver_due_messages() -> None:
    """Deliver a batch of due messages; with more due than that, ask for another worker to help first."""
    at = timezone.now()
    if due(at).count() > BATCH:
        hint(DELIVER_DUE)
    deliver_due(at=at, limit=BATCH)


@shared_task
def sweep_outbox() -> None:
    """Find messages that no hint reached and claims that no worker finished."""
    sweep(at=timezone.now())
