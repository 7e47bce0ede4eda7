"""The stage of the emergency contact: whom to call, sealed."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid
from participants.models import EmergencyContact, Invitation, Registration
from participants.models.registrations import RegistrationStage
from participants.verbs.names import clean_text
from participants.verbs.registrations import hold, keep

LIMITS = {"name": 200, "phone": 40, "relation": 100, "language": 60}


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """A name and a telephone number at least."""

    name: str
    phone: str
    relation: str = ""
    language: str = ""


def save_emergency_contact(invitation: Invitation, details: ContactDetails, *, by: Actor, at: datetime) -> Registration:
    """Save whom to call. Raises as ``hold`` does and ``Invalid`` (``name_missing``, ``phone_missing``, ``too_long``)."""
    with transaction.atomic():
        row = hold(invitation, RegistrationStage.EMERGENCY, by=by, at=at)
        texts = {name: clean_text(getattr(details, name), limit=LIMITS[name], field=name) for name in LIMITS}
        if not texts["name"]:
            raise Invalid("name_missing", _("Enter the name of the person to call."), field="name")
        if sum(letter.isdecimal() for letter in texts["phone"]) < 5:  # noqa: PLR2004  # no country has shorter numbers abroad
            raise Invalid("phone_missing", _("Enter a telephone number with the country code."), field="phone")
        keep(row, RegistrationStage.EMERGENCY, by=by, at=at)
        EmergencyContact.objects.update_or_create(registration=row, defaults={**texts, "saved_at": at})
    return row
