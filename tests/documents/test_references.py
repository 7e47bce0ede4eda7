"""Reference numbers, alone and with the date printed onto them (E32)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.dates import long_day, short_day
from documents.references import Reference, UnclearReference, parse

SCBD = "SCBD/ABS/SBG/ET/ab"
PRINTED = Reference(SCBD, 83361, date(2014, 3, 21))
FIRST, LAST = date(1990, 1, 1), date(2040, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=each) for each in range((LAST - FIRST).days + 1)]


def english(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


UNMISTAKABLE = {
    "english": english,
    "padded": lambda day: f"{day:%d %B %Y}",
    "short": lambda day: f"{day.day} {day:%b %Y}",
    "close": lambda day: f"{day.day}{day:%B%Y}",
    "month first": lambda day: f"{day:%B} {day.day}, {day.year}",
    "french": lambda day: long_day(day, "fr"),
    "french short": lambda day: short_day(day, "fr"),
    "spanish": lambda day: long_day(day, "es"),
    "spanish short": lambda day: short_day(day, "es"),
    "russian": lambda day: long_day(day, "ru"),
    "arabic": lambda day: long_day(day, "ar"),
    "chinese": lambda day: long_day(day, "zh"),
    "iso": lambda day: day.isoformat(),
}
DOUBTFUL = {
    "day, month": lambda day: f"{day:%d/%m/%Y}",
    "month, day": lambda day: f"{day.month}/{day.day}/{day.year}",
    "dots": lambda day: f"{day.day}.{day.month}.{day.year}",
    "compact": lambda day: f"{day:%Y%m%d}",
}


def test_e32_a_number_and_a_date_printed_together():
    assert parse("SCBD/ABS/SBG/ET/ab/8336121 March 2014") == PRINTED
    assert str(PRINTED) == "SCBD/ABS/SBG/ET/ab/83361"


@pytest.mark.parametrize(
    "text",
    [
        "SCBD/ABS/SBG/ET/ab/83361 21 March 2014",
        "SCBD/ABS/SBG/ET/ab/83361\n21 March 2014",
        "SCBD/ABS/SBG/ET/ab/83361, dated 21 March 2014.",
        "SCBD/ABS/SBG/ET/ab/83361 (21 March 2014)",
        "SCBD/ABS/SBG/ET/ab/8336121st of March, 2014",
        "Our ref.: scbd / ABS / SBG / ET / ab / 83361 - 21 March 2014",
        "Référence : SCBD/ABS/SBG/ET/ab/8336121 mars 2014",
        "SCBD/ABS/SBG/ET/ab/83361 de fecha 21 de marzo de 2014",
        "SCBD/ABS/SBG/ET/ab/8336121 de Marzo del 2014",
        "SCBD/ABS/\u200bSBG/ET/\u00adab/83361\u00a021\u202fMarch\u20092014",
        "SCBD/ABS/SBG/ET/ab83361–21‑March‑2014",
        "SCBD/ABS/SBG/ET/ab/٨٣٣٦١٢١ مارس ٢٠١٤",
        "SCBD/ABS/SBG/ET/ab/8336121/03/2014",
        "SCBD/ABS/SBG/ET/ab/8336103/21/2014",
        "SCBD/ABS/SBG/ET/ab/833612014年3月21日",
    ],
)
def test_one_letter_written_in_many_ways(text):
    assert parse(text) == PRINTED


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("SCBD/SPS/CG/MPM/JSH/86004", Reference("SCBD/SPS/CG/MPM/JSH", 86004)),
        ("SCBD/SPS/CG/JL/JA/JG/85697", Reference("SCBD/SPS/CG/JL/JA/JG", 85697)),
        ("SCBD/SAM/RH/SBG/LM/AAS/85567", Reference("SCBD/SAM/RH/SBG/LM/AAS", 85567)),
        ("SCBD/SAM/RH/SBG/LM/AAS/00567", Reference("SCBD/SAM/RH/SBG/LM/AAS", 567)),
        ("SCBD/SAM/RH", Reference("SCBD/SAM/RH")),
        ("SCBD/SAM/RH/21 March 2014", Reference("SCBD/SAM/RH", None, date(2014, 3, 21))),
        ("2015-044", Reference("2015-044")),
        ("2015-044 (17 April 2015)", Reference("2015-044", None, date(2015, 4, 17))),
        ("Note 12/2014 of 21 March 2014", Reference("Note 12/2014", None, date(2014, 3, 21))),
        ("21 March 2014", Reference("", None, date(2014, 3, 21))),
        ("", Reference("")),
    ],
)
def test_references_with_one_reading(text, reference):
    assert parse(text) == reference


def test_a_number_of_the_secretariat_is_written_with_its_five_digits():
    assert str(Reference("SCBD/SAM", 567)) == "SCBD/SAM/00567"
    assert str(Reference("2015-044", None, date(2015, 4, 17))) == "2015-044"


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("SCBD/ABS/8336121", [Reference("SCBD/ABS", 83361)]),
        ("SCBD/ABS/83361 March 2014", [Reference("SCBD/ABS", 83361)]),
        ("SCBD/ABS/8336131 February 2014", [Reference("SCBD/ABS", 83361)]),
        ("SCBD/ABS/8336121 March 14", [Reference("SCBD/ABS", 83361)]),
        ("SCBD/ABS/8336121 March 20143", [Reference("SCBD/ABS", 83361)]),
        ("SCBD/ABS/833612 1 March 2014", [Reference("SCBD/ABS", 83361, date(2014, 3, 21))]),
        (
            "SCBD/ABS/8336101/02/2014",
            [Reference("SCBD/ABS", 83361, date(2014, 1, 2)), Reference("SCBD/ABS", 83361, date(2014, 2, 1))],
        ),
        ("SCBD/ABS/8336", []),
        ("SCBD/ABS/336 March 2014", []),
        ("Letter SCBD/ABS/8336121", []),
        (
            "MFA/4521 March 2014",
            [Reference("MFA/452", None, date(2014, 3, 1)), Reference("MFA/45", None, date(2014, 3, 21))],
        ),
        ("MFA/45 March 2014", [Reference("MFA/4", None, date(2014, 3, 5))]),
        ("SCBD/ABS/83361 " + "and so on " * 30, []),
    ],
)
def test_e32_what_is_not_clear_is_asked(text, readings):
    with pytest.raises(UnclearReference) as asked:
        parse(text)
    assert asked.value.readings == tuple(readings)


@pytest.mark.parametrize("form", UNMISTAKABLE)
def test_e32_every_day_of_half_a_century_parts_from_the_number(form):
    wrong = [day for day in EVERY_DAY if parse(f"{SCBD}/83361{UNMISTAKABLE[form](day)}") != Reference(SCBD, 83361, day)]
    assert wrong == []


@given(
    st.integers(0, 99_999),
    st.dates(FIRST, LAST),
    st.sampled_from(sorted(UNMISTAKABLE)),
    st.sampled_from(["", " ", ", ", "/"]),
)
def test_e32_every_number_parts_from_its_day(number, day, form, between):
    text = f"{SCBD}/{number:05}{between}{UNMISTAKABLE[form](day)}"
    assert parse(text) == Reference(SCBD, number, day)


@given(st.integers(0, 99_999), st.dates(FIRST, LAST), st.sampled_from(sorted(DOUBTFUL)))
def test_e32_a_day_in_figures_is_read_rightly_or_asked(number, day, form):
    try:
        read = [parse(f"{SCBD}/{number:05}{DOUBTFUL[form](day)}")]
    except UnclearReference as asked:
        read = list(asked.readings)
        assert len(read) > 1
    assert Reference(SCBD, number, day) in read


@given(st.integers(0, 9_999_999), st.dates(FIRST, LAST), st.sampled_from(["MFA/", "MFA-", "No. 7."]))
def test_a_number_of_unknown_length_is_never_parted_from_a_day_printed_onto_it(number, day, form):
    with pytest.raises(UnclearReference) as asked:
        parse(f"{form}{number}{english(day)}")
    assert Reference(f"{form}{number}", None, day) in asked.value.readings


@given(st.text(max_size=60))
def test_any_text_is_read_or_asked_and_never_a_number_of_more_digits(text):
    for each in (text, f"SCBD/{text}", f"SCBD/ABS/83361{text}"):
        try:
            read = parse(each)
        except UnclearReference:
            continue
        assert read.number is None or 0 <= read.number <= 99_999


@given(st.integers(0, 99_999))
def test_what_is_written_is_read_again(number):
    assert parse(str(Reference(SCBD, number))) == Reference(SCBD, number)
