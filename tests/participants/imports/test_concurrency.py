"""Several workers at once: a row is kept once and written once, and two files that name one new person make one."""

from datetime import timedelta

import pytest

from participants.models import FocalPoint, Person
from participants.verbs.import_rows import read_import
from participants.verbs.import_writes import write_import
from participants.verbs.imports import begin_import, confirm_import
from tests import builders
from tests.participants.imports.conftest import lines
from tests.participants.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = [f"JOR,CBD-FP1,P{n},p{n}@x.example,2014-01-01" for n in range(12)]


@pytest.fixture
def jordan(transactional_db):
    return builders.party("JOR", "Jordan")


def test_workers_that_take_each_other_for_dead_read_each_row_once(jordan, organizer, now, monkeypatch):
    monkeypatch.setattr("participants.verbs.import_rows.ROWS", 3)
    batch = begin_import(lines(*ROWS).encode(), "list.csv", by=organizer, at=now)
    jobs = [lambda late=late: read_import(batch.pk, at=now + timedelta(minutes=3 * late)) for late in range(4)]
    at_once(*jobs)
    batch.refresh_from_db()
    if batch.state == "reading":  # the one that held the claim last stopped for another; the sweep finds it
        read_import(batch.pk, at=now + timedelta(minutes=30))
        batch.refresh_from_db()
    assert (batch.state, batch.rows_read) == ("ready", 12)
    assert list(batch.rows.values_list("number", flat=True)) == list(range(2, 14))


def test_workers_that_take_each_other_for_dead_write_each_row_once(jordan, read, organizer, now):
    batch = read(lines(*ROWS))
    confirm_import(batch, by=organizer, at=now)
    at_once(*[lambda late=late: write_import(batch.pk, at=now + timedelta(minutes=3 * late)) for late in range(4)])
    batch.refresh_from_db()
    if batch.state == "writing":
        write_import(batch.pk, at=now + timedelta(minutes=30))
    assert not batch.rows.exclude(written=True).exists()
    assert (Person.objects.count(), FocalPoint.objects.count()) == (12, 12)


def test_two_files_with_the_same_new_people_make_each_once(jordan, read, organizer, now):
    batches = [read(lines(*ROWS)), read(lines(*(each.replace("CBD-FP1", "CHM-FP") for each in ROWS)))]
    for batch in batches:
        confirm_import(batch, by=organizer, at=now)
    at_once(*[lambda batch=batch: write_import(batch.pk, at=now) for batch in batches])
    assert (Person.objects.count(), FocalPoint.objects.count()) == (12, 24)
