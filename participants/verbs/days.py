"""Days of coming and going beside those of the workshop."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from accounts.errors import Invalid
from workshops.models import Workshop

STAY_MARGIN = timedelta(days=30)


def check_days(arrives: date | None, leaves: date | None, workshop: Workshop) -> None:
    """Raise ``Invalid`` (``stay_reversed``, ``stay_off``) for days that cannot be meant."""
    if arrives and leaves and leaves < arrives:
        raise Invalid("stay_reversed", _("You leave before you arrive; check the two dates."), field="leaves_on")
    if arrives and not workshop.starts_on - STAY_MARGIN <= arrives <= workshop.ends_on:
        raise Invalid("stay_off", _("The workshop is at another time; check the date of arrival."), field="arrives_on")
    if leaves and not workshop.starts_on <= leaves <= workshop.ends_on + STAY_MARGIN:
        raise Invalid("stay_off", _("The workshop is at another time; check the date of departure."), field="leaves_on")
