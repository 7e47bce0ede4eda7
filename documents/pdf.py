"""PDF from a typst template and plain data.

Data reaches the template as JSON in ``sys.inputs.data``; nothing that people wrote is ever pasted into typst source. Equal
arguments give equal bytes: the creation date comes in, and only the fonts named here are looked at.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import typst

FAMILIES = frozenset({"Noto Sans", "Noto Sans SC", "Amiri"})
Standard = Literal["a-2a", "ua-1"]
ACCESSIBLE: tuple[Standard, ...] = ("a-2a", "ua-1")  # PDF/A-2a for archives, PDF/UA-1 for screen readers
_TEMPLATES = Path(__file__).parent / "templates"


class MissingFonts(RuntimeError):  # noqa: N818  # names what is missing
    """The font folders hold not all families that the six UN languages need; no PDF with empty boxes is made."""


class Undisplayable(ValueError):  # noqa: N818  # named for the text, which is at fault for nothing
    """A character of the data stands in none of the fonts, so the accessible standard cannot be met."""


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
        pdf: bytes = typst.compile(
            source.encode(),
            font_paths=_fonts(tuple(font_dirs)),
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=list(standards),
            timestamp=int(created.timestamp()),
        )
    except typst.TypstError as error:
        if "could not be displayed" in str(error.message):
            raise Undisplayable(error.message) from error
        raise
    return pdf


@lru_cache(maxsize=4)
def _fonts(font_dirs: tuple[Path, ...]) -> typst.Fonts:
    """Return the fonts of the folders, looked for once a process."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(font_dirs))
    if missing := FAMILIES - set(fonts.families()):
        folders = ", ".join(str(folder) for folder in font_dirs) or "no folder"
        raise MissingFonts(f"{', '.join(sorted(missing))} not found in {folders}; run npm ci to install the fonts")
    return fonts
