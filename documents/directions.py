"""Text made ready for paper: numbers and codes keep their order in Arabic, and what is copied out is what was written."""

import re
import unicodedata

RIGHT_TO_LEFT = frozenset({"ar"})
_ISOLATE, _END, _MARK = "\u2066", "\u2069", "\u200f"  # LRI, PDI, RLM: signs that direct and show nothing
_VOWELS = re.compile("[\u064b-\u0652]")
_CODE = re.compile(r"[0-9A-Za-z.:]*[0-9A-Za-z][-+/@_][-+/@_.:0-9A-Za-z]*[0-9A-Za-z]")
_SEPARATOR = re.compile(r"(?<![0-9A-Za-z])[-+,./:%،]|[-+,./:%،](?![0-9A-Za-z])")
_RANGE = re.compile("(?<=[0-9])–(?=[0-9])")


def for_paper(text: str, language: str) -> str:
    """Return one line of text as it is set in a letter of ``language``; control characters become spaces.

    Vowel signs of Arabic are left out, as official papers mostly do: a PDF has one sign and its letter as one cluster, and
    each reader of PDF takes such a cluster apart in another wrong order. In a right-to-left letter a code keeps its order
    ("2014-012" would read "012-2014"), a line without Arabic stays as it is, and a separator gets a mark of direction, since
    poppler takes "،" between two words for part of a number and swaps it with the space.
    """
    shown = "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in unicodedata.normalize("NFC", text))
    shown = _VOWELS.sub("", shown)
    if language not in RIGHT_TO_LEFT or not shown:
        return shown
    if not any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in shown):
        return _ISOLATE + shown + _END
    codes = [f"{_ISOLATE}{code}{_END}" for code in _CODE.findall(shown)]
    return "".join(_marked(part) + code for part, code in zip(_CODE.split(shown), [*codes, ""], strict=True))


def _marked(part: str) -> str:
    marked = _SEPARATOR.sub(lambda found: _MARK + found[0], part)
    return _RANGE.sub(f"{_MARK}–{_MARK}", marked)
