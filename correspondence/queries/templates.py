"""Templates of letters: those shipped with the program, and the versions organizers wrote over them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from correspondence.kinds import KINDS
from correspondence.models import LetterTemplate

_SHIPPED = Path(__file__).parent.parent / "letters"


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a template with its placeholders; version 0 is the one shipped."""

    subject: str
    body: str
    version: int = 0


@cache
def shipped(kind: str, language: str) -> Source:
    """Return the template shipped for a kind and language. Raises ``LookupError`` for an unknown kind."""
    if kind not in KINDS:
        raise LookupError(f"There is no letter “{kind}”.")
    text = (_SHIPPED / kind / f"{language}.txt").read_text(encoding="utf-8")
    subject, _, body = text.partition("\n")
    return Source(subject.strip(), body.strip() + "\n")


def current(kind: str, language: str) -> Source:
    """Return the template in force: the last version an organizer wrote, else the one shipped."""
    written = LetterTemplate.objects.filter(kind=kind, language=language).order_by("-version").first()
    if written is None:
        return shipped(kind, language)
    return Source(written.subject, written.body, written.version)
