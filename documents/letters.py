"""An official letter as PDF, from plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from documents.directions import RIGHT_TO_LEFT, for_paper
from documents.pdf import render_pdf, template

# Which side of a spread the first page stands on. A letter has no spreads, and pdfium (in Chrome, Edge, Android) takes it as
# the direction of every line, so that an address in Latin letters would copy out backwards. Blanks keep the file's offsets.
_SPREADS = b"/Direction/R2L"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of some lines, or a list of some points."""

    lines: tuple[str, ...]
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A letter under its letterhead; every text is in ``language`` and one line, an empty one is left out.

    ``particulars`` are lines like "Reference: ANNEX2-AMM-014"; ``reference`` stands at the foot of each page. ``signature``
    holds the lines under the room for signing, ``foot`` what stands below it, as in notifications: recipients, action, areas.
    """

    language: str
    organization: str
    address: tuple[str, ...]
    particulars: tuple[str, ...]
    reference: str
    addressee: str
    subject: str
    body: tuple[Passage, ...]
    signature: tuple[str, ...]
    foot: tuple[str, ...] = ()


def print_letter(sheet: Sheet, *, font_dirs: Sequence[Path], created: datetime) -> bytes:
    """Return the letter as tagged PDF (A4, PDF/UA-1 and PDF/A-2a), equal for equal arguments.

    Raises ``documents.pdf.MissingFonts``, and ``documents.pdf.Undisplayable`` for a sign that stands in none of the fonts.
    """
    pdf = render_pdf(_source(), values(sheet), font_dirs=font_dirs, created=created)
    return pdf.replace(_SPREADS, b" " * len(_SPREADS))


def values(sheet: Sheet) -> dict[str, Any]:
    """Return what the template reads: the texts of ``sheet``, each ready for paper."""

    def ready(lines: Sequence[str]) -> list[str]:
        return [for_paper(line, sheet.language) for line in lines if line.strip()]

    return {
        "language": sheet.language,
        "rtl": sheet.language in RIGHT_TO_LEFT,
        "title": sheet.subject,
        "subject": for_paper(sheet.subject, sheet.language),
        "organization": for_paper(sheet.organization, sheet.language),
        "address": for_paper(" · ".join(filter(None, sheet.address)), sheet.language),
        "particulars": ready(sheet.particulars),
        "reference": sheet.reference,
        "addressee": for_paper(sheet.addressee, sheet.language),
        "body": [{"listed": passage.listed, "lines": ready(passage.lines)} for passage in sheet.body if passage.lines],
        "signature": ready(sheet.signature),
        "foot": ready(sheet.foot),
    }


@cache
def _source() -> str:
    return template("letter")
