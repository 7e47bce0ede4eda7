"""Writing the activity log."""

from datetime import datetime

from django.db.models import Model

from accounts.actors import Actor
from accounts.models import ActivityEntry


def record(verb: str, subject: Model, *, by: Actor, at: datetime, **changes: object) -> ActivityEntry:
    """Append one sentence to the activity log; call it inside the verb's transaction.

    ``changes`` are plain JSON values (text, numbers, lists); no personal data beyond the subject's own label.
    """
    return ActivityEntry.objects.create(
        at=at,
        actor=by.user,
        actor_label=by.label[:200],
        address=by.address or None,
        verb=verb,
        subject_kind=str(subject._meta.model_name),  # noqa: SLF001  # Django's documented Meta API
        subject_key=str(subject.pk),
        subject_label=str(subject)[:200],
        changes=changes,
    )
