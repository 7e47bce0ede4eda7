"""Giving numbers and moving a workshop through its life."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import NotFound
from accounts.states import move
from accounts.verbs.activities import record
from workshops.models import Workshop
from workshops.models.workshops import WORKSHOP_STEPS


def next_reference(workshop: Workshop) -> str:
    """Return the workshop's next number as people see it (``ANNEX2-AMM-014``), never given before or again.

    The update locks the row until the caller's transaction ends, so that two callers at once get two numbers; a rolled
    back caller gives its number back. Raises ``NotFound`` (``workshop_unknown``).
    """
    with transaction.atomic():
        row = Workshop.objects.filter(pk=workshop.pk)
        if not row.update(last_number=F("last_number") + 1):
            raise NotFound("workshop_unknown", _("There is no such workshop any more."))
        reference, number = row.values_list("reference", "last_number").get()
    workshop.last_number = number
    return f"{reference}-{number:03d}"


def advance(workshop: Workshop, stage: str, *, by: Actor, at: datetime) -> Workshop:
    """Move ``workshop`` to ``stage`` and return it; the caller's row is brought up to date.

    Raises ``Refused`` (``illegal_step``) when the table of stages has no such step.
    """
    with transaction.atomic():
        locked = Workshop.objects.select_for_update().get(pk=workshop.pk)
        before = locked.stage
        move(locked, stage, WORKSHOP_STEPS, field="stage")
        locked.save(update_fields=["stage"])
        record("advance", locked, by=by, at=at, before=before, stage=locked.stage)
    workshop.stage = locked.stage
    return workshop
