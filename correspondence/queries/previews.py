"""A draft of a template as the letter it would make."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.errors import Invalid
from correspondence.drafts import faults, tidy
from correspondence.enclosures import calendar_values, letter_values
from correspondence.kinds import KINDS
from correspondence.models import Message
from correspondence.page import Block, blocks
from correspondence.queries.letterheads import letterhead
from correspondence.queries.letters import PLACEHOLDER, Letter, fill
from correspondence.queries.templates import Source, lost
from correspondence.samples import Sample
from documents.directions import RIGHT_TO_LEFT


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft filled with a sample: the letter, what keeps it from being saved, and what it says nothing of."""

    kind: str
    language: str
    letter: Letter
    sample: Sample
    faults: Sequence[Invalid]
    lost: Sequence[str]

    @property
    def direction(self) -> str:
        """The direction of the letter's script."""
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    @property
    def blocks(self) -> list[Block]:
        """The letter's body as its mail shows it."""
        return blocks(self.letter.body)

    @property
    def invented(self) -> list[str]:
        """The placeholders whose values are made up, in the order of the kind."""
        return [name for name in KINDS[self.kind].facts if name in self.sample.invented]


def preview(kind: str, language: str, subject: str, body: str, sample: Sample) -> Preview:
    """Fill a draft as its letter would be filled; a placeholder the kind does not know stands there as ⟦name⟧."""
    subject, body = tidy(subject, body)
    source = Source(_marked(kind, subject), _marked(kind, body))
    return Preview(
        kind=kind,
        language=language,
        letter=fill(source, kind, language, sample.facts, letterhead(language)),
        sample=sample,
        faults=list(faults(kind, subject, body)),
        lost=lost(kind, subject, body),
    )


def _marked(kind: str, text: str) -> str:
    known = KINDS[kind].placeholders
    return PLACEHOLDER.sub(lambda found: found[0] if found[1] in known else f"⟦{found[1]}⟧", text)


def as_message(shown: Preview, *, at: datetime) -> Message:
    """Return the previewed letter as the row it would be, not saved, for what makes files of rows."""
    facts, enclosures = shown.sample.facts, dict[str, object]()
    if KINDS[shown.kind].printed:
        reference = str(facts.get("reference") or facts.get("symbol") or "")
        enclosures["letter"] = letter_values(letterhead(shown.language), reference=reference, on=at.date())
    if shown.sample.event is not None:
        enclosures["calendar"] = calendar_values(shown.sample.event)
    return Message(
        kind=shown.kind,
        language=shown.language,
        to_name=shown.sample.to_name,
        to_address=shown.sample.to_address,
        subject=shown.letter.subject,
        body=shown.letter.body,
        enclosures=enclosures,
        created_at=at,
        due_at=at,
    )
