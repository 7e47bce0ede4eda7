"""What goes with a letter: kept in its row as plain values, made into files when it is delivered."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, time
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from correspondence.models import Message
from correspondence.page import Block, blocks
from correspondence.queries.letterheads import Head
from documents.calendars import Event, calendar
from documents.dates import long_day
from documents.letters import Passage, Sheet, print_letter
from documents.pdf import named


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with a mail."""

    name: str
    media_type: str
    data: bytes


def letter_values(head: Head, *, reference: str, on: date) -> dict[str, object]:
    """Return what the PDF letter needs beside the message's own text, as JSON values."""
    return {**asdict(head), "address": list(head.address), "reference": reference, "date": on.isoformat()}


def calendar_values(event: Event) -> dict[str, object]:
    """Return an event as JSON values."""
    values = asdict(event)
    return values | {name: values[name].isoformat() for name in ("first", "last", "opens_at", "closes_at")}


def enclosed(message: Message) -> list[Enclosure]:
    """Return the files that go with a message, equal for equal rows.

    Raises ``documents.pdf.Undisplayable`` for a sign of which no font of the PDF letter has a picture.
    """
    files = []
    if "letter" in message.enclosures:
        files.append(_letter(message, message.enclosures["letter"]))
    if "calendar" in message.enclosures:
        files.append(_calendar(message, message.enclosures["calendar"]))
    return files


def why_unprintable(signs: str) -> str:
    """Return in the reader's language which signs have no picture, and the way out."""
    told = _("The PDF letter has no picture of %(signs)s. Enter the name or word in letters that the PDF can print.")
    return told % {"signs": named(signs)}


def _letter(message: Message, values: Mapping[str, Any]) -> Enclosure:
    pdf = print_letter(sheet(message), font_dirs=settings.FONT_DIRS, created=message.created_at)
    return Enclosure(f"{_stem(values['reference']) or message.kind}.pdf", "application/pdf", pdf)


def sheet(message: Message) -> Sheet:
    """Return a message that has a letter enclosed as it is printed: what the letterhead says is not said again in the text.

    A PDF is shown to others, at borders too, so it does not tell the personal link.
    """
    values = message.enclosures["letter"]
    particulars, text = _headed(message, values)
    passages, signature, foot = _parted(text, values["organization"])
    with override(message.language):
        unsaid = Passage((_("The personal link for your answer stands in the message this letter came with."),))
    return Sheet(
        language=message.language,
        organization=values["organization"],
        address=tuple(values["address"]),
        particulars=particulars,
        reference=values["reference"],
        addressee=message.to_name,
        subject=message.subject,
        body=tuple(
            unsaid if each.form == "link" else Passage(each.lines, listed=each.form == "points") for each in passages
        ),
        signature=tuple(filter(None, (values["signatory_name"], *signature))),
        foot=foot,
    )


def _headed(message: Message, values: Mapping[str, Any]) -> tuple[tuple[str, ...], list[Block]]:
    """Return the particulars of a letter, and its text without what they say.

    A text that begins with reference and date, as notifications do, brings its particulars; those of others are written here.
    """
    text, reference = blocks(message.body), values["reference"]
    day = long_day(date.fromisoformat(values["date"]), message.language)
    first = text[0].lines if text else ()
    if reference and any(each.endswith(reference) for each in first):
        if any(each.endswith(day) for each in first):
            return first, text[1:]
        text[0] = replace(text[0], lines=tuple(each for each in first if not each.endswith(reference)))
    with override(message.language):
        named = [_("Reference: %(reference)s") % {"reference": reference}] if reference else []
    return (*named, day), text


def _parted(found: list[Block], organization: str) -> tuple[list[Block], tuple[str, ...], tuple[str, ...]]:
    """Return the text of a letter, the lines it is signed with, and those below the signature.

    Signed is where the organization's name ends a paragraph, else at the last paragraph when it is one of lines.
    """
    ends = [at for at, each in enumerate(found) if each.form == "lines" and each.lines[-1:] == (organization,)]
    at = ends[-1] if ends else len(found) - 1
    if at < 1 or found[at].form != "lines":
        return found, (), ()
    return found[:at], found[at].lines, tuple(line for each in found[at + 1 :] for line in each.lines)


def _stem(reference: str) -> str:
    """Return a reference as a file name that every system takes."""
    return re.sub(r"[^0-9A-Za-z]+", "-", reference).strip("-")


def _calendar(message: Message, values: Mapping[str, Any]) -> Enclosure:
    event = _event(values)
    organizer = settings.REPLY_TO_EMAIL or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    data = calendar(event, created=message.created_at, organizer=organizer)
    return Enclosure("workshop.ics", f"text/calendar; method={event.method}", data)


def _event(values: Mapping[str, Any]) -> Event:
    """Return the event that ``calendar_values`` has written down."""
    days = {name: date.fromisoformat(values[name]) for name in ("first", "last")}
    hours = {name: time.fromisoformat(values[name]) for name in ("opens_at", "closes_at")}
    return Event(**{**values, **days, **hours})
