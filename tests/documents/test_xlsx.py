from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from documents.xlsx import CELL_LIMIT, Column, Kind, Sheet, workbook

AT = datetime(2014, 10, 6, tzinfo=UTC)
COLUMNS = (Column("Text"), Column("Number", Kind.NUMBER), Column("Day", Kind.DATE))


def book(*rows):
    return workbook([Sheet("Rows", COLUMNS, rows)], title="Title", created=AT)


def test_values_come_back_as_they_went_in():
    page = load_workbook(BytesIO(book(("Côte d’Ivoire ١٢ 中", Decimal("882.86"), date(2030, 12, 31)))))["Rows"]
    assert [cell.value for cell in page[1]] == ["Text", "Number", "Day"]
    assert [page["A2"].value, page["B2"].value] == ["Côte d’Ivoire ١٢ 中", 882.86]
    assert page["C2"].value.date() == date(2030, 12, 31)
    assert (page.freeze_panes, page.auto_filter.ref) == ("A2", "A1:C2")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "http://a.example", "=HYPERLINK(0)", ""])
def test_a_text_is_never_a_formula_nor_a_link(text):
    cell = load_workbook(BytesIO(book((text, None, None))))["Rows"]["A2"]
    assert (cell.value or "", cell.hyperlink) == (text, None)
    assert cell.data_type != "f"


def test_a_number_with_more_digits_than_a_cell_holds_stays_exact():
    page = load_workbook(BytesIO(book(("", Decimal("1234567890123456.7891"), None))))["Rows"]
    assert page["B2"].value == "1234567890123456.7891"


def test_equal_content_has_equal_bytes():
    assert book(("a", 1, None)) == book(("a", 1, None))


def test_a_text_beyond_a_cell_is_refused():
    with pytest.raises(ValueError, match="32768 characters"):
        book(("x" * (CELL_LIMIT + 1), None, None))
