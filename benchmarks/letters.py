"""PDF letters: the real path of an invitation against bare typst, and whether the process grows."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from resource import getpagesize
from typing import Any

import typst
from django.conf import settings

from benchmarks.figures import Figure, fastest
from correspondence.enclosures import enclosed, letter_values, sheet
from correspondence.facts import Days, Facts, Moment
from correspondence.models import Message
from correspondence.queries.letterheads import Head
from correspondence.queries.letters import fill
from correspondence.queries.templates import shipped
from documents.letters import values
from documents.pdf import ACCESSIBLE, inputs, template

AT = datetime(2014, 1, 6, 9, 0, tzinfo=UTC)
KIND = "invitation"
LETTERS = 300
ROUNDS = 3
WARM, MANY = 500, 5_000
MOST_GROWTH = 1.1
HEAD = Head("The Secretariat", "For the Executive Secretary", "Synthetic Person", ("413 Example Street", "Montreal"))


def measure() -> Iterator[Figure]:
    """Measure ``letters.pdf`` (letters a second on one core) and ``letters.memory`` (MB resident)."""
    messages = [_message(number) for number in range(LETTERS)]
    ours, bare = fastest(ROUNDS, partial(_print, messages), partial(_bare, [values(sheet(each)) for each in messages]))
    yield Figure(
        name="letters.pdf",
        value=LETTERS / ours,
        unit="letters/s",
        limit=LETTERS / bare,
        rows=LETTERS,
        note="enclosed() of an invitation, six languages in turn, one core; limit: typst.compile of the same source and data",
    )
    yield _memory()


def _memory() -> Figure:
    for number in range(WARM):
        enclosed(_message(number))
    before = _resident()
    for number in range(WARM, MANY):
        enclosed(_message(number))
    after = _resident()
    if after > before * MOST_GROWTH:
        raise RuntimeError(f"the process grew from {before:.0f} MB at {WARM} letters to {after:.0f} MB at {MANY}")
    return Figure(
        name="letters.memory",
        value=after,
        unit="MB",
        limit=before,
        rows=MANY,
        note=f"resident after {MANY} PDF letters, no two alike; limit: after {WARM}",
    )


def _message(number: int) -> Message:
    language = settings.LANGUAGES[number % len(settings.LANGUAGES)][0]
    name, reference = f"Expert {number}", f"ANNEX2-AMM-{number:03}"
    facts: Facts = {
        "name": name,
        "party": "Jordan",
        "workshop": "Workshop for Western Asia",
        "dates": Days(date(2014, 6, 15), date(2014, 6, 19)),
        "city": "Amman",
        "country": "Jordan",
        "reference": reference,
        "respond_by": Moment(datetime(2014, 5, 1, 14, 0, tzinfo=UTC), "Asia/Amman"),
    }
    letter = fill(shipped(KIND, language), KIND, language, facts, HEAD)
    return Message(
        kind=KIND,
        language=language,
        to_name=name,
        subject=letter.subject,
        body=letter.body,
        created_at=AT,
        enclosures={"letter": letter_values(HEAD, reference=reference, on=AT.date())},
    )


def _print(messages: list[Message]) -> None:
    for message in messages:
        enclosed(message)


def _bare(data: list[Mapping[str, Any]]) -> None:
    source = template("letter").encode()
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(settings.FONT_DIRS))
    for each in data:
        typst.compile(
            source,
            font_paths=fonts,
            ignore_system_fonts=True,
            sys_inputs=inputs(each),
            pdf_standards=list(ACCESSIBLE),
            timestamp=int(AT.timestamp()),
        )


def _resident() -> float:
    """Return the memory this process holds, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * getpagesize() / 1e6
