"""What letters there are, what each must be told, and how one reads in a language."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.template import Context, Engine
from django.utils import translation

# Kind of letter: the facts its template speaks of, all of them text. A letter with a missing or a further fact is refused.
LETTERS: dict[str, frozenset[str]] = {
    kind: frozenset(facts.split())
    for kind, facts in {
        "call-notification": "name party programme workshop dates city country deadline symbol seats",
        "call-reminder": "name party workshop deadline symbol",
        "nomination-received": "name nominee party workshop reference",
        "reserve": "name workshop reference reason",
        "not-selected": "name workshop reference reason",
        "invitation": "name party workshop dates city country reference respond_by",
        "invitation-reminder": "name party workshop dates city country reference respond_by",
        "invitation-cancelled": "name workshop reference",
        "acceptance-received": "name workshop reference",
        "decline-received": "name workshop reference",
        "registration-received": "name workshop reference",
        "targets-request": "name party workshop deadline",
        "submission-received": "name party programme version",
        "submission-returned": "name party programme version reason",
        "submission-accepted": "name party programme version",
    }.items()
}

# Kinds that carry a personal address; the text keeps the marker until the letter is on the wire.
LINKED = frozenset(
    {
        "call-notification",
        "call-reminder",
        "invitation",
        "invitation-reminder",
        "targets-request",
        "submission-returned",
    }
)
LINK_MARKER = "{link}"
SUBJECT_LIMIT = 300  # characters, as the column of Message.subject
_PARAGRAPHS = frozenset({"reason"})  # facts that may run over several lines; they stand in no subject
_GAP = re.compile(r"\n[ \t]*(?:\n[ \t]*)+\n")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as text: one line of subject, and a body that keeps ``{link}``."""

    subject: str
    body: str


def known_language(language: str) -> str:
    """Return ``language`` when letters can be written in it, else the language of the house."""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def render(kind: str, language: str, facts: Mapping[str, str]) -> Letter:
    """Write a letter of ``kind`` in ``language``; equal input gives equal text, whenever it is called.

    Raises ``LookupError`` for a kind that is not in ``LETTERS`` and ``ValueError`` for facts that are not those of the kind:
    both are faults of the program.
    """
    if kind not in LETTERS:
        raise LookupError(f"There is no letter “{kind}”.")
    if facts.keys() != LETTERS[kind]:
        wrong = ", ".join(sorted(facts.keys() ^ LETTERS[kind]))
        raise ValueError(f"Letter “{kind}”: missing or not known: {wrong}.")
    template = Engine.get_default().get_template(f"letters/{kind}.txt")
    plain = {name: _plain(value, lines=name in _PARAGRAPHS) for name, value in facts.items()}
    with translation.override(known_language(language)):
        text = template.render(Context(plain, autoescape=False)).strip()
    subject, _, body = text.partition("\n")
    return Letter(subject=_shortened(subject.strip()), body=_GAP.sub("\n\n", body.strip()) + "\n")


def _plain(value: str, *, lines: bool) -> str:
    """Return a fact as one line (or several), without control characters and without a marker of its own."""
    kept = value.splitlines() if lines else [value]
    tidy = (" ".join(line.split()) for line in kept)
    text = "\n".join("".join(char for char in line if unicodedata.category(char) != "Cc") for line in tidy)
    return text.strip().replace(LINK_MARKER, "link")


def _shortened(subject: str) -> str:
    return subject if len(subject) <= SUBJECT_LIMIT else subject[: SUBJECT_LIMIT - 1] + "…"
