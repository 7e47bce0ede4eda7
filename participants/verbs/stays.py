"""The stage of accommodation: where somebody sleeps, and which nights."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid
from participants.models import Invitation, Registration, Stay
from participants.models.journeys import Lodging
from participants.models.registrations import RegistrationStage
from participants.verbs.days import STAY_MARGIN
from participants.verbs.names import clean_text
from participants.verbs.registrations import hold, keep
from workshops.models import Workshop

NOTE_LIMIT = 500


@dataclass(frozen=True, slots=True)
class StayDetails:
    """Both nights count; none are kept of who needs no room."""

    lodging: str
    first_night: date | None = None
    last_night: date | None = None
    note: str = ""


def save_stay(invitation: Invitation, details: StayDetails, *, by: Actor, at: datetime) -> Registration:
    """Save the accommodation. Raises as ``hold`` does and ``Invalid`` (``unknown_choice``, ``nights_missing``,
    ``nights_reversed``, ``nights_off``, ``too_long``)."""
    if details.lodging not in Lodging.values:
        raise Invalid("unknown_choice", _("Choose where you will stay."), field="lodging")
    with transaction.atomic():
        row = hold(invitation, RegistrationStage.STAY, by=by, at=at)
        first, last = _nights(details, row.invitation.nomination.call.workshop)
        note = clean_text(details.note, limit=NOTE_LIMIT, field="note")
        keep(row, RegistrationStage.STAY, by=by, at=at)
        told = {"lodging": details.lodging, "first_night": first, "last_night": last, "note": note, "saved_at": at}
        Stay.objects.update_or_create(registration=row, defaults=told)
    return row


def _nights(details: StayDetails, workshop: Workshop) -> tuple[date | None, date | None]:
    if details.lodging != Lodging.HOTEL:
        return None, None
    first, last = details.first_night, details.last_night
    if first is None or last is None:
        field = "first_night" if first is None else "last_night"
        raise Invalid("nights_missing", _("Enter the first and the last night you need the room."), field=field)
    if last < first:
        raise Invalid("nights_reversed", _("The last night is before the first; check the two."), field="last_night")
    margin = STAY_MARGIN
    if first < workshop.starts_on - margin or last > workshop.ends_on + margin:
        raise Invalid("nights_off", _("The workshop is at another time; check the nights."), field="first_night")
    return first, last
