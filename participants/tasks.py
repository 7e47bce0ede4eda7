"""Background work on calls, invitations and campaigns."""

from celery import shared_task
from django.utils import timezone

from participants.verbs.campaigns import remind_due
from participants.verbs.reminders import send_due


@shared_task(name="participants.tasks.send_reminders")
def send_reminders() -> int:
    """Write the reminders that are due now; running twice writes nothing twice."""
    now = timezone.now()
    return send_due(at=now) + remind_due(at=now)
