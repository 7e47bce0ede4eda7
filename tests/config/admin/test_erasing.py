"""What organizers do with personal data as a whole: purges read, a person's data taken out, a person erased."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import ActivityEntry, User
from config.alerts import alerts
from participants.models import Person, Purge
from tests import builders
from tests.config.admin.test_steps import confirm, start

NIGHT = datetime(2014, 6, 20, 2, 0, tzinfo=UTC)
TOLD = "Personal data was not purged as it should be: see the last purge."


@pytest.fixture
def person(db: None) -> Person:
    return builders.person("Suharyanto", "suharyanto@ministry.example")


def take_out(door: Client, person: Person):
    data = {"action": "take_out", "_selected_action": [str(person.pk)], "counted": "1", "confirm": "1"}
    return door.post(reverse("admin:participants_person_changelist"), data)


def test_who_may_open_all_that_is_sealed_takes_a_persons_data_out(door: Client, staff: User, person: Person) -> None:
    answer = take_out(door, person)
    assert answer.status_code == 302
    assert not ActivityEntry.objects.filter(verb="export_person").exists()
    staff.opens_passports = staff.opens_health = staff.opens_emergency = True
    staff.save()
    answer = take_out(door, person)
    assert answer["Content-Disposition"] == f'attachment; filename="person-{person.pk}.zip"'
    assert ZipFile(BytesIO(answer.content)).namelist() == ["person.json"]
    assert ActivityEntry.objects.filter(verb="export_person", actor=staff).count() == 1


def test_a_person_is_erased_after_a_page_that_says_what_follows(door: Client, person: Person) -> None:
    assert "cannot be undone" in start(door, "participants_person", "erase", person)
    assert confirm(door, "participants_person", "erase", person) == ["1 person erased."]
    person.refresh_from_db()
    assert person.name == f"Erased person {str(person.pk)[-6:]}"
    page = door.get(reverse("admin:participants_person_change", args=[person.pk])).content.decode()
    assert "suharyanto" not in page.lower()


def test_what_stands_against_it_is_told(door: Client, person: Person) -> None:
    builders.focal_point(builders.party(), who=person)
    assert confirm(door, "participants_person", "erase", person) == [
        "1 skipped: This person is a focal point; the Party must name another first. (Suharyanto)"
    ]


def test_purges_are_read_with_their_counts(door: Client, person: Person) -> None:
    Purge.objects.create(started_at=NIGHT, ended_at=NIGHT, counts={"needs": 3, "links": 0}, files=2, problem="letters")
    page = door.get(reverse("admin:participants_purge_changelist")).content.decode()
    assert "needs: 3" in page
    assert "links" not in page
    assert "letters" in page


@pytest.mark.parametrize(
    ("ended", "problem", "later", "told"),
    [
        (True, "", timedelta(hours=30), False),
        (True, "needs", timedelta(hours=1), True),
        (True, "", timedelta(days=2), True),
        (False, "", timedelta(hours=1), False),
        (False, "", timedelta(hours=7), True),
    ],
)
def test_the_desk_tells_of_a_purge_that_failed_was_cut_off_or_did_not_come(ended, problem, later, told, person) -> None:
    Purge.objects.create(started_at=NIGHT, ended_at=NIGHT if ended else None, problem=problem)
    found = [each.text for each in alerts(NIGHT + later)]
    assert (TOLD in found) is told
