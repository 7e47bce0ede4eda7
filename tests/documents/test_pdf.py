from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import BytesIO

import pytest
import typst
from page import ValidationProfile, validate_pdf_bytes
from pypdf import PdfReader

from documents.canonical import canonical_json
from documents.pdf import FAMILIES, MissingFonts, Undisplayable, named, render_pdf, without_picture
from documents.press import PressFailed, print_pdf

AT = datetime(2014, 10, 6, tzinfo=UTC)
SOURCE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: "Title")
#set text(font: ("Noto Sans", "Amiri", "Noto Sans SC"), lang: "en")
#data.text
"""
WAYS = [render_pdf, print_pdf]


@pytest.fixture
def fonts(settings):
    return settings.FONT_DIRS


def text_of(pdf):
    return PdfReader(BytesIO(pdf)).pages[0].extract_text()


@pytest.mark.parametrize("way", WAYS)
def test_what_people_wrote_is_shown_and_never_run(fonts, way):
    data = {"text": '#panic("no") $x$ *b* </script> "; Восстановить 恢复'}
    assert text_of(way(SOURCE, data, font_dirs=fonts, created=AT)) == data["text"]


@pytest.mark.parametrize("way", WAYS)
def test_equal_content_has_equal_bytes(fonts, way):
    one, other = (way(SOURCE, {"text": "a"}, font_dirs=fonts, created=AT) for _ in range(2))
    assert one == other == render_pdf(SOURCE, {"text": "a"}, font_dirs=fonts, created=AT)


def test_a_stream_that_ends_like_a_line_is_given_a_byte_more(fonts, monkeypatch):
    """One stream in 256 ends with a carriage return; the checker and others then doubt its length."""
    texts = ({"text": f"{number**5} " * (number % 7) + "."} for number in range(3000))
    printed = ((each, render_pdf(SOURCE, each, font_dirs=fonts, created=AT)) for each in texts)
    doubtful, mended = next((each, pdf) for each, pdf in printed if b"\r\0\nendstream" in pdf)

    for profile in (ValidationProfile.PDF_UA_1, ValidationProfile.PDF_A_2A):
        assert [str(each) for each in validate_pdf_bytes(mended, profile=profile).failures] == []
    assert PdfReader(BytesIO(mended), strict=True).pages[0].extract_text() == doubtful["text"]
    monkeypatch.setattr("documents.pdf._plain_ends", lambda pdf: pdf)
    found = validate_pdf_bytes(
        render_pdf(SOURCE, doubtful, font_dirs=fonts, created=AT), profile=ValidationProfile.PDF_A_2A
    ).failures
    assert "Length" in str(found[0])


@pytest.mark.parametrize("way", WAYS)
def test_a_character_without_a_font_is_an_error_unless_allowed(fonts, way):
    with pytest.raises(Undisplayable) as raised:
        way(SOURCE, {"text": "a 김 b 😀\ue000"}, font_dirs=fonts, created=AT)
    assert raised.value.signs == "김\ue000😀"
    assert way(SOURCE, {"text": "김"}, font_dirs=fonts, created=AT, standards=()).startswith(b"%PDF")


def test_the_sign_is_named_and_not_the_letter_that_it_stands_on(fonts):
    with pytest.raises(Undisplayable) as raised:
        render_pdf(SOURCE, {"text": "e\u20e3"}, font_dirs=fonts, created=AT)
    assert raised.value.signs == "\u20e3"


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("", ""),
        ("\t\r\n \u3000\u200d\u200f\u2066", ""),
        ('Amal "Ángel" \\ محمد 王 नेहा e\u0301', ""),
        ("Amal 😀 김 😀", "김😀"),
        ("".join(chr(0xAC00 + number) for number in range(30)), "".join(chr(0xAC00 + number) for number in range(20))),
    ],
)
def test_signs_without_a_picture_are_found(text, signs, fonts):
    assert without_picture(text, font_dirs=fonts) == signs


def test_some_signs_are_named():
    assert named("김😀") == "김 (U+AE40), 😀 (U+1F600)"
    assert named("abcdefg") == "a (U+0061), b (U+0062), c (U+0063), d (U+0064), e (U+0065) …"


def test_every_family_named_is_installed(fonts):
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(fonts)).families()
    assert sorted(found) == sorted(FAMILIES)


@pytest.mark.parametrize("way", WAYS)
def test_missing_fonts_are_named_before_a_page_is_set(tmp_path, way):
    with pytest.raises(MissingFonts, match="Amiri, Noto Sans, Noto Sans SC not found"):
        way(SOURCE, {"text": "a"}, font_dirs=[tmp_path], created=AT)


def test_a_fault_in_the_template_and_too_long_a_run_are_told(fonts):
    with pytest.raises(PressFailed, match="unknown variable"):
        print_pdf(SOURCE + "#nothing", {"text": "a"}, font_dirs=fonts, created=AT)
    with pytest.raises(PressFailed, match="not done after 0"):
        print_pdf(SOURCE, {"text": "a"}, font_dirs=fonts, created=AT, seconds=0)


def test_canonical_json_is_sorted_compact_and_plain():
    assert canonical_json({"b": ["é", 1, None], "a": {"d": True, "c": "1.50"}}) == (
        '{"a":{"c":"1.50","d":true},"b":["é",1,null]}'.encode()
    )
    with pytest.raises(TypeError, match="float"):
        canonical_json({"a": [{"b": 1.5}]})


def test_threads_wait_for_each_other(fonts):
    """The compiler refuses a second thread; two previews at once are both shown."""
    texts = [{"text": f"letter {number} " * 200} for number in range(8)]
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda each: render_pdf(SOURCE, each, font_dirs=fonts, created=AT), texts))
    assert [text_of(pdf).split()[:2] for pdf in made] == [["letter", str(number)] for number in range(8)]
