"""A letter as a page: the same paragraphs as its text."""

from dataclasses import dataclass

from django.template.loader import render_to_string

from correspondence.facts import LINK_MARKER
from correspondence.models import Message

_BULLETS = ("– ", "- ", "• ")
RIGHT_TO_LEFT = frozenset({"ar"})


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of some lines, a list of some points, or the personal link (no lines)."""

    form: str  # "lines", "points" or "link"
    lines: tuple[str, ...] = ()


def blocks(body: str) -> list[Block]:
    """Return the blocks of a text: what empty lines part, lists whose every line begins with a dash, and the marker."""
    found = (tuple(line for line in part.splitlines() if line.strip()) for part in body.strip().split("\n\n"))
    return [_block(lines) for lines in found if lines]


def _block(lines: tuple[str, ...]) -> Block:
    if lines == (LINK_MARKER,):
        return Block("link")
    if all(line.startswith(_BULLETS) for line in lines):
        return Block("points", tuple(line[2:] for line in lines))
    return Block("lines", lines)


def as_html(message: Message, address: str) -> str:
    """Return a message as HTML; ``address`` is the personal one, or "" for a letter without."""
    values = {
        "language": message.language,
        "direction": "rtl" if message.language in RIGHT_TO_LEFT else "ltr",
        "subject": message.subject,
        "blocks": blocks(message.body),
        "address": address,
    }
    return render_to_string("letters/mail.html", values)
