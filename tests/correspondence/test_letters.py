"""Every letter says what it must, in every language, and nothing of its own accord."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from correspondence.facts import Days, Fact, Moment, told
from correspondence.kinds import KINDS, Form
from correspondence.models import Letterhead
from correspondence.queries.letters import known_language, render
from tests.correspondence.outbox import FACTS

pytestmark = pytest.mark.django_db

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
CALL: Mapping[str, Fact] = {
    "name": "Amal",
    "party": "Côte d'Ivoire",
    "programme": "Capacity-building workshops",
    "workshop": "Workshop for West Africa",
    "dates": Days(date(2014, 6, 15), date(2014, 6, 19)),
    "city": "Dakar",
    "country": "Senegal",
    "deadline": Moment(datetime(2014, 3, 21, 23, 59, tzinfo=UTC), "Africa/Dakar"),
    "symbol": "2014-012",
    "seats": 2,
    "file_reference": "SCBD/ABS/SBG/ET/ab/83361",
    "issued": Days(date(2014, 1, 6), date(2014, 1, 6)),
    "areas": "Ecosystem restoration",
    "thanks": "The Secretariat is grateful to the Government of Senegal for hosting the workshop.",
    "languages": "English and French",
    "web": "https://planner.example/workshops/dakar-2014/",
    "mandate": "decision XI/16, paragraph 5",
    "objective": "To support targets 5, 11 and 15.",
    "profiles": "– national biodiversity experts;\n– national experts in planning.",
    "papers": "– an official letter;\n– a curriculum vitae.",
    "criteria": "Participants will be selected on the basis of expertise.",
    "funding": "The Secretariat can finance two experts of each eligible Party.",
}
DEADLINE = "Friday 21 March 2014, 23:59 (time zone Africa/Dakar)"
# What the program may have nothing to say for: an expert of an organization has no Party, a focal point no reference.
MAY_BE_EMPTY = {
    "call-notification": {"file_reference", "areas", "thanks", "languages", "mandate", "criteria", "funding"},
    "call-extension": {"party", "symbol", "reason", "note"},
    "nomination-received": {"party"},
    "selected": {"party", "reason"},
    "reserve": {"reason"},
    "not-selected": {"reason"},
    "invitation": {"party"},
    "invitation-reminder": {"party"},
    "logistics-note": {"reference", "venue", "note"},
    "visa-support": {"party", "reference", "venue"},
    "postponement": {"reference", "reason"},
    "put-off": {"reference", "reason"},
    "moved-online": {"reference", "reason"},
    "certificate": {"party", "reference"},
}


def samples(kind: str) -> dict[str, Fact]:
    """A fact of each form, unlike any other of the same letter."""
    return {name: _sample(number, name, form) for number, (name, form) in enumerate(KINDS[kind].facts.items(), 1)}


def _sample(number: int, name: str, form: Form) -> Fact:
    if form == Form.NUMBER:
        return 9700 + number
    if form == Form.DAYS:
        return Days(date(2014, 6, number), date(2014, 7, number))
    if form == Form.MOMENT:
        return Moment(datetime(2014, 3, number, 14, 0, tzinfo=UTC), "Asia/Amman")
    return f"<{name}>"


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_tells_each_of_its_facts_and_keeps_one_marker(kind: str):
    facts = samples(kind)

    for language in LANGUAGES:
        letter = render(kind, language, facts)
        text = f"{letter.subject}\n{letter.body}"
        words = told(facts, KINDS[kind].facts, language)

        assert [name for name, word in words.items() if word not in text] == [], language
        assert letter.body.count("\n\n{link}\n\n") == text.count("{link}") == KINDS[kind].linked, language
        assert letter.body.count("\n\n{code}\n\n") == text.count("{code}") == KINDS[kind].coded, language
        assert text.count("{") == text.count("}") == KINDS[kind].linked + KINDS[kind].coded, language
        assert letter.version == 0


@pytest.mark.parametrize("kind", MAY_BE_EMPTY)
def test_a_letter_drops_the_lines_it_has_nothing_to_say_for_and_no_other(kind: str):
    facts = samples(kind)
    empty = MAY_BE_EMPTY[kind]

    for language in LANGUAGES:
        full = render(kind, language, facts)
        less = render(kind, language, facts | dict.fromkeys(empty, ""))
        dropped = set(full.body.splitlines()) - set(less.body.splitlines())

        assert less.subject == full.subject, language
        assert set(less.body.splitlines()) < set(full.body.splitlines()), language
        assert all(sum(f"<{name}>" in line for name in empty) == 1 for line in dropped), language
        assert len(dropped) == len(empty), language
        assert "\n\n\n" not in less.body, language


def test_a_call_is_built_like_a_notification():
    letter = render("call-notification", "en", CALL)

    assert letter.subject == "Nominations for the Workshop for West Africa, 15–19 June 2014, Dakar, Senegal"
    assert letter.body.startswith(
        "Notification: 2014-012\n"
        "Reference: SCBD/ABS/SBG/ET/ab/83361\n"
        "Date: 6 January 2014\n"
        "\n"
        "Dear Madam or Sir,\n"
        "\n"
        "The Secretariat has the pleasure of announcing the Workshop for West Africa, to be held in Dakar, Senegal,"
    )
    assert letter.body.endswith(
        "highest consideration.\n"
        "\n"
        "For the Executive Secretary\n"
        "The Secretariat\n"
        "\n"
        "To: Amal, national focal point of Côte d'Ivoire\n"
        f"Action required by: {DEADLINE}\n"
        "Thematic areas: Ecosystem restoration\n"
    )
    steps = [
        "announcing",
        "grateful",
        "Working languages",
        "https://planner.example",
        "decision XI/16",
        "Objective",
        "invited to nominate",
        "national biodiversity experts",
        "official letter",
        "{link}",
        "selected on the basis",
        "finance",
    ]
    assert sorted(steps, key=letter.body.index) == steps
    assert "\n\n\n" not in letter.body


def test_a_letter_is_signed_as_the_letterhead_says_in_its_language():
    Letterhead.objects.create(id=1, organization={"es": "Secretaría del Convenio"}, signatory={"es": "La Directora"})

    body = render("call-notification", "es", CALL).body
    assert body.count("\n\nLa Directora\nSecretaría del Convenio\n") == 1


def test_a_letter_without_a_reason_has_no_gap():
    letter = render("reserve", "en", {**FACTS, "reason": ""})

    assert "Reason given" not in letter.body
    assert "reserve list.\n\nShould a seat become free" in letter.body


def test_a_reason_keeps_its_lines():
    facts: dict[str, Fact] = {
        "name": "Amal",
        "party": "Jordan",
        "programme": "P",
        "version": 1,
        "reason": "1. The unit.\r\n2. The year.",
    }

    assert "\n1. The unit.\n2. The year.\n" in render("submission-returned", "en", facts).body


def test_equal_facts_give_equal_letters():
    assert render("call-notification", "fr", CALL) == render("call-notification", "fr", CALL)


def test_a_fact_cannot_break_the_subject_or_plant_a_link_or_a_placeholder():
    facts = {**CALL, "workshop": "Title\r\nBcc: all@ministry.example\x07", "city": "{link}", "country": "{symbol}"}

    letter = render("call-notification", "en", facts)

    assert letter.subject == "Nominations for the Title Bcc: all@ministry.example, 15–19 June 2014, link, {symbol}"
    assert letter.body.count("{link}") == 1


def test_a_subject_fits_its_column():
    subject = render("acceptance-received", "en", {**FACTS, "workshop": "long " * 100}).subject

    assert len(subject) == 300
    assert subject.endswith("…")


def test_an_unknown_kind_is_a_fault_of_the_program():
    with pytest.raises(LookupError, match="love-letter"):
        render("love-letter", "en", {})


@pytest.mark.parametrize("facts", [{"name": "Amal"}, {**FACTS, "city": "Amman"}])
def test_missing_and_further_facts_are_faults_of_the_program(facts: dict[str, Fact]):
    with pytest.raises(ValueError, match="missing or not known"):
        render("acceptance-received", "en", facts)


@pytest.mark.parametrize("wrong", [{"seats": "2"}, {"seats": True}, {"dates": "June"}, {"deadline": CALL["dates"]}])
def test_a_fact_of_another_form_is_a_fault_of_the_program(wrong: dict[str, Fact]):
    with pytest.raises(ValueError, match=f"not of their form: {next(iter(wrong))}"):
        render("call-notification", "en", {**CALL, **wrong})


@pytest.mark.parametrize(("asked", "written"), [("fr", "fr"), ("", "en"), ("de", "en")])
def test_letters_fall_back_to_the_language_of_the_house(asked: str, written: str):
    assert known_language(asked) == written
    assert render("call-notification", asked, CALL) == render("call-notification", written, CALL)
