"""Templates of letters: those shipped with the program, and the versions organizers wrote over them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Max, QuerySet

from accounts.models import User
from correspondence.kinds import KINDS, Form
from correspondence.models import LetterTemplate, Message

_SHIPPED = Path(__file__).parent.parent / "letters"


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a template with its placeholders; version 0 is the one shipped."""

    subject: str
    body: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a template: who wrote it and when (nobody, for the one shipped), and how many letters are from it."""

    source: Source
    written_by: str
    written_at: datetime | None
    letters: int


def visible_to(user: User | AnonymousUser) -> QuerySet[LetterTemplate]:
    """Return the templates a user may see: organizers all, nobody else any."""
    if isinstance(user, User) and user.is_organizer:
        return LetterTemplate.objects.all()
    return LetterTemplate.objects.none()


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
    return shipped(kind, language) if written is None else _source(written)


def at_version(kind: str, language: str, version: int) -> Source | None:
    """Return one version of a template, 0 for the one shipped; ``None`` when it was never written."""
    if version == 0:
        return shipped(kind, language)
    written = LetterTemplate.objects.filter(kind=kind, language=language, version=version).first()
    return None if written is None else _source(written)


def _source(written: LetterTemplate) -> Source:
    return Source(written.subject, written.body, written.version)


def versions(kind: str, language: str) -> list[Version]:
    """Return every version of a template, the one in force first and the one shipped last."""
    letters = Message.objects.filter(kind=kind, language=language).order_by().values_list("template_version")
    used = dict(letters.annotate(Count("pk")))
    written = LetterTemplate.objects.filter(kind=kind, language=language).select_related("written_by")
    found = [
        Version(_source(each), str(each.written_by or ""), each.written_at, used.get(each.version, 0))
        for each in written.order_by("-version")
    ]
    return [*found, Version(shipped(kind, language), "", None, used.get(0, 0))]


def last_written() -> Mapping[tuple[str, str], tuple[int, datetime]]:
    """Return by kind and language the number of the last version organizers wrote, and when; those as shipped are absent."""
    rows = LetterTemplate.objects.order_by().values_list("kind", "language")
    return {
        (kind, language): (version, at)
        for kind, language, version, at in rows.annotate(Max("version"), Max("written_at"))
    }


def lost(kind: str, subject: str, body: str) -> list[str]:
    """Return the placeholders of a kind that a draft says nothing of; ``{link}`` is not among them, its loss is a fault."""
    text = subject + body
    known = KINDS[kind].placeholders.items()
    return [name for name, form in known if form != Form.LINK and f"{{{name}}}" not in text]
