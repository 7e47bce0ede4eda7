"""How a letter of a kind reads in a language, from its template and the facts it is told."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from correspondence.drafts import SUBJECT_LIMIT
from correspondence.facts import CODE_MARKER, LINK_MARKER, Facts, told
from correspondence.kinds import KINDS
from correspondence.queries.letterheads import Head, letterhead
from correspondence.queries.templates import Source, current

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_GAP = re.compile(r"\n[ \t]*(?:\n[ \t]*)+\n")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as text: a subject, a body that keeps ``{link}`` or ``{code}``, the letterhead and the template's version."""

    subject: str
    body: str
    head: Head
    version: int = 0


def known_language(language: str) -> str:
    """Return ``language`` when letters can be written in it, else the language of the house."""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def render(kind: str, language: str, facts: Facts) -> Letter:
    """Write a letter of ``kind`` in ``language`` from the template in force.

    Raises ``LookupError`` for a kind that is not in ``KINDS`` and ``ValueError`` for facts that are not those of the kind:
    both are faults of the program.
    """
    language = known_language(language)
    return fill(current(kind, language), kind, language, facts, letterhead(language))


def fill(source: Source, kind: str, language: str, facts: Facts, head: Head) -> Letter:
    """Fill a template; equal arguments give equal text.

    A line whose placeholders are all empty is left out, so that "Nominated by: {party}" is not said of an expert of an
    organization. Raises ``ValueError`` as ``render`` does, and ``KeyError`` for a placeholder the kind does not know.
    """
    words = told(facts, KINDS[kind].facts, language) | {"secretariat": head.organization, "signatory": head.signatory}
    words |= {"link": LINK_MARKER, "code": CODE_MARKER}
    lines = (_line(line, words) for line in source.body.splitlines())
    body = "\n".join(line for line in lines if line is not None)
    return Letter(
        subject=_shortened(_filled(source.subject.strip(), words)),
        body=_GAP.sub("\n\n", body.strip()) + "\n",
        head=head,
        version=source.version,
    )


def _line(line: str, words: Mapping[str, str]) -> str | None:
    names = PLACEHOLDER.findall(line)
    if names and not any(words[name] for name in names):
        return None
    return _filled(line.rstrip(), words)


def _filled(text: str, words: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda found: words[found[1]], text)


def _shortened(subject: str) -> str:
    return subject if len(subject) <= SUBJECT_LIMIT else subject[: SUBJECT_LIMIT - 1] + "…"
