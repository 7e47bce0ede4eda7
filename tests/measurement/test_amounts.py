from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measurement.amounts import Amount, Doubt, DoubtfulAmount, parse_amount
from measurement.quantities import read_quantity


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("882.86", "882.86"),
        ("465290", "465290"),
        (" 104 013 ", "104013"),
        ("10\u202f761\u00a0076", "10761076"),
        ("0.125", "0.125"),
        ("1234.567", "1234.567"),
        ("١٢٣٤٫٥", "1234.5"),
        ("١٬٩٤٩٬٢٥٣", "1949253"),
        ("1/4", "0.25"),
    ],
)
def test_plain_numbers_are_read(text, value):
    assert parse_amount(text) == Amount(Decimal(value))


def test_from_and_to_are_kept_apart():
    assert parse_amount("9.1->4") == Amount(value=Decimal(4), start=Decimal("9.1"))
    assert parse_amount("6000 → 10000") == Amount(value=Decimal(10000), start=Decimal(6000))


def test_two_thirds_is_a_fraction():
    assert parse_amount("2/3").value.quantize(Decimal("0.0001")) == Decimal("0.6667")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("17;14;16", Doubt.SEVERAL_NUMBERS),
        ("414,3", Doubt.DECIMAL_OR_THOUSANDS),
        ("1.949.253", Doubt.DECIMAL_OR_THOUSANDS),
        ("1,949,253", Doubt.DECIMAL_OR_THOUSANDS),
        ("1 000.000", Doubt.DECIMAL_OR_THOUSANDS),
        ("1.949", Doubt.DECIMAL_OR_THOUSANDS),
        ("2020-2025", Doubt.SEVERAL_NUMBERS),
        ("1->2->3", Doubt.SEVERAL_NUMBERS),
        ("1/0", Doubt.ZERO_DENOMINATOR),
        ("halved", Doubt.NOT_A_NUMBER),
        ("-5", Doubt.NOT_A_NUMBER),
        ("1e6", Doubt.NOT_A_NUMBER),
        ("NaN", Doubt.NOT_A_NUMBER),
        ("", Doubt.EMPTY),
        ("->4", Doubt.EMPTY),
    ],
)
def test_e36_a_doubtful_number_is_never_guessed(text, why):
    with pytest.raises(DoubtfulAmount) as refusal:
        parse_amount(text)
    assert refusal.value.why is why
    assert refusal.value.text == text


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        ("414,3", ",", "414.3"),
        ("100 074,3", ",", "100074.3"),
        ("1.949.253", ",", "1949253"),
        ("1,949,253", ".", "1949253"),
        ("1 000.000", ".", "1000.000"),
        ("1.949", ".", "1.949"),
        ("1.949", ",", "1949"),
    ],
)
def test_e36_the_locale_of_the_record_decides(text, mark, value):
    assert parse_amount(text, decimal_mark=mark) == Amount(Decimal(value))


@pytest.mark.parametrize(("text", "mark"), [("1,949.253,5", "."), ("1.5,2,3", ","), ("12,34", "."), ("1 000,000", ".")])
def test_a_number_that_fits_no_locale_stays_in_doubt(text, mark):
    with pytest.raises(DoubtfulAmount):
        parse_amount(text, decimal_mark=mark)


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("882.86 km2", "km2", Amount(Decimal("882.86"))),
        ("10%", "percent", Amount(Decimal(10))),
        ("1.0% per year", "percent/year", Amount(Decimal("1.0"))),
        ("9.1 -> 4 km2/year", "km2/year", Amount(Decimal(4), Decimal("9.1"))),
        ("475 000 ha", "hectares", Amount(Decimal(475000))),
    ],
)
def test_a_quantity_is_read_with_its_own_unit(text, unit, amount):
    assert read_quantity(text, unit) == amount


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("about 1500 ha", "ha"),
        ("882.86 km2", "ha"),
        ("100 ha/year", "ha"),
        ("5 t/ha", "ha"),
        ("2/3 of the degraded land", "fraction"),
    ],
)
def test_a_quantity_with_other_words_is_in_doubt(text, unit):
    with pytest.raises(DoubtfulAmount):
        read_quantity(text, unit)


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_what_we_write_plainly_we_read_back(value):
    assert parse_amount(f"{value:f}").value == value


@given(st.text(max_size=40))
def test_any_text_is_read_or_doubted(text):
    try:
        amount = parse_amount(text)
    except DoubtfulAmount:
        return
    assert amount.value.is_finite()
    assert amount.value >= 0
