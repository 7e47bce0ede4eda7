"""The stage of consents: what others may see of a participant. Silence means no."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from participants.models import Invitation, Registration
from participants.models.registrations import RegistrationStage
from participants.verbs.registrations import hold, keep


@dataclass(frozen=True, slots=True)
class ConsentsDetails:
    """Each may be taken back at any time."""

    may_list: bool = False
    may_share: bool = False
    may_picture: bool = False


def save_consents(invitation: Invitation, details: ConsentsDetails, *, by: Actor, at: datetime) -> Registration:
    """Save what others may see. Raises as ``hold`` does."""
    with transaction.atomic():
        row = hold(invitation, RegistrationStage.CONSENTS, by=by, at=at)
        row.may_list, row.may_share, row.may_picture = details.may_list, details.may_share, details.may_picture
        return keep(row, RegistrationStage.CONSENTS, by=by, at=at)
