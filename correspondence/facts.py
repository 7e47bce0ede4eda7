"""Facts that letters are told, and how each form of fact reads in a language."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.zones import ANYWHERE, zone_name
from correspondence.kinds import Form
from documents import dates

LINK_MARKER = "{link}"
CODE_MARKER = "{code}"
_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")  # all but the spaces that French keeps its colons with


@dataclass(frozen=True, slots=True)
class Days:
    """A span of days, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment (aware) as it is read on the clock of ``zone``, an IANA name."""

    at: datetime
    zone: str


Fact = str | int | Days | Moment
Facts = Mapping[str, Fact]

_TYPES: Mapping[Form, type] = {
    Form.TEXT: str,
    Form.LINES: str,
    Form.NUMBER: int,
    Form.DAYS: Days,
    Form.MOMENT: Moment,
}


def told(facts: Facts, forms: Mapping[str, Form], language: str) -> dict[str, str]:
    """Return each fact as ``language`` writes it.

    Raises ``ValueError`` for a fact that is missing, not known or not of its form: a fault of the program.
    """
    if facts.keys() != forms.keys():
        raise ValueError(f"Facts missing or not known: {', '.join(sorted(facts.keys() ^ forms.keys()))}.")
    wrong = [name for name, form in forms.items() if type(facts[name]) is not _TYPES[form]]
    if wrong:
        raise ValueError(f"Facts not of their form: {', '.join(wrong)}.")
    return {name: _in_words(facts[name], language, lines=form == Form.LINES) for name, form in forms.items()}


def _in_words(fact: Fact, language: str, *, lines: bool) -> str:
    if isinstance(fact, Days):
        return dates.long_days(fact.first, fact.last, language)
    if isinstance(fact, Moment):
        return moment(fact.at, fact.zone, language)
    return plain(str(fact), lines=lines)


def moment(value: datetime, zone: str, language: str) -> str:
    """Return a moment with its weekday and zone: "Friday 21 March 2014, 17:00 (time zone Asia/Amman)"."""
    with override(language):
        time = dates.moment(value, zone, language)
        if zone == ANYWHERE:
            return f"{time} ({zone_name(zone)})"
        return _("%(time)s (time zone %(zone)s)") % {"time": time, "zone": zone}


def plain(value: str, *, lines: bool = False) -> str:
    """Return a fact as one line (or several), without control characters and without a marker of its own."""
    kept = value.splitlines() if lines else [value]
    tidy = (_BLANKS.sub(" ", line) for line in kept)
    text = "\n".join("".join(char for char in line if unicodedata.category(char) != "Cc") for line in tidy)
    return text.strip().replace(LINK_MARKER, "link").replace(CODE_MARKER, "code")
