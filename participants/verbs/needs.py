"""The stage of food, access and health: in the person's own words, sealed."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from participants.models import Invitation, Needs, Registration
from participants.models.registrations import RegistrationStage
from participants.verbs.names import clean_text
from participants.verbs.registrations import hold, keep

TEXT_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class NeedsDetails:
    """Empty where there is nothing to know."""

    diet: str = ""
    access: str = ""
    health: str = ""


def save_needs(invitation: Invitation, details: NeedsDetails, *, by: Actor, at: datetime) -> Registration:
    """Save what somebody needs; all empty keeps no row. Raises as ``hold`` does and ``Invalid`` (``too_long``)."""
    with transaction.atomic():
        row = hold(invitation, RegistrationStage.NEEDS, by=by, at=at)
        texts = {
            name: clean_text(getattr(details, name), limit=TEXT_LIMIT, field=name)
            for name in ("diet", "access", "health")
        }
        keep(row, RegistrationStage.NEEDS, by=by, at=at)
        if any(texts.values()):
            Needs.objects.update_or_create(registration=row, defaults={**texts, "saved_at": at})
        else:
            Needs.objects.filter(registration=row).delete()
    return row
