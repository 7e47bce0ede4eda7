"""The pages of an import: sent in, watched, looked at row by row, written by number; and taking the directory out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import ActivityEntry
from documents.tables import open_table
from participants.models import DirectoryImport, FocalPoint
from participants.verbs.import_rows import read_import
from participants.verbs.import_writes import write_import
from participants.verbs.imports import begin_import
from tests import builders
from tests.participants.imports.conftest import lines

ADD = reverse("admin:participants_directoryimport_add")
STEPS = reverse("admin:participants_directoryimport_changelist")
GOOD = "JOR,CBD-FP1,Rana,rana@x.example,2014-01-01"
BAD = "JOR,CBD-FP1,Omar,omar@x.example,03/04/2014"


@pytest.fixture
def door(organizer, client: Client) -> Client:
    """The organizer's browser."""
    client.force_login(organizer.user)
    return client


def page(batch) -> str:
    return reverse("admin:participants_directoryimport_change", args=[batch.pk])


def progress(batch) -> str:
    return reverse("admin:participants_directoryimport_progress", args=[batch.pk])


def sent(door: Client, data: bytes, name: str = "list.csv"):
    return door.post(ADD, {"file": SimpleUploadedFile(name, data)})


def test_a_file_sent_in_leads_to_its_own_page_which_watches_the_worker(door, jordan):
    got = sent(door, lines(GOOD, BAD).encode(), "../focal points.csv")
    batch = DirectoryImport.objects.get()
    assert (got.status_code, got["Location"], str(batch)) == (302, page(batch), "focal points.csv")
    text = door.get(page(batch)).content.decode()
    assert "0 rows read" in text
    assert f'hx-get="{progress(batch)}"' in text
    assert "HX-Refresh" not in door.get(progress(batch)).headers
    read_import(batch.pk, at=batch.made_at)
    assert door.get(progress(batch)).headers["HX-Refresh"] == "true"


@pytest.mark.parametrize(
    ("data", "sentence"), [(b"%PDF-1.7\xe2\xe3", "save it as one of them"), (b"", "The file is empty.")]
)
def test_a_file_that_is_no_list_comes_back_with_the_way_out(door, jordan, data, sentence):
    got = sent(door, data)
    assert got.status_code == 422
    assert sentence in got.content.decode()
    assert not DirectoryImport.objects.exists()


def test_the_page_shows_row_by_row_and_the_button_names_the_count(door, read, jordan):
    rana = builders.person("Noor", "noor@x.example", phone="1")
    builders.focal_point(jordan, "CHM-FP", rana)
    batch = read(
        lines(
            GOOD + ",",
            BAD + ",",
            "JOR,CHM-FP,Noor,noor@x.example,2010-01-01,2",
            head="party,kind,name,email,valid_from,phone",
        )
    )
    text = door.get(page(batch)).content.decode()
    assert "Write 2 rows" in text
    assert "1 would be added, 1 changed; 0 are so already and 1 refused." in text
    assert "<bdi>1</bdi></del>" in text
    assert "03/04/2014” can be read in more than one way" in text
    shown = door.get(page(batch) + "?rows=refused").content.decode()
    assert "<bdi>Omar</bdi>" in shown
    assert "<bdi>Rana</bdi>" not in shown


def test_writing_asks_once_with_the_number_and_tells_the_result(door, read, organizer, now):
    batch = read(lines(GOOD, BAD))
    about = {"action": "write", "_selected_action": str(batch.pk), "from_row": "1", "confirm": "1"}
    wrong = door.post(STEPS, about | {"counted": "7"}).content.decode()
    assert "The rows have changed since you looked" in wrong
    text = door.post(STEPS, about | {"counted": "1"}, follow=True).content.decode()
    assert "1 row is being written." in text
    assert "0 of 1 rows done" in text
    write_import(batch.pk, at=now)
    text = door.get(page(batch)).content.decode()
    assert "Written: 1 added, 0 changed." in text
    assert reverse("admin:participants_focalpoint_change", args=[FocalPoint.objects.get().pk]) in text


def test_discarding_asks_first(door, read):
    batch = read(lines(GOOD))
    about = {"action": "discard", "_selected_action": str(batch.pk), "from_row": "1"}
    assert "What was read of the file is deleted." in door.post(STEPS, about).content.decode()
    text = door.post(STEPS, about | {"counted": "1", "confirm": "1"}, follow=True).content.decode()
    assert "The file was discarded" in text
    assert not batch.rows.exists()


def test_what_was_refused_is_downloaded_with_the_reason(door, read):
    batch = read(lines(GOOD, BAD))
    got = door.get(reverse("admin:participants_directoryimport_refused", args=[batch.pk]))
    table = open_table(b"".join(got.streaming_content))
    assert table.header[-1] == "problem"
    ((_, cells),) = table.rows
    assert cells[:5] == ("JOR", "CBD-FP1", "Omar", "omar@x.example", "03/04/2014")


def test_a_page_of_rows_takes_the_same_queries_whatever_their_number(door, read):
    def queries(count: int) -> int:
        batch = read(lines(*(f"JOR,CBD-FP1,P{n},p{count}-{n}@x.example,2014-01-01" for n in range(count))))
        door.get(page(batch))
        with CaptureQueriesContext(connection) as caught:
            door.get(page(batch))
        return len(caught)

    assert queries(1) == queries(3)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_list_is_exported_as_it_is_seen(door, jordan, form):
    builders.focal_point(jordan, "CBD-FP1")
    builders.focal_point(jordan, "CHM-FP")
    listed = door.get(reverse("admin:participants_focalpoint_changelist") + "?kind__exact=CHM-FP").content.decode()
    address = reverse("admin:participants_focalpoint_export", args=[form]) + "?kind__exact=CHM-FP"
    assert address in listed
    got = door.get(address)
    assert f'filename="focal-points.{form}"' in got["Content-Disposition"]
    rows = list(open_table(b"".join(got.streaming_content)).rows)
    assert [cells[:2] for _, cells in rows] == [("JOR", "CHM-FP")]
    entry = ActivityEntry.objects.get(verb="export_directory")
    assert entry.changes == {"rows": 1, "format": form}


def test_nobody_but_organizers_comes_in(client, jordan, organizer, now):
    batch = begin_import(lines(GOOD).encode(), "list.csv", by=organizer, at=now)
    client.force_login(builders.user("guest@ministry.example", is_staff=True))
    refused = reverse("admin:participants_directoryimport_refused", args=[batch.pk])
    export = reverse("admin:participants_focalpoint_export", args=["csv"])
    for address in (ADD, page(batch), progress(batch), refused, export):
        assert client.get(address).status_code in {302, 403, 404}, address
    assert sent(client, lines(GOOD).encode()).status_code in {302, 403, 404}
    assert DirectoryImport.objects.count() == 1
