"""The templates shipped with the program: complete in six languages, each within what its kind may say."""

import re
from pathlib import Path

import pytest

from correspondence.kinds import KINDS, Form
from correspondence.queries.letters import PLACEHOLDER
from correspondence.queries.templates import shipped

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
LETTERS = Path(__file__).parents[2] / "correspondence" / "letters"
EVERY = [(kind, language) for kind in KINDS for language in LANGUAGES]
CLOSING = {
    "ar": "وتفضلوا بقبول أسمى آيات التقدير والاحترام.",
    "zh": "顺致最崇高的敬意。",
    "en": "Please accept the assurances of our highest consideration.",
    "fr": "Veuillez agréer, Madame, Monsieur, les assurances de notre très haute considération.",
    "ru": "Примите уверения в нашем самом высоком уважении.",
    "es": "Le rogamos acepte las seguridades de nuestra consideración más distinguida.",
}
# What is not written in a language: signs of another, and in French an ordinary space where a line must not break.
FOREIGN_SIGNS = {
    "ar": r"[,;?]",
    "zh": r"[,;?]|[^A-Za-z]:|[\u4e00-\u9fff][(.]",
    "en": r"[«»،，]| [,;:!?]",
    "fr": r"(?<!\u00a0)[:;!?»]|«(?!\u00a0)|[\"“”']",
    "ru": r"[\"“”']| [,;:!?»]|« ",
    "es": r"[\"«»']| [,;:!?”]|“ ",
}


def test_every_kind_is_written_in_every_language_and_nothing_else_is():
    written = {str(path.relative_to(LETTERS)) for path in LETTERS.rglob("*") if path.is_file()}

    assert written == {f"{kind}/{language}.txt" for kind, language in EVERY}


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_a_template_uses_every_placeholder_of_its_kind_and_no_other(kind: str, language: str):
    source = shipped(kind, language)
    text = f"{source.subject}\n{source.body}"

    assert set(PLACEHOLDER.findall(text)) == set(KINDS[kind].placeholders)
    assert re.findall(r"[{}]", PLACEHOLDER.sub("", text)) == []


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_a_subject_is_one_line_without_what_stands_in_no_subject(kind: str, language: str):
    forms = KINDS[kind].placeholders
    named = PLACEHOLDER.findall(shipped(kind, language).subject)

    assert named
    assert [name for name in named if forms[name] in {Form.LINK, Form.CODE, Form.LINES}] == []


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_a_letter_closes_with_respect_and_the_signature(kind: str, language: str):
    body = shipped(kind, language).body
    _text, signed, foot = body.partition("\n\n{signatory}\n{secretariat}\n")

    assert signed
    assert foot == "" or kind == "call-notification"  # whose foot says who must act, and by when (domain, 2.2)
    assert body.count(CLOSING[language]) == (kind != "certificate")  # a certificate is addressed to nobody


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_a_template_is_written_with_the_signs_of_its_language(kind: str, language: str):
    text = (LETTERS / kind / f"{language}.txt").read_text(encoding="utf-8")
    strange = re.findall(FOREIGN_SIGNS[language], text)

    assert strange == []
    assert re.findall(r"  |[ \t]\n|\n\n\n|\r|\t", text) == []
    assert text.count("{link}") == text.count("\n\n{link}\n\n") == KINDS[kind].linked
    assert text.count("{code}") == text.count("\n\n{code}\n\n") == KINDS[kind].coded


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_in_support_of_a_visa_promises_no_money(language: str):
    money = {
        "ar": "ولا يترتب عليها أي التزام",
        "zh": "不构成秘书处对旅费或逗留费用的任何承诺",
        "en": "entails no undertaking",
        "fr": "n’emporte aucun engagement",
        "ru": "не налагает на Секретариат каких-либо обязательств",
        "es": "no entraña compromiso alguno",
    }

    assert money[language] in shipped("visa-support", language).body
