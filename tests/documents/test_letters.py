"""The PDF letter: what is on it, what copies out of it, and what a checker says of it."""

import shutil
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pypdfium2
import pytest
from page import ValidationProfile, validate_pdf_bytes
from pypdf import PdfReader

from documents.directions import for_paper
from documents.letters import Passage, print_letter, values
from documents.pdf import Undisplayable, render_pdf, template
from tests.documents.copying import READERS, by_pdfium, by_poppler, by_pypdf, unspaced, words
from tests.documents.letter_sheets import LANGUAGES, REFERENCE, sheet, text

AT = datetime(2014, 1, 6, 9, 0, tzinfo=UTC)
PROFILES = (ValidationProfile.PDF_UA_1, ValidationProfile.PDF_A_2A)
FROM_LEFT = [language for language in LANGUAGES if language != "ar"]


@pytest.fixture
def fonts(settings):
    return settings.FONT_DIRS


@pytest.fixture
def letter(fonts):
    return lambda language: print_letter(sheet(language), font_dirs=fonts, created=AT)


def findings(pdf, profile):
    return [str(failure) for failure in validate_pdf_bytes(pdf, profile=profile).failures]


@pytest.mark.parametrize("profile", PROFILES, ids=["ua-1", "a-2a"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_checker_agrees_with_both_standards(letter, language, profile):
    assert findings(letter(language), profile) == []


@pytest.mark.parametrize("profile", PROFILES, ids=["ua-1", "a-2a"])
def test_the_checker_can_fail(fonts, profile):
    plain = render_pdf(template("letter"), values(sheet("en")), font_dirs=fonts, created=AT, standards=())
    assert findings(plain, profile) != []


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("language", FROM_LEFT)
def test_what_is_copied_out_is_what_was_written(letter, language, reader):
    if reader == "poppler" and shutil.which("pdftotext") is None:
        pytest.skip("there is no pdftotext here; .ci/run installs poppler-utils")
    assert unspaced(READERS[reader](letter(language))) == unspaced(text(sheet(language)))


@pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="there is no pdftotext here; .ci/run installs poppler-utils"
)
def test_arabic_copies_out_of_poppler_word_by_word_in_order(letter):
    assert words(by_poppler(letter("ar"))) == words(text(sheet("ar")))


def test_arabic_copies_out_of_pdfium_word_by_word_in_order(letter):
    """But for codes of letters and digits, whose parts pdfium turns round (the next test)."""
    copied, written = (
        [word for word in words(each) if not word.isascii()] for each in (by_pdfium(letter("ar")), text(sheet("ar")))
    )
    assert copied == written
    assert Counter(words(by_pdfium(letter("ar")))) == Counter(words(text(sheet("ar"))))


def test_pdfium_turns_a_code_round_and_mirrors_brackets_beside_arabic(fonts):
    """pdfium's own: it knows letters, digits and Arabic, and no embedding. When it learns, this test says so."""
    one = replace(sheet("ar"), body=(Passage((f"الرقم «المرجعي» هو {REFERENCE} اليوم",)),))
    copied = by_pdfium(print_letter(one, font_dirs=fonts, created=AT))
    assert "-014AMM2-ANNEX" in copied
    assert "»المرجعي«" in copied


def test_pypdf_leaves_words_of_an_arabic_line_in_the_order_of_the_page(fonts):
    """pypdf's own: it turns round what one operator shows, and takes the operators from left to right."""
    one = replace(sheet("ar"), body=(Passage(("واحد اثنان ثلاثة",)),))
    copied = by_pypdf(print_letter(one, font_dirs=fonts, created=AT)).split()
    assert "واحد اثنان ثلاثة" not in copied
    assert {"واحد", "اثنان", "ثلاثة"} & set(copied) != {"واحد", "اثنان", "ثلاثة"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_says_its_language_title_and_pages(letter, language):
    read = PdfReader(BytesIO(letter(language)))

    assert str(read.root_object["/Lang"]) == language
    assert read.metadata is not None
    assert read.metadata.title == sheet(language).subject
    assert len(read.pages) == 2
    assert [page.mediabox[2:] for page in read.pages] == [[595.2756, 841.8898]] * 2
    assert [f"{number} / 2" in page.extract_text() for number, page in enumerate(read.pages, start=1)] == [True, True]
    assert [REFERENCE in page.extract_text() for page in read.pages] == [True, True]


def objects(pdf):
    """Every object of a file that is a dictionary."""
    read = PdfReader(BytesIO(pdf))
    found: list[object] = [read.get_object(number) for number in range(1, len(read.xref[0]) + 1)]
    return [each for each in found if isinstance(each, dict)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_font_is_embedded(letter, language):
    fonts = [each for each in objects(letter(language)) if each.get("/Type") == "/FontDescriptor"]
    assert fonts
    assert [font["/FontName"] for font in fonts if not {"/FontFile2", "/FontFile3"} & font.keys()] == []


def test_heading_and_list_are_tagged_as_such(letter):
    tags = Counter(each["/S"] for each in objects(letter("en")) if each.get("/Type") == "/StructElem")
    assert (tags["/H1"], tags["/L"], tags["/LI"]) == (1, 1, 3)


@pytest.mark.parametrize("paragraphs", range(4, 14))
def test_the_signature_is_not_torn_from_its_last_paragraph(fonts, paragraphs):
    long = sheet("en").body[1]
    one = replace(sheet("en"), body=(*[long] * paragraphs, Passage(("Please accept our assurances.",))))
    last = PdfReader(BytesIO(print_letter(one, font_dirs=fonts, created=AT))).pages[-1].extract_text()

    assert "Please accept our assurances." in last
    assert "Dr. Synthetic Person\nFor the Executive Secretary\nThe Secretariat" in last


def margins(pdf):
    """How much of the page's width is free left and right of the first lines under the letterhead."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        image = page.render(scale=1, grayscale=True).to_pil().crop((0, 115, 595, 220))
        page.close()
    left, _top, right, _bottom = image.point(lambda tone: 255 if tone < 128 else 0).getbbox()
    return left / 595, 1 - right / 595


def test_arabic_begins_at_the_right_edge(fonts):
    for language, side in (("en", 0), ("ar", 1)):
        short = replace(sheet(language), subject="A" if language == "en" else "دعوة", body=(), signature=())
        free = margins(print_letter(short, font_dirs=fonts, created=AT))
        assert free[side] == pytest.approx(25 / 210, abs=0.01)
        assert free[1 - side] > 0.4


def test_equal_letters_have_equal_bytes(letter):
    assert letter("ar") == letter("ar")


@pytest.mark.parametrize(
    "name", ["Nguyễn Thị Ánh", "Ștefan Žižek", "Қанат", "Γεώργιος", "नेहा", "臺灣", "山田さくら", "محمد علی ہاشمی"]
)
def test_names_in_many_scripts_are_shown(fonts, name):
    assert print_letter(replace(sheet("en"), addressee=name), font_dirs=fonts, created=AT).startswith(b"%PDF")


@pytest.mark.parametrize(("name", "signs"), [("김민수", "김민수"), ("Amal 😀", "😀"), ("ⵎⴰⵙⵉⵏ", "ⴰⵉⵎⵏⵙ")])
def test_a_name_in_a_script_without_a_font_is_refused_with_its_signs(fonts, name, signs):
    with pytest.raises(Undisplayable) as raised:
        print_letter(replace(sheet("en"), addressee=name), font_dirs=fonts, created=AT)
    assert raised.value.signs == signs


def test_what_people_wrote_is_never_run(fonts):
    written = '#panic("no") $x$ *b* _i_ @ref <label> \\ // http://a.example'
    pdf = print_letter(replace(sheet("en"), subject=written), font_dirs=fonts, created=AT)
    assert unspaced(written) in unspaced(by_pdfium(pdf))


@pytest.mark.parametrize(
    ("written", "set_as"),
    [
        ("الإخطار 2014-012 اليوم", "الإخطار \u20662014-012\u2069 اليوم"),
        ("قبولكم، حتى 17:00", "قبولكم\u200f، حتى 17:00"),
        ("15–19 يونيو", "15\u200f–\u200f19 يونيو"),
        ("413 Example Street", "\u2066413 Example Street\u2069"),
        ("يُرجى الردّ", "يرجى الرد"),
        ("a\tb", "\u2066a b\u2069"),
        ("", ""),
    ],
)
def test_arabic_made_ready_for_paper(written, set_as):
    assert for_paper(written, "ar") == set_as


def test_other_languages_are_left_as_they_are_but_for_form():
    assert for_paper("Ame\u0301lie: 2014-012, 15–19", "fr") == "Amélie: 2014-012, 15–19"
