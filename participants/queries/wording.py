"""Facts of a workshop as letters and calendars are told them, and sums of money."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext, override, pgettext

from accounts.texts import localized
from correspondence.facts import Days, Fact
from documents.calendars import Event
from workshops.models import Party, Workshop
from workshops.queries.parties import name_on


def party_name(party: Party | None, on: date, language: str) -> str:
    """Return a Party's name valid on a day; nothing for an expert of an organization."""
    return name_on(party, on, language) if party is not None else ""


def facts(workshop: Workshop, on: date, language: str) -> dict[str, Fact]:
    """Return what every letter about a workshop may say of it: title, dates, city and country.

    Of one held online, "virtual format" stands where others have the city, and who hosts it where they have the country.
    """
    city, country = workshop.city, name_on(workshop.host, on, language)
    if workshop.online:
        with override(language):
            city = pgettext("to be held in", "virtual format")
            country = gettext("hosted by %(country)s") % {"country": country}
    return {
        "workshop": localized(workshop.title, language),
        "dates": Days(workshop.starts_on, workshop.ends_on),
        "city": city,
        "country": country,
    }


def event_of(workshop: Workshop, on: date, language: str, *, cancelled: bool = False) -> Event:
    """Return a workshop as calendars know it; taking it out of them is one more change, unless it was put off and so counted."""
    return Event(
        uid=f"{workshop.pk}@{workshop.reference}",
        title=localized(workshop.title, language),
        first=workshop.starts_on,
        last=workshop.ends_on,
        opens_at=workshop.opens_at,
        closes_at=workshop.closes_at,
        zone=workshop.zone,
        place=_place(workshop, on, language),
        address=workshop.web_address if workshop.online else "",
        revision=workshop.revision + (cancelled and not workshop.put_off),
        cancelled=cancelled,
    )


def _place(workshop: Workshop, on: date, language: str) -> str:
    if workshop.online:
        with override(language):
            return gettext("Online")
    return ", ".join(filter(None, [workshop.venue, workshop.city, name_on(workshop.host, on, language)]))


def money_told(amount: Decimal | int, currency: str) -> str:
    """Return a sum in whole units with its currency, grouped as every language reads it: "USD 5 000"."""
    return f"{currency} {round(amount):,}".replace(",", "\u202f").strip()
