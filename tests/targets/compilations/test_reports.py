"""The files of a compilation: what stands in them, and that nothing in them acts."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from page import ValidationProfile, validate_pdf_bytes
from pypdf import PdfReader

from targets.verbs.submissions import AreaDraft
from tests.targets.compilations.conftest import file_of, restore


class TestFiles:
    def test_the_spreadsheet_holds_the_same_figures(self, accepted, issue):
        accepted("GHA", restore("882.86", title="=1+1", as_written="882.86 ha"), restore(5, due_on=date(2030, 12, 31)))
        book = load_workbook(BytesIO(file_of(issue(), "xlsx")))
        assert book.sheetnames == ["About", "By measure", "By global target", "National targets", "Not accepted"]
        measure = [cell.value for cell in book["By measure"][2]]
        assert measure == ["restore", 1, 2, 2, 2, 0, 882.86, 887.86, 0, 0, 882.86, 887.86]
        first, second = (list(book["National targets"][row]) for row in (2, 3))
        assert (first[4].value, first[4].data_type) == ("=1+1", "s")
        assert second[14].value == datetime(2030, 12, 31)  # noqa: DTZ001  # a spreadsheet knows no zones

    def test_the_document_says_the_same_in_every_script(self, accepted, issue):
        accepted("JOR", restore("1234.5", title="Восстановить 恢复草原"))
        reader: Any = PdfReader(BytesIO(file_of(issue(), "pdf")))
        text = "\n".join(page.extract_text() for page in reader.pages)
        assert "Jordan" in text
        assert "Восстановить 恢复草原" in text
        assert "1\u202f234.5" in text
        assert reader.metadata.title == "Capacity-building workshops: national targets, ANNEX2/C1"
        assert reader.metadata.creation_date == datetime(2014, 1, 6, tzinfo=UTC)
        assert reader.root_object["/MarkInfo"]["/Marked"]

    def test_a_checker_agrees_that_the_document_is_for_screen_readers_and_archives(self, accepted, issue):
        accepted("JOR", restore("1234.5", title="Восстановить 恢复草原 استعادة الأراضي"), restore(6, basis="of what"))
        accepted("GHA", restore(5))
        document = file_of(issue(), "pdf")
        for profile in (ValidationProfile.PDF_UA_1, ValidationProfile.PDF_A_2A):
            assert [str(each) for each in validate_pdf_bytes(document, profile=profile).failures] == []

    def test_the_longest_row_stays_on_its_page(self, accepted, issue):
        longest = {"basis": "basis " * 33, "as_written": "written " * 25, "source": "source " * 42}
        areas = tuple(AreaDraft(f"{number} {'area ' * 39}") for number in range(100))
        accepted("JOR", restore(5, title="title " * 49 + "LAST", areas=areas, **longest), restore(6, title="NEXT ROW"))
        text = " ".join(page.extract_text() for page in PdfReader(BytesIO(file_of(issue(), "pdf"))).pages)
        assert "LAST" in text
        assert "and 97 more" in " ".join(text.split())
        assert "NEXT ROW" in text

    def test_a_script_without_a_font_keeps_nobody_from_the_report(self, accepted, issue):
        accepted("JOR", restore(5, title="한국어"))
        done = issue()
        assert done.state == "ready"
        assert "show as boxes" in PdfReader(BytesIO(file_of(done, "pdf"))).pages[0].extract_text()
        assert "한국어" in file_of(done, "json").decode()
