"""Background work on the outbox; every task may run twice or not at all."""

from celery import shared_task
from django.utils import timezone

from correspondence.hints import hint
from correspondence.queries.messages import free
from correspondence.verbs.bounces import read_mailbox
from correspondence.verbs.delivery import BATCH, deliver_due
from correspondence.verbs.relay import DELIVER_DUE
from correspondence.verbs.sweeps import sweep


@shared_task
def deliver_due_messages() -> None:
    """Deliver due messages for some seconds; with more than one batch due, ask for another worker to help first."""
    at = timezone.now()
    if free(at)[BATCH : BATCH + 1].exists():
        hint(DELIVER_DUE)
    deliver_due(at=at)


@shared_task
def sweep_outbox() -> None:
    """Find messages that no hint reached and claims that no worker finished."""
    sweep(at=timezone.now())


@shared_task
def read_reports() -> None:
    """Read what came back; without a mailbox or folder in the settings there is nothing to do."""
    read_mailbox(at=timezone.now())
