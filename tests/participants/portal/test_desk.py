"""The page of a signed-in person."""

import pytest
import time_machine

from participants.models import Call, Person
from participants.portal.seats import seat_page
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


def test_a_focal_point_finds_the_call(signed_in, nominate_url, call, jordan):
    response = signed_in.get("/my/")
    assert response.status_code == 200
    assert f'href="{seat_page(call, jordan)}"' in response.text
    assert "Nobody is nominated yet." in response.text
    assert "Focal points of my Party" in response.text
    assert nominate_url not in response.text  # the session is the door now; the link stays in its letter
    assert "Samir" not in response.text
    assert "no-store" in response["Cache-Control"]


def test_somebody_else_finds_nothing(client, call, in_february):
    client.force_login(builders.user("other@ministry.example"))
    response = client.get("/my/")
    assert "Nothing waits for you." in response.text
    assert "/my/calls/" not in response.text
    assert "Focal points of my Party" not in response.text


def test_the_page_says_how_far_the_party_has_answered(signed_in, nomination):
    assert "1 expert nominated, of up to 2" in signed_in.get("/my/").text


def test_a_nomination_that_lacks_a_signature_waits_at_whom_can_give_it(
    client, signed_in, call, jordan, fao, jordanian, of_lebanon
):
    Call.objects.filter(pk=call.pk).update(planning_signatures="both")
    who = Candidate(name="Rania Hassan", email="rania@ministry.example")
    row = nominate(call, party=jordan, candidate=who, track="planning", sector="planning", by=jordanian, at=BEFORE)
    sign = f"{seat_page(call, jordan)}{row.pk}/sign/"
    page = signed_in.get("/my/").text
    assert "1 expert nominated, of up to 2; 1 waits for a signature" in page
    assert sign not in page
    for mandate, waits in ((fao, True), (of_lebanon, False)):
        user = builders.user(mandate.person.email)
        Person.objects.filter(pk=mandate.person_id).update(user=user)
        client.force_login(user)
        assert (sign in client.get("/my/").text) is waits


def test_practice_and_real_do_not_meet(signed_in, call, jordan, nomination):
    copy = builders.programme("practice", rehearsal_of=call.workshop.programme)
    actor = builders.focal_point(jordan, "CBD-FP1", builders.person("P (synthetic)", "p@x.example", rehearsal=copy))
    user = builders.user("p@x.example")
    Person.objects.filter(pk=actor.person_id).update(user=user)
    signed_in.force_login(user)
    page = signed_in.get("/my/").text
    assert str(call.pk) not in page
    assert "Suharyanto" not in page


def test_the_queries_stay_the_same_for_one_and_two_nominations(
    signed_in, nomination, call, jordan, jordanian, django_assert_num_queries
):
    with django_assert_num_queries(12):
        signed_in.get("/my/")
    two = Candidate(name="Rania Hassan", email="rania@ministry.example")
    nominate(call, party=jordan, candidate=two, track="planning", sector="planning", by=jordanian, at=BEFORE)
    with django_assert_num_queries(12):
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
