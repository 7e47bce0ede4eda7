"""Names of persons in scripts that no UN language has: printed, standard, and copied out."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from page import ValidationProfile, validate_pdf_bytes
from pypdf import PdfReader

from documents.letters import Passage, print_letter
from documents.pdf import FOR_NAMES
from tests.documents.copying import READERS, by_pdfium, unspaced
from tests.documents.letter_sheets import sheet

AT = datetime(2014, 1, 6, 9, 0, tzinfo=UTC)
NAMES = {
    "Armenian": "Արմեն Հակոբյան",
    "Bengali": "রহিমা চৌধুরী",
    "Ethiopic": "ሰላም ገብረ",
    "Georgian": "ნინო ბერიძე",
    "Gujarati": "કૃષ્ણા પટેલ",
    "Gurmukhi": "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "Hebrew": "שרה כהן",
    "Kannada": "ಶ್ರೀನಿವಾಸ ಗೌಡ",
    "Khmer": "ថារា វាសនា",
    "Lao": "ສົມສັກ ວົງສາ",
    "Malayalam": "ലക്ഷ്മി നായർ",
    "Mongolian": "ᠪᠠᠲᠤ",
    "Myanmar": "အောင်ဆန်း ကျော်",
    "Sinhala": "ප්‍රියන්ති ශ්‍රී ද සිල්වා",
    "Tamil": "முத்துக்குமார்",
    "Telugu": "శ్రీనివాస్ రెడ్డి",
    "Thaana": "ފާޠިމަތު",
    "Thai": "สมชาย รัตนกุล ผู้ใหญ่",
    "Tibetan": "བཀྲ་ཤིས་རྡོ་རྗེ།",
}
OPEN = [reader for reader in READERS if reader != "poppler" or shutil.which("pdftotext")]


@pytest.fixture
def fonts(settings):
    return settings.FONT_DIRS


def printed(fonts, name, language="en"):
    """A letter to somebody of this name, and nothing more."""
    short = replace(sheet(language), addressee=name, body=(), signature=())
    return print_letter(short, font_dirs=fonts, created=AT)


def lines(copied):
    return [unspaced(line) for line in copied.splitlines()]


def test_there_is_a_name_for_each_family():
    assert [family.split()[-1] for family in FOR_NAMES] == [*NAMES]


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
@pytest.mark.parametrize("script", NAMES)
def test_a_name_is_printed_in_its_own_font_and_copies_out(fonts, script, language):
    pdf = printed(fonts, NAMES[script], language)
    families = {
        str(font["/BaseFont"]).partition("+")[2].partition("-")[0]
        for font in PdfReader(BytesIO(pdf)).pages[0]["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    own = "NotoSerifTibetan" if script == "Tibetan" else f"NotoSans{script}"
    copied = [reader for reader in OPEN if unspaced(NAMES[script]) in lines(READERS[reader](pdf))]

    assert own in families
    assert copied != []


@pytest.mark.parametrize("profile", [ValidationProfile.PDF_UA_1, ValidationProfile.PDF_A_2A], ids=["ua-1", "a-2a"])
def test_a_checker_agrees_with_all_of_them(fonts, profile):
    together = replace(
        sheet("en"), subject=" ".join(NAMES.values()), body=(Passage(tuple(NAMES.values()), listed=True),)
    )
    pdf = print_letter(together, font_dirs=fonts, created=AT)
    assert [str(each) for each in validate_pdf_bytes(pdf, profile=profile).failures] == []


@pytest.mark.parametrize(("name", "copied"), [("សុខា", "សុសុខា"), ("އަހްމަދު", "އަްހްމހަދު"), ("শ্রীমতী", "শ্রীশ্রীশ্রীমতী")])
def test_a_mark_that_the_font_lifts_or_lowers_copies_out_with_its_letter_twice(fonts, name, copied):
    """typst's own: such a mark is a run of its own and tells its whole cluster. When it learns, this test says so."""
    assert copied in lines(by_pdfium(printed(fonts, name)))
