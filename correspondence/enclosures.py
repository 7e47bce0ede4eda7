"""What goes with a letter: kept in its row as plain values, made into files when it is delivered."""

from dataclasses import asdict, dataclass
from datetime import date

from correspondence.models import Message
from correspondence.queries.letterheads import Head
from documents.calendars import Event


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
    """Return the files that go with a message."""
    return []
