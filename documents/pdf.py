"""PDF from a typst template and plain data.

Data reaches the template as JSON in ``sys.inputs.data``, the families of fonts in ``sys.inputs.families``; nothing that
people wrote is ever pasted into typst source. Equal arguments give equal bytes: the creation date comes in, and only the
fonts of the folders are looked at.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path
from threading import Lock
from typing import Any, Literal, cast

import typst

NEEDED = ("Noto Sans", "Amiri", "Noto Sans SC")  # for the six UN languages; Noto Sans has Devanagari too
# For names of persons: each of these has one script. Without one its script cannot be printed, everything else can.
FOR_NAMES = (
    *(
        f"Noto Sans {script}"
        for script in (
            "Armenian", "Bengali", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi", "Hebrew", "Kannada", "Khmer", "Lao",
            "Malayalam", "Mongolian", "Myanmar", "Sinhala", "Tamil", "Telugu", "Thaana", "Thai",
        )
    ),
    "Noto Serif Tibetan",
)  # fmt: skip
FAMILIES = (
    *NEEDED,
    *FOR_NAMES,
)  # in the order in which a sign is looked for; a letter puts its language's family first
Standard = Literal["a-2a", "ua-1"]
ACCESSIBLE: tuple[Standard, ...] = ("a-2a", "ua-1")  # PDF/A-2a for archives, PDF/UA-1 for screen readers
_REFUSED = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_MOST_SIGNS = 20  # found for one answer: each costs a document of its own
_MOST_NAMED = 5
_EACH_SIGN = """
#set document(title: "Signs")
#set text(font: json(bytes(sys.inputs.families)))
#for sign in json(bytes(sys.inputs.data)).signs [#par(sign)]
"""
_NO_TIME = datetime(2014, 1, 1, tzinfo=UTC)  # of a document that nobody keeps
_OPEN_END, _PLAIN_END = b"\r\nendstream", b"\r\0\nendstream"
_LENGTH = re.compile(rb"/Length (\d+)")
_OFFSET = re.compile(rb"\d{10}(?= \d{5} n)")  # of an object, in the table at the end of the file
_ONE_AT_A_TIME = Lock()  # a compiler refuses a second thread
_TEMPLATES = Path(__file__).parent / "templates"


class MissingFonts(RuntimeError):  # noqa: N818  # names what is missing
    """The font folders hold not all families that the six UN languages need; no PDF with empty boxes is made."""


class Undisplayable(ValueError):  # noqa: N818  # named for the text, which is at fault for nothing
    """Characters of the data, ``signs``, stand in none of the fonts, so the accessible standard cannot be met."""

    def __init__(self, signs: str) -> None:
        super().__init__(
            f"the PDF has no picture of {named(signs)}; enter the name or word in letters that the PDF can print"
        )
        self.signs = signs


def named(signs: str) -> str:
    """Return signs as people and computers know them, like "😀 (U+1F600)"; after some, "…"."""
    told = [f"{sign} (U+{ord(sign):04X})" for sign in signs[:_MOST_NAMED]]
    return ", ".join(told) + (" …" if len(signs) > _MOST_NAMED else "")


def template(name: str) -> str:
    """Return the typst source of the template ``name``."""
    return (_TEMPLATES / f"{name}.typ").read_text(encoding="utf-8")


def render_pdf(
    source: str,
    data: Mapping[str, Any],
    *,
    font_dirs: Sequence[Path],
    created: datetime,
    standards: Sequence[Standard] = ACCESSIBLE,
) -> bytes:
    """Return the PDF of the typst ``source`` over ``data``; ``created`` (aware) is its creation date.

    Raises ``MissingFonts``; ``Undisplayable`` when ``standards`` forbid a character that no font has (without standards
    it becomes an empty box); ``typst.TypstError`` for a fault in ``source``.
    """
    try:
        return _set(source, data, font_dirs=font_dirs, created=created, standards=standards)
    except Undisplayable as first:  # the typesetter tells of one sign, or only of its neighbour in the same cluster
        found = without_picture(json.dumps(data, ensure_ascii=False), font_dirs=font_dirs)
        raise Undisplayable(found or first.signs) from first


def without_picture(text: str, *, font_dirs: Sequence[Path]) -> str:
    """Return the signs of ``text`` that stand in none of the fonts, each once, in order of their numbers, at most 20.

    Raises ``MissingFonts``.
    """
    left = {sign for sign in text if not sign.isspace()}
    found = ""
    while left and len(found) < _MOST_SIGNS:
        try:
            _set(_EACH_SIGN, {"signs": sorted(left)}, font_dirs=font_dirs, created=_NO_TIME, standards=ACCESSIBLE)
        except Undisplayable as error:
            found += error.signs
            left -= set(error.signs)
        else:
            break
    return "".join(sorted(found))


def _set(
    source: str, data: Mapping[str, Any], *, font_dirs: Sequence[Path], created: datetime, standards: Sequence[Standard]
) -> bytes:
    """Do what ``render_pdf`` says; ``Undisplayable`` names what the typesetter came upon first."""
    try:
        with _ONE_AT_A_TIME:
            pdf = _compiler(tuple(font_dirs)).compile(
                input=source.encode(),
                sys_inputs=inputs(data),
                pdf_standards=list(standards),
                timestamp=int(created.timestamp()),
            )
    except typst.TypstError as error:
        if refused := _REFUSED.search(str(error.message)):
            raise Undisplayable(_ESCAPED.sub(lambda code: chr(int(code[1], 16)), refused[1])) from error
        raise
    return _plain_ends(cast("bytes", pdf))


def inputs(data: Mapping[str, Any]) -> dict[str, str]:
    """Return what a template reads: ``data`` and the families of fonts in their order, each as JSON."""
    return {"data": json.dumps(data, ensure_ascii=False), "families": json.dumps(FAMILIES)}


def _plain_ends(pdf: bytes) -> bytes:
    r"""Return ``pdf`` with a zero byte after each stream that ends with "\r".

    Before "\nendstream" such an end can be read as an end of line, and the stream's length is wrong then: checkers of PDF/A
    read it so. Every compressed stream has one chance in 256 of such an end, and is complete without the byte.
    """
    if _OPEN_END not in pdf:
        return pdf
    table = int(pdf[pdf.rindex(b"startxref") :].split()[1])
    begins = sorted(int(each) for each in _OFFSET.findall(pdf, table))
    parts = [pdf[begin:end] for begin, end in pairwise([0, *begins, table])]
    parts = [
        _LENGTH.sub(_one_more, part, count=1).replace(_OPEN_END, _PLAIN_END) if _OPEN_END in part else part
        for part in parts
    ]
    *places, end = accumulate(len(part) for part in parts)
    moved = dict(zip(begins, places, strict=True))
    tail = _OFFSET.sub(lambda found: b"%010d" % moved[int(found[0])], pdf[table : pdf.rindex(b"startxref")])
    return b"".join(parts) + tail + b"startxref\n%d\n%%%%EOF" % end


def _one_more(found: re.Match[bytes]) -> bytes:
    return b"/Length %d" % (int(found[1]) + 1)


@lru_cache(maxsize=4)
def _compiler(font_dirs: tuple[Path, ...]) -> typst.Compiler:
    """Return the compiler that sets all documents of this process, with the fonts of the folders.

    ``typst.compile`` makes one a call, and each keeps the name of its source for good: few bytes, but they lie between what is
    freed, and the process grows by up to 0.2 MB a letter.
    """
    return typst.Compiler(font_paths=_fonts(font_dirs), ignore_system_fonts=True)


def _fonts(font_dirs: tuple[Path, ...]) -> typst.Fonts:
    """Return the fonts of the folders. Raises ``MissingFonts``."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(font_dirs))
    if missing := set(NEEDED) - set(fonts.families()):
        folders = ", ".join(str(folder) for folder in font_dirs) or "no folder"
        raise MissingFonts(f"{', '.join(sorted(missing))} not found in {folders}; run npm ci to install the fonts")
    return fonts
