"""Reference numbers of letters as they stand on paper, often with the date printed onto them.

The Secretariat's letters bear "SCBD/<division>/<initials>/<number>", with a number of five digits. In a text taken out of a PDF
the two run together: "SCBD/ABS/SBG/ET/ab/8336121 March 2014" is number 83361 of 21 March 2014.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from documents.dates import locale_of

DIGITS = 5  # of a number of the Secretariat
LIMIT = 200  # signs that a reference with its date has at most
YEARS = range(1970, 2100)

_LANGUAGES = ("en", "fr", "es", "pt", "ru", "ar")
_ALSO = {"sep": 9, "sept": 9, "setiembre": 9}  # as people write them beside what CLDR has
_LABEL = re.compile(r"(?!SCBD)[^:\d]{1,20}: ?", re.IGNORECASE)  # "Our ref.:"
_HEAD = re.compile(r"(?P<prefix>SCBD(?: ?[/-] ?[^\W\d_]+)*) ?[/-]? ?(?P<rest>(?:\d.*)?)", re.IGNORECASE)
_NUMBER = re.compile(rf"(\d{{{DIGITS}}})(.*)")
_BETWEEN = re.compile(r"[ ,;:()/.-]*(?:(?:dated|of|date du|du|le|de fecha|del?|el|от)(?![^\W_])[ :]*)?")
_NAME = r"(?P<name>[^\W\d_]{3,})"
_DAY_FIRST = re.compile(
    rf"(?P<day>\d\d?)(?:(?:st|nd|rd|th|er|o|°)(?= |de))?[ .,-]*(?:(?:of|de) )?{_NAME}"
    r"[ .,-]*(?:del? )?(?P<year>\d{4})(?: ?г)?"
)
_MONTH_FIRST = re.compile(rf"{_NAME}[ .-]*(?P<day>\d\d?)(?:st|nd|rd|th)?(?:, ?| )(?P<year>\d{{4}})")
_YEAR_FIRST = re.compile(r"(\d{4}) ?[-/.年] ?(\d\d?) ?[-/.月] ?(\d\d?) ?日?")
_YEAR_LAST = re.compile(r"(\d\d?) ?[-/.] ?(\d\d?) ?[-/.] ?(\d{4})")
_COMPACT = re.compile(r"(\d\d)(\d\d)(\d\d)(\d\d)")
_MONTH_AND_YEAR = re.compile(rf"{_NAME}[ .,-]*(?:del? )?\d{{4}}")


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference as read: "SCBD/ABS/SBG/ET/ab", 83361 and the day of the letter.

    ``number`` is ``None`` for references that are not the Secretariat's: those of Parties and of notifications ("2015-044")
    stand in ``prefix`` as a whole. ``day`` is ``None`` where no date is printed beside the reference.
    """

    prefix: str
    number: int | None = None
    day: date | None = None

    def __str__(self) -> str:
        """Write the reference without its date: "SCBD/ABS/SBG/ET/ab/83361"."""
        return self.prefix if self.number is None else f"{self.prefix}/{self.number:0{DIGITS}}"


class UnclearReference(ValueError):  # noqa: N818  # a doubt is an answer, not a fault
    """A text that can be read in several ways, or in none that fits: somebody who sees the letter must be asked.

    ``readings`` are what it may mean, for a choice; there may be none.
    """

    def __init__(self, text: str, readings: tuple[Reference, ...] = ()) -> None:
        self.text = text
        self.readings = readings
        super().__init__(text, readings)


def parse(text: str) -> Reference:
    """Return the reference in a text that holds nothing else but its date; blanks and hyphens of all kinds are evened out.

    Dates are read with the months of six languages (English, French, Spanish, Portuguese, Russian, Arabic), in figures, and
    as Chinese writes them. Raises ``UnclearReference`` rather than guess: "01/02/2014" is one of two days, "83361 March 2014"
    lacks its own, and seven digits are never one number.
    """
    plain = _plain(text)
    if len(plain) > LIMIT:
        raise UnclearReference(text)
    head = _HEAD.fullmatch(plain)
    if head is None:
        return _foreign(text, plain)
    prefix = "SCBD" + head["prefix"][4:].replace(" ", "")
    return _secretariats(text, prefix, head["rest"])


def _secretariats(text: str, prefix: str, rest: str) -> Reference:
    """Read what follows the prefix: five digits, then at once or after a blank the date; or either of them alone."""
    if not rest:
        return Reference(prefix)
    readings = {Reference(prefix, None, day) for day in _days(rest)}
    numbered = _NUMBER.fullmatch(rest)
    if numbered is None:
        return _sole(text, readings)
    number, tail = int(numbered[1]), numbered[2]
    if not tail:
        return Reference(prefix, number)
    readings |= {Reference(prefix, number, day) for day in _days(tail)}
    if readings:
        return _sole(text, readings)
    closer = re.sub(r"(?<=\d) (?=\d)", "", tail)  # "833612 1 March 2014": digits torn apart are offered, never believed
    offered = {Reference(prefix, number, day) for day in _days(closer)}
    raise UnclearReference(text, _sorted(offered or {Reference(prefix, number)}))


def _foreign(text: str, plain: str) -> Reference:
    """Read a reference of whatever form; only a date that stands clear of it is taken off, since no length tells its end."""
    splits = list(_splits(plain))
    for before, days in splits:
        if not before or before[-1] in " ,;(":
            return _sole(text, {Reference(before.strip(" ,;(-"), None, day) for day in days})
    named = any(found["name"].casefold() in _months() for found in _MONTH_AND_YEAR.finditer(_folded(plain)))
    if splits or named or "SCBD" in plain.upper():
        readings = {Reference(before.rstrip(" /.-"), None, day) for before, days in splits for day in days}
        raise UnclearReference(text, _sorted(readings))
    return Reference(plain)


def _splits(plain: str) -> Iterator[tuple[str, set[date]]]:
    """Yield the ways to cut a date off the end of a text, the longest date first."""
    for at in range(len(plain)):
        if plain[at].isalnum() and (days := _days(plain[at:])):
            yield plain[:at], days


def _sole(text: str, readings: set[Reference]) -> Reference:
    if len(readings) != 1:
        raise UnclearReference(text, _sorted(readings))
    return readings.pop()


def _sorted(readings: set[Reference]) -> tuple[Reference, ...]:
    return tuple(sorted(readings, key=lambda each: (each.day or date.min, each.prefix)))


def _days(text: str) -> set[date]:
    """Return the days that a text may mean which is a date as a whole, with words as "dated" before it."""
    folded = _BETWEEN.sub("", _folded(text), count=1).rstrip(" .,;)")
    figures = set(_in_figures(folded))
    for form in (_DAY_FIRST, _MONTH_FIRST):
        found = form.fullmatch(folded)
        if found is not None:
            figures.add((found["year"], _months().get(found["name"], 0), found["day"]))
    return {day for day in (_day(*map(int, each)) for each in figures) if day is not None}


def _in_figures(text: str) -> Iterator[tuple[str, int | str, str]]:
    """Yield year, month and day in the orders that a date in figures can be read in."""
    if found := _YEAR_FIRST.fullmatch(text):
        yield found[1], found[2], found[3]
    if found := _YEAR_LAST.fullmatch(text):
        yield found[3], found[2], found[1]
        yield found[3], found[1], found[2]
    if found := _COMPACT.fullmatch(text):
        yield found[1] + found[2], found[3], found[4]
        yield found[3] + found[4], found[2], found[1]
        yield found[3] + found[4], found[1], found[2]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    """Return the month of each name and abbreviation, folded; a name of two months in two languages is left out."""
    named = list(_ALSO.items())
    for language in _LANGUAGES:
        forms = locale_of(language).months
        named += [
            (_folded(name).strip(" ."), number)
            for context in ("format", "stand-alone")
            for width in ("wide", "abbreviated")
            for number, name in forms[context][width].items()
        ]
    numbers: dict[str, set[int]] = {}
    for name, number in named:
        numbers.setdefault(name, set()).add(number)
    return {name: min(each) for name, each in numbers.items() if len(each) == 1}


def _folded(text: str) -> str:
    """Return a text in small letters without accents."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))


def _plain(text: str) -> str:
    """Return a text on one line with plain digits, hyphens and blanks, without a label as "Ref.:" before it."""
    line = " ".join("".join(map(_sign, unicodedata.normalize("NFKC", text))).split())
    label = _LABEL.match(line)
    return line[label.end() :] if label else line


def _sign(sign: str) -> str:
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    category = unicodedata.category(sign)
    if category == "Cf":  # soft hyphens and marks of direction
        return ""
    return "-" if category == "Pd" or sign in "−‐‑" else sign
