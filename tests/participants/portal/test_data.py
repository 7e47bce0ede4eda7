"""The page of what is held of oneself: told, taken out, erased."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from django.test import Client

from accounts.models import ActivityEntry, User
from participants.models import Person
from tests import builders
from tests.participants.conftest import DECIDED

pytestmark = pytest.mark.django_db
SOON, AFTER = DECIDED + timedelta(days=1), DECIDED + timedelta(days=120)


@pytest.fixture
def client(accepted) -> Client:
    person = accepted.nomination.person
    person.user = User.objects.create_user(person.email, name=person.name)
    person.save()
    inside = Client()
    with time_machine.travel(SOON):
        inside.force_login(person.user)
    return inside


def test_a_stranger_signs_in_first_and_who_is_in_no_register_has_no_such_page(db):
    assert Client().get("/my/data/").status_code == 302
    inside = Client()
    inside.force_login(builders.user("o@secretariat.example", role="organizer"))
    assert inside.get("/my/data/").status_code == 404


def test_the_page_says_what_is_held_and_what_erasing_waits_for(client):
    with time_machine.travel(SOON, tick=False):
        page = client.get("/my/data/")
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    text = page.content.decode()
    assert "suharyanto@ministry.example" in text
    assert "decline first, or ask again after it" in text


def test_the_file_is_taken_out_by_a_press_and_logged(client):
    with time_machine.travel(SOON, tick=False):
        assert client.get("/my/data/file/").status_code == 405
        answer = client.post("/my/data/file/")
    assert "person.json" in ZipFile(BytesIO(answer.content)).namelist()
    assert (answer["Content-Type"], "attachment" in answer["Content-Disposition"]) == ("application/zip", True)
    assert ActivityEntry.objects.filter(verb="export_person").count() == 1


def test_erasing_is_asked_once_more_then_done_and_the_session_ends(client):
    with time_machine.travel(SOON, tick=False):
        assert client.post("/my/data/erase/").status_code == 302
    assert not Person.objects.filter(erased_at__isnull=False).exists()
    person = Person.objects.get(email="suharyanto@ministry.example")
    with time_machine.travel(AFTER, tick=False):
        client.force_login(person.user)
        assert "cannot be undone" in client.get("/my/data/erase/").content.decode()
        assert client.post("/my/data/erase/")["Location"] == "/"
        assert client.get("/my/").status_code == 302
    person.refresh_from_db()
    assert (person.erased_at, person.user) == (AFTER, None)
