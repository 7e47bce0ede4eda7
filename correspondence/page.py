"""A letter as a page: the same paragraphs as its text."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from correspondence.facts import CODE_MARKER, LINK_MARKER
from correspondence.models import Message
from documents.directions import RIGHT_TO_LEFT

_SPACED = "margin:0 0 16px"
_BULLETS = ("– ", "- ", "• ")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of some lines, a list of some points, or what delivery fills in (no lines)."""

    form: str  # "lines", "points", "link" or "code"
    lines: tuple[str, ...] = ()


def blocks(body: str) -> list[Block]:
    """Return the blocks of a text: what empty lines part, lists whose every line begins with a dash, and the marker."""
    found = (tuple(line for line in part.splitlines() if line.strip()) for part in body.strip().split("\n\n"))
    return [_block(lines) for lines in found if lines]


def _block(lines: tuple[str, ...]) -> Block:
    if lines == (LINK_MARKER,):
        return Block("link")
    if lines == (CODE_MARKER,):
        return Block("code")
    if all(line.startswith(_BULLETS) for line in lines):
        return Block("points", tuple(line[2:] for line in lines))
    return Block("lines", lines)


def content(body: str, secret: str) -> SafeString:
    """Return the blocks of a text as HTML; by hand, for templates take half of a letter's time to say as much."""
    return mark_safe("\n".join(_html(block, secret) for block in blocks(body)))  # noqa: S308  # every line is escaped


def _html(block: Block, secret: str) -> str:
    if block.form == "code":
        look = "font:700 28px/1.4 ui-monospace,Consolas,monospace;letter-spacing:4px;direction:ltr"
        return f'<p style="{_SPACED}"><strong style="{look}">{escape(secret)}</strong></p>'
    if block.form == "link":
        target = escape(secret)
        return f'<p style="{_SPACED}"><a href="{target}" style="color:#1f5c3a;word-break:break-all">{target}</a></p>'
    lines = [escape(line) for line in block.lines]
    if block.form == "points":
        points = "".join(f"<li>{line}</li>" for line in lines)
        return f'<ul style="{_SPACED};padding-inline-start:1.4em">{points}</ul>'
    return f'<p style="{_SPACED}">{"<br>".join(lines)}</p>'


def as_html(message: Message, secret: str) -> str:
    """Return a message as HTML; ``secret`` is the personal address or the code it carries, or "" for a letter without."""
    values = {
        "language": message.language,
        "direction": "rtl" if message.language in RIGHT_TO_LEFT else "ltr",
        "subject": message.subject,
        "content": content(message.body, secret),
    }
    return render_to_string("letters/mail.html", values)
