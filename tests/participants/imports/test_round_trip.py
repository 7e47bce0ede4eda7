"""An export is an import: the same directory gives no change, an empty one becomes the same."""

import csv
import io
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.tables import csv_lines, open_table
from participants.models import FocalPoint, Organization, Person
from participants.verbs.exports import Format, export_directory
from participants.verbs.import_rows import read_import
from participants.verbs.import_writes import write_import
from participants.verbs.imports import begin_import, confirm_import
from tests import builders
from tests.participants.imports.conftest import verdicts

NAMES = (
    "Suharyanto", "欧阳丽华", "N’Guessan Côte d’Ivoire", "O'Neil", "'Anita'", "محمد بن صالح", "އަހްމަދު ރަޝީދު", "ሰላም ገብረ",
    "=SUM(A1)", "-da Silva", "'=x", 'Say "so"', "a,b;c",
)  # fmt: skip


@pytest.fixture
def directory(db):
    """People in many scripts with mandates of several kinds, an end, a deputy, an organization, a language."""
    for code, party in (("JOR", "Jordan"), ("CIV", "Côte d’Ivoire")):
        of = builders.party(code, party)
        body = Organization.objects.create(name=f"Ministry of {party}", party=of, kind="government")
        for number, name in enumerate(NAMES):
            person = builders.person(name, f"p{number}@{code.lower()}.example", phone=f"+{number}", organization=body)
            held = builders.focal_point(of, "CBD-FP1", person, valid_from=date(2010, 1, 1 + number), language="fr")
            builders.focal_point(of, "CHM-FP", person, valid_to=date(2015, 1, 1), designation=f"@ {number}")
        deputy = builders.person("Deputy", f"deputy@{code.lower()}.example")
        builders.focal_point(of, "CBD-FP1", deputy, valid_from=date(2011, 1, 1), deputy_of=held)


def export(form, by, at):
    return b"".join(export_directory(FocalPoint.objects.all(), form, by=by, at=at))


def imported(data, by, at):
    batch = begin_import(data, "list", by=by, at=at)
    read_import(batch.pk, at=at)
    batch.refresh_from_db()
    return batch


@pytest.mark.parametrize("form", Format)
def test_an_export_imported_again_changes_nothing(directory, form, organizer, now):
    batch = imported(export(form, organizer, now), organizer, now)
    assert (batch.state, batch.rows_read) == ("ready", 54)
    assert set(verdicts(batch).values()) == {"same"}


@pytest.mark.parametrize("form", Format)
def test_an_export_restores_an_empty_directory(directory, form, organizer, now):
    before = export(form, organizer, now)
    FocalPoint.objects.filter(deputy_of__isnull=False).delete()
    FocalPoint.objects.all().delete()
    Person.objects.all().delete()
    Organization.objects.all().delete()
    batch = imported(before, organizer, now)
    assert set(verdicts(batch).values()) == {"added"}
    confirm_import(batch, by=organizer, at=now)
    write_import(batch.pk, at=now)
    assert not batch.rows.exclude(written=True).exists()
    assert export(form, organizer, now) == before


def test_e03_no_cell_of_an_export_is_a_formula(directory, organizer, now):
    text = export(Format.CSV, organizer, now).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert not [cell for cell in cells if cell[:1] in {"=", "+", "-", "@", "\t", "\r"}]


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map(str.strip), min_size=1, max_size=4)
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_line_of_text_comes_back_from_a_csv_file(cells):
    data = b"".join(csv_lines([["head"] * len(cells), ["x", *cells]]))
    assert [cell for _, row in open_table(data).rows for cell in row][1:] == _trimmed(cells)


def _trimmed(cells):
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells


@given(
    name=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).map(str.strip).filter(bool),
    begins=st.dates(date(1900, 3, 1), date(2100, 1, 1)),
    form=st.sampled_from(Format),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_e02_any_name_and_day_come_back(name, begins, form, organizer, now):
    FocalPoint.objects.all().delete()
    Person.objects.all().delete()
    builders.focal_point(builders.party(), "CBD-FP1", builders.person(name, "x@x.example"), valid_from=begins)
    assert verdicts(imported(export(form, organizer, now), organizer, now)) == {2: "same"}
