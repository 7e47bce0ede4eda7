"""Every letter says what it must, in every language, and nothing of its own accord."""

import pytest

from correspondence.queries.letters import LETTERS, LINKED, known_language, render
from tests.correspondence.outbox import FACTS

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
CALL = {
    "name": "Amal",
    "party": "Côte d'Ivoire",
    "programme": "Capacity-building workshops",
    "workshop": "Workshop for West Africa",
    "dates": "15–19 June 2014",
    "city": "Dakar",
    "country": "Senegal",
    "deadline": "21 March 2014, 23:59 (Africa/Dakar)",
    "symbol": "2014-012",
    "seats": "2",
}


@pytest.mark.parametrize("kind", LETTERS)
def test_a_letter_tells_each_of_its_facts_and_keeps_one_marker(kind: str):
    facts = {fact: f"«{fact}»" for fact in LETTERS[kind]}

    for language in LANGUAGES:
        letter = render(kind, language, facts)
        text = f"{letter.subject}\n{letter.body}"

        assert [fact for fact, value in facts.items() if value not in text] == [], language
        assert letter.body.count("{link}") == (kind in LINKED), language
        assert "{link}" not in letter.subject, language
        assert [mark for mark in ("{{", "}}", "{%", "%}") if mark in text] == [], language


def test_a_call_is_built_like_a_notification():
    letter = render("call-notification", "en", CALL)

    assert letter.subject == "Nominations for the Workshop for West Africa, 15–19 June 2014, Dakar, Senegal"
    assert letter.body.startswith(
        "Notification: 2014-012\n"
        "To: Amal, national focal point of Côte d'Ivoire\n"
        "Action required by: 21 March 2014, 23:59 (Africa/Dakar)\n"
        "\n"
        "Dear Madam or Sir,\n"
        "\n"
        "The Secretariat has the pleasure of announcing the Workshop for West Africa, to be held in Dakar, Senegal,"
    )
    assert letter.body.endswith("highest consideration.\n\nFor the Executive Secretary\nThe Secretariat\n")
    steps = [
        "announcing",
        "invited to nominate",
        "(a)",
        "(b)",
        "official letter",
        "curriculum vitae",
        "{link}",
        "selected on the basis",
    ]
    assert sorted(steps, key=letter.body.index) == steps
    assert "\n\n\n" not in letter.body


def test_a_letter_without_a_reason_or_party_has_no_gap():
    letter = render("reserve", "en", {**FACTS, "reason": ""})

    assert "Reason given" not in letter.body
    assert "\n\n\n" not in letter.body


def test_a_reason_keeps_its_lines():
    facts = {
        "name": "Amal",
        "party": "Jordan",
        "programme": "P",
        "version": "1",
        "reason": "1. The unit.\r\n2. The year.",
    }

    assert "\n1. The unit.\n2. The year.\n" in render("submission-returned", "en", facts).body


def test_equal_facts_give_equal_letters():
    assert render("call-notification", "fr", CALL) == render("call-notification", "fr", CALL)


def test_a_fact_cannot_break_the_subject_or_plant_a_link():
    facts = {**CALL, "workshop": "Title\r\nBcc: all@ministry.example\x07", "city": "{link}"}

    letter = render("call-notification", "en", facts)

    assert letter.subject == "Nominations for the Title Bcc: all@ministry.example, 15–19 June 2014, link, Senegal"
    assert letter.body.count("{link}") == 1


def test_a_subject_fits_its_column():
    subject = render("acceptance-received", "en", {**FACTS, "workshop": "long " * 100}).subject

    assert len(subject) == 300
    assert subject.endswith("…")


def test_an_unknown_kind_is_a_fault_of_the_program():
    with pytest.raises(LookupError, match="selected"):
        render("selected", "en", {})


@pytest.mark.parametrize("facts", [{"name": "Amal"}, {**FACTS, "city": "Amman"}])
def test_missing_and_further_facts_are_faults_of_the_program(facts: dict[str, str]):
    with pytest.raises(ValueError, match="missing or not known"):
        render("acceptance-received", "en", facts)


@pytest.mark.parametrize(("asked", "written"), [("fr", "fr"), ("", "en"), ("de", "en")])
def test_letters_fall_back_to_the_language_of_the_house(asked: str, written: str):
    assert known_language(asked) == written
