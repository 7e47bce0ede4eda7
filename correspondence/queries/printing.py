"""Held letters whose PDF cannot be made, so that somebody hears of them before they go and not from the outbox after."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from correspondence.enclosures import sheet
from correspondence.models import Mailing, Message
from correspondence.queries.mailings import PLACES
from documents.letters import values
from documents.pdf import without_picture


@dataclass(frozen=True, slots=True)
class Unprintable:
    """Letters, by the recipient's name, that hold one of the ``signs`` of which no font has a picture."""

    signs: str
    letters: Sequence[Message]


def unprintable(mailing: Mailing) -> Unprintable:
    """Return the held letters of a mailing of which no PDF can be made; with 20 such signs there may be more letters.

    One query, and one small document for all letters together: making each PDF would take seconds for some hundreds. Raises
    ``documents.pdf.MissingFonts``.
    """
    held = mailing.messages.filter(PLACES["held"], enclosures__has_key="letter").order_by("to_name", "id")
    printed = [(message, set(json.dumps(values(sheet(message)), ensure_ascii=False))) for message in held]
    signs = without_picture("".join(set().union(*(found for _message, found in printed))), font_dirs=settings.FONT_DIRS)
    return Unprintable(signs, [message for message, found in printed if not found.isdisjoint(signs)])
