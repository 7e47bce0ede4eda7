"""The stage of names: three countries, two names, none of them forced into another's place (E01, E02, E08)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from participants.models import Invitation, Registration
from participants.models.registrations import RegistrationStage
from participants.verbs.names import clean_names
from participants.verbs.registrations import hold, keep
from workshops.models import Party


@dataclass(frozen=True, slots=True)
class IdentityDetails:
    """Names and countries; the Government represented stands on the nomination."""

    badge_name: str
    passport_name: str = ""
    nationality: Party | None = None
    residence: Party | None = None


def save_identity(invitation: Invitation, details: IdentityDetails, *, by: Actor, at: datetime) -> Registration:
    """Save the names and countries. Raises as ``hold`` does and ``Invalid`` (``name_missing``, ``too_long``)."""
    with transaction.atomic():
        row = hold(invitation, RegistrationStage.IDENTITY, by=by, at=at)
        row.badge_name, row.passport_name = clean_names(details.badge_name, details.passport_name)
        row.nationality, row.residence = details.nationality, details.residence
        return keep(row, RegistrationStage.IDENTITY, by=by, at=at)
