"""What three readers of PDF copy out, and how it is compared with what was written."""

import re
import subprocess
import unicodedata
from collections.abc import Callable, Mapping
from io import BytesIO

import pypdfium2
from pypdf import PdfReader

from tests.documents.letter_sheets import REFERENCE

_UNSEEN = re.compile(
    "[\u200e\u200f\u202a-\u202e\u2066-\u2069\u0640\u064b-\u0652]"
)  # direction, stretching, vowel signs
_FOOT = re.compile(rf"{REFERENCE}\s+\d+\s*/\s*\d+|\d+\s*/\s*\d+\s+{REFERENCE}")


def by_poppler(pdf: bytes) -> str:
    """What evince, Okular and pdftotext copy."""
    command = ["pdftotext", "-enc", "UTF-8", "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()  # noqa: S603


def by_pdfium(pdf: bytes) -> str:
    """What Chrome, Edge and Android copy."""
    with pypdfium2.PdfDocument(pdf) as document:
        texts = []
        for page in document:
            texts.append(page.get_textpage().get_text_bounded())
            page.close()
        return "\n".join(texts)


def by_pypdf(pdf: bytes) -> str:
    """What pypdf gives to programs."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


READERS: Mapping[str, Callable[[bytes], str]] = {"poppler": by_poppler, "pdfium": by_pdfium, "pypdf": by_pypdf}


def seen(text: str) -> str:
    """A text in one form, without signs that show nothing, Arabic vowel signs and the feet of pages."""
    return _FOOT.sub("", _UNSEEN.sub("", unicodedata.normalize("NFKC", text)))


def unspaced(text: str) -> str:
    """A text without spaces and line ends: all that counts where lines break anywhere."""
    return "".join(seen(text).split())


def words(text: str) -> list[str]:
    """The words and numbers of a text in its order, without what stands between them."""
    return re.findall(r"[^\W\d_]+|\d+", seen(text))
