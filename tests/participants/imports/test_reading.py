"""What a file would do: shown row by row, and nothing of the directory written before somebody says so."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed, Refused
from documents.xlsx import Cell, Column, Kind, Sheet, workbook
from participants.models import FocalPoint, Organization, Person
from participants.queries.imports import figures
from participants.verbs.import_rows import read_import
from participants.verbs.imports import begin_import, confirm_import, discard_import
from tests import builders
from tests.conftest import NOW
from tests.participants.imports.conftest import faults, lines, row, said, verdicts


def test_each_row_says_what_it_would_do_and_nothing_is_written(read, jordan):
    rana = builders.person("Rana Haddad", "rana@ministry.example", phone="1")
    builders.focal_point(jordan, "CBD-FP1", rana)
    batch = read(
        lines(
            "JOR,CBD-FP1,Rana Haddad,rana@ministry.example,2010-01-01,1",
            "JOR,CHM-FP,Rana Haddad,rana@ministry.example,2012-01-01,+962 6",
            "Jordanie,FAO-FP,Omar,omar@agriculture.example,2014-01-01,",
            "JOR,FAO-FP,,omar@agriculture,01/02/2014,",
            head="party,kind,name,email,valid_from,phone",
        )
    )
    assert verdicts(batch) == {2: "same", 3: "added", 4: "added", 5: "refused"}
    assert row(batch, 3).changes == {
        "party": ["", "JOR"],
        "kind": ["", "CHM-FP"],
        "valid_from": ["", "2012-01-01"],
        "phone": ["1", "+962 6"],
    }
    assert faults(batch) == {5: ["name", "email", "valid_from"]}
    assert (batch.state, batch.rows_read, batch.rows_total) == ("ready", 4, 4)
    assert (FocalPoint.objects.count(), Person.objects.count()) == (1, 1)
    assert (figures(batch).added, figures(batch).good, figures(batch).total) == (2, 2, 4)


def test_columns_stand_in_any_order_and_unknown_ones_are_named(read):
    batch = read("Valid from;Remarks;NAME;Kind;Party\r\n2014-01-01;x;Suharyanto;FAO national focal point;الأردن\r\n")
    assert (batch.ignored, verdicts(batch)) == (["Remarks"], {2: "added"})
    assert row(batch, 2).cells == {"valid_from": "2014-01-01", "name": "Suharyanto", "kind": "FAO-FP", "party": "JOR"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("party,kind,email\r\nJOR,CBD-FP1,a@b.example\r\n", "“name” is missing"),
        ("party,kind,name,Kind\r\nJOR,CBD-FP1,A,B\r\n", "“kind” stands twice"),
        ("party,kind,name\r\n", "no row below"),
        ('party,kind,name\r\nJOR,CBD-FP1,"A\r\nB', "quotation marks from line 2"),
    ],
)
def test_a_file_that_is_no_list_fails_with_the_way_out(read, text, problem):
    batch = read(text)
    assert batch.state == "failed"
    assert problem in batch.problem
    assert not batch.rows.exists()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_workbook"),
        ("é".encode("latin1"), "no_text"),
        (b"%PDF-1.7\xe2\xe3", "no_text"),
        (b"PK\x03\x04nonsense", "broken_workbook"),
        (b"a" * (10 * 1024 * 1024 + 1), "file_too_large"),
    ],
)
def test_what_is_no_list_is_refused_at_once(organizer, now, data, code):
    with pytest.raises(Invalid) as refused:
        begin_import(data, "list.csv", by=organizer, at=now)
    assert (refused.value.code, refused.value.field) == (code, "file")


def test_e15_a_name_that_fits_two_is_asked_for(read):
    for code, name in (
        ("NER", "Niger"),
        ("NGA", "Nigeria"),
        ("COG", "Congo"),
        ("COD", "Democratic Republic of the Congo"),
    ):
        builders.party(code, name)
    rows = [
        f"{name},CBD-FP1,N{n},n{n}@x.example,2014-01-01"
        for n, name in enumerate(["Niger", "Congo", "NER", "Nigeria", "Nig"])
    ]
    batch = read(lines(*rows))
    assert verdicts(batch) == {2: "refused", 3: "refused", 4: "added", 5: "added", 6: "refused"}
    assert said(batch, 2) == "“Niger” fits Niger (NER), Nigeria (NGA); write the code of the one that is meant."
    assert "Congo (COG), Democratic Republic of the Congo (COD)" in said(batch, 3)


def test_e01_e02_e03_names_are_kept_as_written(read):
    names = ["Suharyanto", "欧阳丽华", "N’Guessan Côte d’Ivoire", "O'Neil", "محمد بن صالح", "ʻOkusitino", "ቴዎድሮስ"]
    batch = read(lines(*(f"JOR,CBD-FP1,{name},p{n}@x.example,2014-01-01" for n, name in enumerate(names))))
    assert [each.cells["name"] for each in batch.rows.all()] == names
    assert set(verdicts(batch).values()) == {"added"}


def test_e03_the_other_apostrophe_is_the_same_person(read, jordan):
    builders.focal_point(jordan, "CBD-FP1", builders.person("N’Guessan", "n@x.example"))
    batch = read(lines("JOR,CBD-FP1,N'Guessan,N@X.example,2010-01-01"))
    assert row(batch, 2).verdict == "changed"
    assert row(batch, 2).changes["name"] == ["N’Guessan", "N'Guessan"]


def test_e05_a_name_alone_is_never_the_same_person(read, jordan):
    builders.focal_point(jordan, "CBD-FP1", builders.person("Kim", "kim@x.example"))
    batch = read(
        lines(
            "JOR,CBD-FP1,Kim,,2010-01-01",
            "JOR,CBD-FP1,Kim,other@x.example,2010-01-01",
            "JOR,CBD-FP1,Nguyen,,2010-01-01",
            "JOR,CHM-FP,Nguyen,,2010-01-01",
        )
    )
    assert verdicts(batch) == {2: "refused", 3: "added", 4: "added", 5: "refused"}
    assert "whether it is the same person" in said(batch, 2)
    assert "Line 4" in said(batch, 5)


def test_the_second_row_about_a_focal_point_names_the_first(read, monkeypatch):
    monkeypatch.setattr("participants.verbs.import_rows.ROWS", 2)  # so that they stand in different chunks
    one = "JOR,CBD-FP1,Rana,rana@x.example,2010-01-01"
    batch = read(lines(one, one, "JOR,CHM-FP,Rana,rana@x.example,2010-01-01", one))
    assert verdicts(batch) == {2: "added", 3: "refused", 4: "added", 5: "refused"}
    assert all("Line 2" in said(batch, number) for number in (3, 5))


def test_an_id_names_the_row_to_change(read, jordan):
    mandate = builders.focal_point(jordan, "CBD-FP1", builders.person("Rana", "old@x.example", phone="1"))
    head = "party,kind,name,email,phone,valid_from,valid_to,id"
    batch = read(lines(f"JOR,CBD-FP1,Rana Haddad,new@x.example,,2010-01-01,2015-01-01,{mandate.pk}", head=head))
    assert row(batch, 2).changes == {
        "name": ["Rana", "Rana Haddad"],
        "email": ["old@x.example", "new@x.example"],
        "phone": ["1", ""],
        "valid_to": ["", "2015-01-01"],
    }
    other = builders.party("LBN", "Lebanon")
    wrong = read(lines(f"{other.code},CBD-FP1,Rana,old@x.example,1,2011-01-01,,{mandate.pk}", head=head))
    assert faults(wrong) == {2: ["party", "valid_from"]}


def test_without_an_id_an_empty_cell_says_nothing(read, jordan):
    rana = builders.person("Rana", "rana@x.example", phone="1", position="Head")
    builders.focal_point(jordan, "CBD-FP1", rana, valid_to=date(2020, 1, 1))
    head = "party,kind,name,email,phone,position,valid_from,valid_to"
    batch = read(lines("JOR,CBD-FP1,Rana,rana@x.example,,,2010-01-01,", head=head))
    assert verdicts(batch) == {2: "same"}


def test_a_mandate_that_overlaps_is_not_added_beside_the_one_there_is(read, jordan):
    builders.focal_point(jordan, "CBD-FP1", builders.person("Rana", "rana@x.example"))
    batch = read(lines("JOR,CBD-FP1,Rana,rana@x.example,2012-01-01"))
    assert faults(batch) == {2: ["valid_from"]}


@pytest.mark.parametrize("day", ["03/04/2014", "3.4.2014", "41732", "2014-02-30", "20140403", "April 2014"])
def test_days_that_can_be_misread_are_refused(read, day):
    batch = read(lines(f"JOR,CBD-FP1,Rana,rana@x.example,{day}"))
    assert faults(batch) == {2: ["valid_from"]}
    assert day in said(batch, 2)


def test_a_workbook_gives_real_dates_and_no_formula(read):
    columns = [Column(name) for name in ("party", "kind", "name", "email")] + [Column("valid_from", Kind.DATE)]
    rows: list[list[Cell]] = [["JOR", "CBD-FP1", "=1+1", "rana@x.example", date(2014, 4, 3)]]
    batch = read(workbook([Sheet("List", columns, rows), Sheet("Notes", [Column("x")], [])], title="x", created=NOW))
    assert row(batch, 2).cells["valid_from"] == "2014-04-03"
    assert row(batch, 2).cells["name"] == "=1+1"
    assert batch.sheets_left == 1


def test_a_deputy_may_stand_above_the_principal_in_the_file(read, jordan):
    batch = read(
        lines(
            "JOR,CBD-FP1,Dana,dana@x.example,2014-01-01,rana@x.example",
            "JOR,CBD-FP1,Dina,dina@x.example,2014-01-01,Nobody",
            "JOR,CBD-FP1,Rana,rana@x.example,2010-01-01,",
            "JOR,FAO-FP,Dora,dora@x.example,2014-01-01,Rana",
            head="party,kind,name,email,valid_from,deputy_of",
        )
    )
    assert verdicts(batch) == {2: "added", 3: "refused", 4: "added", 5: "refused"}
    assert faults(batch) == {3: ["deputy_of"], 5: ["deputy_of"]}


def test_more_cells_than_columns_is_a_fault_of_the_row_alone(read):
    batch = read(lines("JOR,CBD-FP1,Haddad, Rana,r@x.example,2014-01-01", "JOR,CBD-FP1,Omar,o@x.example,2014-01-01"))
    assert verdicts(batch) == {2: "refused", 3: "added"}
    assert "more cells" in said(batch, 2)


def test_a_chunk_takes_the_same_queries_whatever_its_size(organizer, now, jordan):
    def queries(count: int) -> int:
        rows = [f"JOR,CBD-FP1,P{count}-{n},p{n}@x{count}.example,2014-01-01,Org {n}" for n in range(count)]
        data = lines(*rows, head="party,kind,name,email,valid_from,organization").encode()
        batch = begin_import(data, "list.csv", by=organizer, at=now)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            read_import(batch.pk, at=now)
        return len(caught)

    assert queries(1) == queries(3) == queries(90)


def test_only_organizers_import_and_only_once(read, organizer, now):
    batch = read(lines("JOR,CBD-FP1,Rana,r@x.example,2014-01-01"))
    nobody = Actor(label="nobody")
    for call in (
        lambda: begin_import(b"x", "x", by=nobody, at=now),
        lambda: confirm_import(batch, by=nobody, at=now),
        lambda: discard_import(batch, by=nobody, at=now),
    ):
        with pytest.raises(NotAllowed):
            call()
    assert confirm_import(batch, by=organizer, at=now) == 1
    with pytest.raises(Refused):
        confirm_import(batch, by=organizer, at=now)
    with pytest.raises(Refused):
        discard_import(batch, by=organizer, at=now)


def test_what_changes_nothing_is_not_confirmed_and_may_be_discarded(read, jordan, organizer, now):
    builders.focal_point(jordan, "CBD-FP1", builders.person("Rana", "r@x.example"))
    batch = read(lines("JOR,CBD-FP1,Rana,r@x.example,2010-01-01"))
    with pytest.raises(Refused, match="adds or changes"):
        confirm_import(batch, by=organizer, at=now)
    assert discard_import(batch, by=organizer, at=now) == 1
    batch.refresh_from_db()
    assert batch.state == "discarded"
    assert not batch.rows.exists()
    assert not Organization.objects.exists()
