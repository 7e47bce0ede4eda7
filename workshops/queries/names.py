"""How names in any script are compared: by what a person would type, not by how they are printed (E02, E03, E14)."""

from collections.abc import Iterable
from unicodedata import combining, normalize

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘‛ʼʻʹʽ´`′＇", "'"))
_LAST_OF_SPACED_SCRIPTS = (
    "\u052f"  # Latin, Greek and Cyrillic end here: words with spaces between and no article grown on
)


def searchable(text: str) -> str:
    """Return ``text`` as it is stored for search and compared with what was typed.

    Case, accents, Arabic vowel signs and hamza seats, width and kind of apostrophe make no difference; letters and
    ideographs stay. ``searchable(searchable(text)) == searchable(text)``.
    """
    plain = normalize("NFKD", normalize("NFKD", text.translate(_APOSTROPHES)).casefold())
    bare = "".join(letter for letter in plain if not combining(letter))
    return " ".join(normalize("NFKC", bare.translate(_APOSTROPHES)).split())


def index(texts: Iterable[str]) -> str:
    """Return the search column for names: one a line, a space on both sides, hyphenated names also without hyphens."""
    names = [searchable(text) for text in texts]
    lines = dict.fromkeys(name for each in names for name in (each, each.replace("-", " ")) if name)
    return "\n".join(f" {line} " for line in lines)


def needle(text: str) -> str:
    """Return what to look for in such a column: from the start of a word where words have spaces between, else anywhere.

    "Oman" must not find Romania, yet نيجر must find النيجر and 民主 a name that has it in the middle.
    """
    wanted = searchable(text)
    return f" {wanted}" if wanted and wanted[0] <= _LAST_OF_SPACED_SCRIPTS else wanted
