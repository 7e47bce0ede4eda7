"""Background work on calls and invitations."""

from celery import shared_task
from django.utils import timezone

from participants.verbs.reminders import send_due


@shared_task(name="participants.tasks.send_reminders")
def send_reminders() -> int:
    """Write the reminders that are due now; running twice writes nothing twice."""
    return send_due(at=timezone.now())
