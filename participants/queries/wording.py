"""Dates and facts of a workshop as a letter says them, in the letter's language."""

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.texts import localized
from documents import dates
from workshops.models import Party, Workshop
from workshops.queries.parties import name_on


def moment(value: datetime, zone: str, language: str) -> str:
    """Return a moment with its weekday and zone: "Friday 21 March 2014, 17:00 (time zone Asia/Amman)"."""
    with override(language):
        return _("%(time)s (time zone %(zone)s)") % {"time": dates.moment(value, zone, language), "zone": zone}


def party_name(party: Party | None, on: date, language: str) -> str:
    """Return a Party's name valid on a day; nothing for an expert of an organization."""
    return name_on(party, on, language) if party is not None else ""


def facts(workshop: Workshop, on: date, language: str) -> dict[str, str]:
    """Return what every letter about a workshop may say of it: title, dates, city and country."""
    return {
        "workshop": localized(workshop.title, language),
        "dates": dates.days(workshop.starts_on, workshop.ends_on, language),
        "city": workshop.city,
        "country": name_on(workshop.host, on, language),
    }
