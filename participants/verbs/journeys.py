"""The stage of the journey: from where, who books, and the days."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid
from participants.models import Invitation, Journey, Registration
from participants.models.journeys import Booker
from participants.models.registrations import RegistrationStage
from participants.verbs.days import check_days
from participants.verbs.names import clean_text
from participants.verbs.registrations import hold, keep

LIMITS = {"leaves_from": 120, "way_in": 200, "way_out": 200, "note": 500}


@dataclass(frozen=True, slots=True)
class JourneyDetails:
    """Days are local dates; ``way_in`` and ``way_out`` name a flight or train as the person knows it."""

    leaves_from: str = ""
    booked_by: str = Booker.SECRETARIAT
    arrives_on: date | None = None
    leaves_on: date | None = None
    way_in: str = ""
    way_out: str = ""
    note: str = ""


def save_journey(invitation: Invitation, details: JourneyDetails, *, by: Actor, at: datetime) -> Registration:
    """Save the journey. Raises as ``hold`` does and ``Invalid`` (``stay_reversed``, ``stay_off``, ``too_long``,
    ``unknown_choice``)."""
    if details.booked_by not in Booker.values:
        raise Invalid("unknown_choice", _("Choose who books."), field="booked_by")
    with transaction.atomic():
        row = hold(invitation, RegistrationStage.TRAVEL, by=by, at=at)
        check_days(details.arrives_on, details.leaves_on, row.invitation.nomination.call.workshop)
        texts = {name: clean_text(getattr(details, name), limit=LIMITS[name], field=name) for name in LIMITS}
        row.arrives_on, row.leaves_on = details.arrives_on, details.leaves_on
        keep(row, RegistrationStage.TRAVEL, by=by, at=at)
        Journey.objects.update_or_create(
            registration=row, defaults={**texts, "booked_by": details.booked_by, "saved_at": at}
        )
    return row
