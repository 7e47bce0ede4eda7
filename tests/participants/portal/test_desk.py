"""The page of a signed-in person."""

import pytest
import time_machine

from participants.models import Person
from participants.verbs.candidates import Candidate
from participants.verbs.nominations import nominate
from tests import builders
from tests.participants.conftest import BEFORE

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client, cbd, call):
    user = builders.user("rana@ministry.example")
    Person.objects.filter(pk=cbd.person_id).update(user=user)
    client.force_login(user)
    with time_machine.travel(BEFORE, tick=False):
        yield client


def test_nobody_signed_in_is_sent_to_the_door(client):
    response = client.get("/my/")
    assert response.status_code == 302
    assert response["Location"] == "/my/sign-in/?next=/my/"


def test_a_focal_point_finds_the_call(signed_in, nominate_url):
    response = signed_in.get("/my/")
    assert response.status_code == 200
    assert f'href="{nominate_url}"' in response.text
    assert "Samir" not in response.text
    assert "no-store" in response["Cache-Control"]


def test_somebody_else_finds_nothing(client, call, in_february):
    client.force_login(builders.user("other@ministry.example"))
    response = client.get("/my/")
    assert "Nothing waits for you." in response.text
    assert "/my/nominate/" not in response.text


def test_the_queries_stay_the_same_for_one_and_two_nominations(
    signed_in, nomination, call, jordan, jordanian, django_assert_num_queries
):
    with django_assert_num_queries(4):
        signed_in.get("/my/")
    two = Candidate(name="Rania Hassan", email="rania@ministry.example")
    nominate(call, party=jordan, candidate=two, track="planning", sector="planning", by=jordanian, at=BEFORE)
    with django_assert_num_queries(4):
        signed_in.get("/my/")


def test_signing_in_leads_guests_to_their_page_and_organizers_to_the_desk(client, organizer):
    builders.user("guest@ministry.example")
    for email, page in (("guest@ministry.example", "/my/"), ("organizer@secretariat.example", "/admin/")):
        response = client.post("/my/sign-in/", {"username": email, "password": "correct horse battery"})
        assert (response.status_code, response["Location"]) == (302, page)
        client.post("/my/sign-out/")


@pytest.mark.parametrize("sent", [{}, {"username": "x", "password": "y"}, {"username": "x" * 5000, "password": "y"}])
def test_signing_in_wrongly_is_said(client, sent):
    response = client.post("/my/sign-in/", sent)
    assert response.status_code == 200
    assert 'role="alert"' in response.text


def test_signing_in_never_leads_off_the_planner(client):
    builders.user("guest@ministry.example")
    sent = {"username": "guest@ministry.example", "password": "correct horse battery", "next": "https://evil.example/"}
    assert client.post("/my/sign-in/", sent)["Location"] == "/my/"


def test_signing_out_needs_a_button(client):
    assert client.get("/my/sign-out/").status_code == 405
    assert client.post("/my/sign-out/")["Location"] == "/"
