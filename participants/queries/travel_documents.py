"""What is to be said of a travel document, and when it is long valid enough (edge case E09)."""

from calendar import monthrange
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from participants.models import Registration, TravelDocument

READABLE = 3  # characters: its person tells two documents apart, whoever looks over the shoulder learns no number
MONTHS_VALID = 6  # what airlines and most hosts ask for after the journey


def warnings(registration: Registration) -> list[str]:
    """Return sentences about the document for the journey that ends too early; none while its end is not told.

    It must be valid for six months after the journey, or after the workshop while no day is told.
    """
    document = registration.travel_documents.filter(position=1).first()
    if document is None or not document.expires_on:
        return []
    workshop = registration.invitation.nomination.call.workshop
    back, ends = registration.leaves_on or workshop.ends_on, date.fromisoformat(document.expires_on)
    told = {"day": date_format(ends), "back": date_format(back)}
    if ends <= back:
        return [_("Your document ends on %(day)s, before you are back on %(back)s. Renew it before you travel.") % told]
    if ends < months_after(back, MONTHS_VALID):
        return [
            _(
                "Your document ends on %(day)s, less than six months after your journey. Many countries and airlines refuse it; "
                "renew it, or ask the host's mission."
            )
            % told
        ]
    return []


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def masked(document: TravelDocument) -> str:
    """Return the number of a document, but for its end."""
    return masked_number(document.number)


def masked_number(number: str) -> str:
    """Return a number of which the last three characters can be read, and none of so short a one."""
    shown = number[-READABLE:] if len(number) > READABLE else ""
    return "•" * (len(number) - len(shown)) + shown
