"""What one row of a file says: each cell read into the text the directory would show for it, or refused with a sentence."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from unicodedata import category
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.errors import Invalid
from documents.tables import Cell
from participants.models.focal_points import FocalPointKind
from participants.queries.exports import COLUMNS
from participants.queries.imports import PROBLEM
from participants.queries.party_names import PartyNames
from participants.verbs.persons import clean
from workshops.queries.names import searchable

REQUIRED = ("party", "kind", "name")
KEPT = 300  # characters of a cell that is refused; what is longer than any column is shown cut

Said = dict[str, str]
Fault = tuple[str, str]
_ISO_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
_DESIGNATION_LIMIT = 120
_PRINCIPAL_LIMIT = 254


def columns_of(header: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Return the name of each column ("" where nobody knows it) and the headings that nobody knows.

    Case and spaces make no difference. Raises ``Invalid`` (``column_twice``, ``column_missing``).
    """
    names = [re.sub(r"[\s\-]+", "_", heading.strip().casefold()) for heading in header]
    known = [name if name in COLUMNS else "" for name in names]
    twice = sorted({name for name in known if name and known.count(name) > 1})
    if twice:
        raise Invalid("column_twice", _("The column “%(name)s” stands twice in the first row.") % {"name": twice[0]})
    missing = [name for name in REQUIRED if name not in known]
    if missing:
        raise Invalid(
            "column_missing",
            _("The first row must name the columns; “%(names)s” is missing. The file an export gives shows them all.")
            % {"names": ", ".join(missing)},
        )
    unknown = [heading for heading, name in zip(header, known, strict=True) if heading and not name]
    return known, [heading for heading in unknown if heading.casefold() != PROBLEM]


def read_cells(cells: Mapping[str, Cell], parties: PartyNames) -> tuple[Said, list[Fault]]:
    """Return what a row says by column, and what is wrong with it.

    A cell that can be read is given in the form of an export, so that reading it once more gives the same; one that cannot
    stays as it was.
    """
    said: Said = {}
    faults: list[Fault] = []
    for column, cell in cells.items():
        try:
            said[column] = _read(column, cell, parties)
        except Invalid as refusal:
            faults.append((column, str(refusal)))
            said[column] = _storable(str(cell).strip()[:KEPT])
    first, last = said.get("valid_from", ""), said.get("valid_to", "")
    if first and last and last <= first and not faults:
        faults.append(("valid_to", _("A mandate ends after the day it begins.")))
    return said, faults


def _read(column: str, cell: Cell, parties: PartyNames) -> str:
    if isinstance(cell, str) and cell.strip() in _ERRORS:
        raise Invalid("cell_error", _("The spreadsheet shows an error here; enter the value itself."))
    if column == "party":
        return _party(_text(cell), parties)
    if column in {"name", "email", "phone", "position"}:
        return _of_person(column, _text(cell))
    return _READERS[column](cell)


def _storable(text: str) -> str:
    """Return what a database can keep of a text: no NUL, no half of a pair."""
    return text.replace("\0", "").encode(errors="replace").decode()


def _text(cell: Cell) -> str:
    return cell.strip() if isinstance(cell, str) else cell.isoformat()


def _party(text: str, parties: PartyNames) -> str:
    """Return the code of the Party that is meant; a text that fits two is nobody's to decide but the sender's (E15)."""
    found = parties.find(text)
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(f"{parties.labels[code]} ({code})" for code in found)
        sentence = _("“%(text)s” fits %(names)s; write the code of the one that is meant.")
        raise Invalid("party_ambiguous", sentence % {"text": text, "names": names})
    if not text:
        raise Invalid("party_missing", _("Enter the Party by its code or its name."))
    sentence = _("No Party is called “%(text)s”; write its code of three letters, or its name in full.")
    raise Invalid("party_unknown", sentence % {"text": text[:60]})


def _of_person(column: str, text: str) -> str:
    cleaned = clean(column, text)
    if column == "name" and not cleaned:
        raise Invalid("name_missing", _("Enter the name as the person writes it; one name is enough."))
    return cleaned


@lru_cache(maxsize=8)
def _kinds(_language: str) -> dict[str, str]:
    """Return what a kind may be written as: its code, or its label in the language that is active."""
    return {searchable(str(text)): kind.value for kind in FocalPointKind for text in (kind.value, kind.label)}


@lru_cache(maxsize=8)
def _languages(_language: str) -> dict[str, str]:
    """Return what a language may be written as: its code, its English name, its name in the language that is active."""
    return {searchable(text): code for code, name in settings.LANGUAGES for text in (code, str(name), _(str(name)))}


def _kind(cell: Cell) -> str:
    found = _kinds(get_language() or "").get(searchable(_text(cell)))
    if found:
        return found
    raise Invalid(
        "unknown_choice",
        _("This is no kind of focal point; write a code, such as %(codes)s.") % {"codes": "CBD-FP1, SBSTTA-FP, FAO-FP"},
    )


def _language(cell: Cell) -> str:
    text = searchable(_text(cell))
    if not text:
        return ""
    found = _languages(get_language() or "").get(text)
    if found:
        return found
    codes = ", ".join(sorted(dict(settings.LANGUAGES)))
    raise Invalid("unknown_choice", _("Write one of the codes %(codes)s, or leave the cell empty.") % {"codes": codes})


def _day(cell: Cell) -> str:
    """Return a day in ISO form. What can be read in two ways ("03/04/2014") is refused, and so are numbers of days."""
    if isinstance(cell, date):
        return cell.isoformat()
    text = cell.strip()
    if not text:
        return ""
    found = _ISO_DAY.fullmatch(text)
    try:
        return date.fromisoformat(found[1] if found else "").isoformat()
    except ValueError as error:
        sentence = _(
            "“%(text)s” can be read in more than one way or is no day; write it as year-month-day: 2014-04-03."
        )
        raise Invalid("date_unreadable", sentence % {"text": text[:30]}) from error


def _line(limit: int) -> Callable[[Cell], str]:
    """Return a reader of one line of at most ``limit`` characters."""

    def read(cell: Cell) -> str:
        text = _text(cell)
        if any(category(letter) in {"Cc", "Cs"} for letter in text):
            raise Invalid("control_characters", _("Remove line breaks and control characters."))
        if len(text) > limit:
            raise Invalid("too_long", _("Use at most %(limit)d characters.") % {"limit": limit})
        return text

    return read


def _key(cell: Cell) -> str:
    text = _text(cell)
    try:
        return str(UUID(text)) if text else ""
    except ValueError as error:
        sentence = _("This is no id from an export; leave the cell empty for somebody new.")
        raise Invalid("id_unreadable", sentence) from error


_READERS: Mapping[str, Callable[[Cell], str]] = {
    "kind": _kind,
    "language": _language,
    "organization": _line(200),
    "valid_from": _day,
    "valid_to": _day,
    "designation": _line(_DESIGNATION_LIMIT),
    "deputy_of": _line(_PRINCIPAL_LIMIT),
    "id": _key,
}
