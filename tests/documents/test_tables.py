"""Tables that people send: text in the encodings and with the separators of spreadsheets, workbooks, and what is neither."""

import csv
import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from documents.tables import UnreadableTable, check_table, csv_lines, guarded, open_table

WORDS = [["name", "party"], ["Côte d’Ivoire; the", "CIV"], ["محمد, بن صالح", "JOR"], ["two\nlines", ""]]


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def written(rows, delimiter=",") -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    return buffer.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_spreadsheets_write_is_read(encoding, delimiter):
    table = open_table(written(WORDS, delimiter).encode(encoding))
    assert table.header == ("name", "party")
    assert list(table.rows) == [
        (2, ("Côte d’Ivoire; the", "CIV")),
        (3, ("محمد, بن صالح", "JOR")),
        (4, ("two\nlines",)),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_any_machine_ends_them_and_blank_ones_are_left_out(end):
    table = open_table(end.join(["", "a,b", "1,2", ",", "", "3,4", ""]).encode())
    assert list(table.rows) == [(3, ("1", "2")), (6, ("3", "4"))]


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"", "empty", 0),
        (b" \r\n\r\n", "empty", 0),
        ("é".encode("latin1"), "no_text", 0),
        (b"a\0b", "no_text", 0),
        ("é".encode("utf-16")[:-1], "no_text", 0),
        ("é".encode("utf-32"), "no_text", 0),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 ...", "old_workbook", 0),
        (b"PK\x03\x04 ...", "broken_workbook", 0),
        (b'a\n1\n"2\n3\n', "broken_text", 3),
        (b"a\n" + b"x" * 200_000, "broken_text", 2),
    ],
)
def test_what_is_no_table_says_why(data, code, line):
    with pytest.raises(UnreadableTable) as problem:
        list(open_table(data).rows)
    assert (problem.value.code, problem.value.line) == (code, line)


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"word/document.xml": b"x"}, "no_text"),
        ({"[Content_Types].xml": b"x", "xl/bomb.xml": b"\0" * (101 * 1024 * 1024)}, "too_large"),
        ({"[Content_Types].xml": b"x"} | {f"{n}.xml": b"" for n in range(600)}, "too_large"),
    ],
    ids=["another archive", "a bomb", "too many parts"],
)
def test_archives_that_are_no_list_are_refused_before_they_are_unpacked(parts, code):
    with pytest.raises(UnreadableTable) as problem:
        check_table(zipped(parts))
    assert problem.value.code == code


def test_a_workbook_without_a_workbook_is_damaged():
    with pytest.raises(UnreadableTable) as problem:
        open_table(zipped({"[Content_Types].xml": b"<Types/>"}))
    assert problem.value.code == "broken_workbook"


def test_entities_that_multiply_are_stopped_by_the_parser():
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaa">{entities}]><sst>&e11;</sst>'
    with zipfile.ZipFile(io.BytesIO(saved(Workbook()))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with pytest.raises(UnreadableTable) as problem:
        list(open_table(zipped(parts | {"[Content_Types].xml": bomb.encode()})).rows)
    assert problem.value.code == "broken_workbook"


def test_a_workbook_is_values_of_the_first_sheet_that_is_shown():
    book = Workbook()
    hidden = book.active
    assert hidden is not None
    hidden.sheet_state = "hidden"
    sheet = book.create_sheet("List")
    sheet.append(["name", "phone", "from", "sum", "yes"])
    sheet.append([" Ana ", 962795551234, datetime(2014, 4, 3), "=1+1", True])  # noqa: DTZ001  # Excel knows no zone
    sheet.append([None, None, None, None, None])
    sheet.append(["=x", 1.5, date(2014, 4, 3)])
    sheet["A4"].data_type = "s"
    table = open_table(saved(book))
    assert (table.header, table.others) == (("name", "phone", "from", "sum", "yes"), 1)
    assert list(table.rows) == [
        (2, (" Ana ", "962795551234", date(2014, 4, 3), "", "TRUE")),
        (4, ("=x", "1.5", date(2014, 4, 3))),
    ]


@given(st.text())
def test_a_guarded_cell_is_no_formula_and_comes_back(text):
    cell = guarded(text)
    assert cell[:1] not in {"=", "+", "-", "@", "\t", "\r"} or not cell
    if not set(text) & {"\0", "\r"} and text.isprintable():
        data = b"".join(csv_lines([["a", "b"], [text, "end"]]))
        assert list(open_table(data).rows) == [(2, (text, "end"))]
