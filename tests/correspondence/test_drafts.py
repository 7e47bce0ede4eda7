"""What a template may hold: the shipped ones pass, and each fault is refused beside its field."""

import pytest

from accounts.errors import Invalid
from correspondence.drafts import check, faults, faults_of_letter, tidy
from correspondence.kinds import KINDS
from correspondence.queries.templates import lost, shipped

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
SUBJECT = "Invitation to the {workshop}"
BODY = "Dear {name},\n\nPlease answer by {respond_by}.\n\n{link}\n\n{signatory}\n"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_shipped_template_may_be_saved_as_it_is(kind: str, language: str):
    source = shipped(kind, language)

    assert [str(fault) for fault in faults(kind, source.subject, source.body)] == []
    assert tidy(source.subject, source.body) == (source.subject, source.body)


@pytest.mark.parametrize(
    ("subject", "body", "field", "code", "named"),
    [
        ("", BODY, "subject", "empty", ""),
        (" \t", BODY, "subject", "empty", ""),
        (SUBJECT, " \n \n", "body", "empty", ""),
        ("x" * 301, BODY, "subject", "too_long", "300"),
        (SUBJECT, BODY + "x" * 20_000, "body", "too_long", "20000"),
        ("Two\nlines", BODY, "subject", "line_break", ""),
        ("Two\r\nBcc: all@ministry.example", BODY, "subject", "line_break", ""),
        ("Two\u2028lines", BODY, "subject", "line_break", ""),
        ("A\x07bell", BODY, "subject", "control_character", "U+0007"),
        (SUBJECT, BODY + "a\x0bb", "body", "control_character", "U+000B"),
        (SUBJECT, BODY + "\x85x", "body", "control_character", "U+0085"),
        (SUBJECT, BODY + "\ud800", "body", "control_character", "U+D800"),
        (SUBJECT, BODY + "{deadlin}", "body", "placeholder_unknown", "{deadlin}"),
        (SUBJECT, BODY + "{deadline}", "body", "placeholder_unknown", "{deadline}"),
        (SUBJECT, BODY + "{Name}", "body", "placeholder_unknown", "{Name}"),
        (SUBJECT, BODY + "{ name }", "body", "placeholder_unknown", "{ name }"),
        (SUBJECT, BODY + "{}", "body", "placeholder_unknown", "{}"),
        ("{nmae}", BODY, "subject", "placeholder_unknown", "{nmae}"),
        (SUBJECT, BODY + "a {name", "body", "brace_stray", "“a {name”"),
        (SUBJECT, BODY + "name} b", "body", "brace_stray", "“name} b”"),
        (SUBJECT, BODY + "{{name}}", "body", "brace_stray", "{}"),
        (SUBJECT, BODY + "{na\nme}", "body", "brace_stray", "“{na”"),
        ("{name", BODY, "subject", "brace_stray", "“{name”"),
        ("{link}", BODY, "subject", "placeholder_not_in_subject", "{link}"),
        (SUBJECT, "Dear {name},\n", "body", "link_missing", "{link}"),
        (SUBJECT, BODY + "\n{link}\n", "body", "link_repeated", "{link}"),
        (SUBJECT, "Answer here: {link}\n", "body", "link_not_alone", "{link}"),
        (SUBJECT, "Answer here:\n{link}\n\nBye\n", "body", "link_not_alone", "{link}"),
        (SUBJECT, "{link}\nBye\n", "body", "link_not_alone", "{link}"),
    ],
)
def test_a_fault_is_named_beside_its_field(subject: str, body: str, field: str, code: str, named: str):
    found = [(fault.field, fault.code, str(fault)) for fault in faults("invitation", *tidy(subject, body))]

    assert [(each[0], each[1]) for each in found] == [(field, code)]
    assert named in found[0][2]
    with pytest.raises(Invalid) as refused:
        check("invitation", *tidy(subject, body))
    assert refused.value.code == code


def test_an_unknown_placeholder_is_answered_with_those_there_are():
    (fault,) = faults("decline-received", "Refusal", "Dear {name}, {city}\n")

    assert str(fault) == (
        "{city} is no placeholder of this letter. It knows {name}, {workshop}, {reference}, {secretariat}, {signatory}."
    )


def test_a_letter_without_a_personal_address_takes_none():
    (fault,) = faults("decline-received", "Refusal", "Dear {name},\n\n{link}\n")

    assert (fault.code, str(fault)) == ("link_unknown", "This letter carries no personal link; take {link} out.")


CODE_BODY = "Dear {name}, until {until}\n\n{code}\n\n{signatory}\n"


@pytest.mark.parametrize(
    ("subject", "body", "field", "code"),
    [
        ("Code {code}", CODE_BODY, "subject", "placeholder_not_in_subject"),
        ("Until {until}", "Dear {name}, until {until}\n", "body", "code_missing"),
        ("Until {until}", CODE_BODY + "\n{code}\n", "body", "code_repeated"),
        ("Until {until}", "Dear {name}, your code is {code}\n", "body", "code_not_alone"),
        ("Until {until}", CODE_BODY + "\n{link}\n", "body", "link_unknown"),
    ],
)
def test_a_code_to_sign_in_has_its_place(subject: str, body: str, field: str, code: str):
    (fault,) = faults("sign-in-code", *tidy(subject, body))

    assert (fault.field, fault.code) == (field, code)


def test_no_other_letter_carries_a_code():
    (fault,) = faults("decline-received", "Refusal", "Dear {name},\n\n{code}\n")
    assert fault.code == "placeholder_unknown"

    held = list(faults_of_letter("Your {code}", "Dear Amal,\n\n{code}\n", linked=False))
    assert [(each.field, each.code) for each in held] == [("subject", "code_unknown"), ("body", "code_unknown")]


def test_a_reason_of_several_lines_has_no_place_in_a_subject():
    (fault,) = faults("reserve", "Reserve: {reason}", "Dear {name}\n")

    assert (fault.field, fault.code) == ("subject", "placeholder_not_in_subject")


def test_every_fault_of_a_draft_is_told_at_once():
    codes = [fault.code for fault in faults("invitation", "{x}", "{y} {\n")]

    assert codes == ["placeholder_unknown", "placeholder_unknown", "brace_stray", "link_missing"]


def test_more_than_one_empty_line_round_the_address_is_taken():
    assert list(faults("invitation", SUBJECT, "Dear\n\n\n{link}\n\n\n\nBye\n")) == []


def test_a_draft_is_written_in_one_way():
    subject, body = tidy(" Subject ", "\r\n\r\nDear\t{name},  \r\nsecond\rthird\u2028fourth\n\n\n")

    assert subject == "Subject"
    assert body == "Dear {name},\nsecond\nthird\nfourth\n"


@pytest.mark.parametrize("kind", KINDS)
def test_a_shipped_letter_says_all_it_is_told(kind: str):
    source = shipped(kind, "en")

    assert lost(kind, source.subject, source.body) == []


def test_what_a_draft_no_longer_says_is_named():
    assert lost("call-reminder", "Call {symbol}", "Dear {name} of {party}: {workshop}\n\n{link}\n\n{signatory}") == [
        "deadline",
        "secretariat",
    ]
