"""Dates and facts of a workshop as a letter says them, in the letter's language."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_interval
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.texts import localized
from workshops.models import Party, Workshop
from workshops.queries.parties import name_on

# English is written as the United Nations writes it: the day before the month.
_LOCALES = {"en": "en_GB"}


def _locale(language: str) -> Locale:
    return Locale.parse(_LOCALES.get(language, language))


def day(value: date, language: str) -> str:
    """Return a date in full: "21 March 2014"."""
    return format_date(value, "long", locale=_locale(language))


def days(first: date, last: date, language: str) -> str:
    """Return a span of days as the language writes it: "15 – 19 June 2014"."""
    return format_interval(first, last, skeleton="yMMMMd", locale=_locale(language))


def moment(value: datetime, zone: str, language: str) -> str:
    """Return a moment with its weekday and zone: "Friday 21 March 2014, 17:00 (Asia/Amman)"."""
    local = format_datetime(value, "EEEE d MMMM y, HH:mm", tzinfo=ZoneInfo(zone), locale=_locale(language))
    with override(language):
        return _("%(time)s (time zone %(zone)s)") % {"time": local, "zone": zone}


def party_name(party: Party | None, on: date, language: str) -> str:
    """Return a Party's name valid on a day; nothing for an expert of an organization."""
    return name_on(party, on, language) if party is not None else ""


def facts(workshop: Workshop, on: date, language: str) -> dict[str, str]:
    """Return what every letter about a workshop may say of it: title, dates, city and country."""
    return {
        "workshop": localized(workshop.title, language),
        "dates": days(workshop.starts_on, workshop.ends_on, language),
        "city": workshop.city,
        "country": name_on(workshop.host, on, language),
    }
