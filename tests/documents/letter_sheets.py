"""A letter of two pages in each language, with everything a letter may have: a list, a code, a span of days, a Latin name."""

from pathlib import Path

from documents.letters import Passage, Sheet

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
REFERENCE = "ANNEX2-AMM-014"
ADDRESS = ("413 Example Street, Suite 800", "Montreal, Canada", "secretariat@planner.example")
REPEATS = 7  # of the long paragraph: enough for a second page
_TEXTS = Path(__file__).parent / "letters"


def sheet(language: str) -> Sheet:
    """The letter of a language."""
    blocks = (_TEXTS / f"{language}.txt").read_text(encoding="utf-8").strip().split("\n\n")
    head, greeting, long, points, signature = (tuple(block.splitlines()) for block in blocks)
    organization, reference, day, addressee, subject = head
    return Sheet(
        language=language,
        organization=organization,
        address=ADDRESS,
        particulars=(reference, day),
        reference=REFERENCE,
        addressee=addressee,
        subject=subject,
        body=(
            Passage(greeting),
            *[Passage((*long, reference))] * REPEATS,
            Passage(tuple(point.removeprefix("– ") for point in points), listed=True),
            Passage(long),
        ),
        signature=signature,
    )


def text(of: Sheet) -> str:
    """What the letter says, in reading order and without page numbers."""
    body = [("– " if passage.listed else "") + line for passage in of.body for line in passage.lines]
    lines = (of.organization, " · ".join(of.address), *of.particulars, of.addressee, of.subject, *body, *of.signature)
    return "\n".join(lines)
