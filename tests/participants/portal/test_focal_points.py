"""A focal point's page of the own Party: who speaks for it, own mandates, and deputies named and ended."""

from datetime import date

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from correspondence.models import Message
from participants.models import FocalPoint, Person
from participants.verbs.deputies import name_deputy
from tests import builders
from tests.participants.conftest import BEFORE

PAGE = "/my/party/"
TODAY = date(2014, 2, 1)
SENT = {"name": "Layla Nasser", "email": "layla@ministry.example", "position": "Deputy", "language": "en", "until": ""}


@pytest.fixture(autouse=True)
def _in_february():
    with time_machine.travel(BEFORE, tick=False):
        yield


def sign_in(client: Client, person: Person) -> Client:
    user = builders.user(f"user-of-{person.pk}@people.example")
    Person.objects.filter(pk=person.pk).update(user=user)
    client.force_login(user)
    return client


@pytest.fixture
def rana(client: Client, cbd: FocalPoint, fao: FocalPoint, of_lebanon: FocalPoint) -> Client:
    """The browser of Jordan's CBD focal point."""
    return sign_in(client, cbd.person)


@pytest.fixture
def layla(cbd: FocalPoint, organizer) -> FocalPoint:
    return name_deputy(cbd, name="Layla Nasser", email="layla@ministry.example", language="en", by=organizer, at=BEFORE)


def test_nobody_signed_in_is_sent_to_the_door(client, cbd, layla):
    for path in (PAGE, f"{PAGE}{cbd.pk}/deputy/", f"{PAGE}deputies/{layla.pk}/end/"):
        assert client.get(path)["Location"] == f"/my/sign-in/?next={path}"


def test_a_focal_point_sees_the_own_party_and_only_the_own_contact_details(rana, layla):
    page = rana.get(PAGE)
    assert page.status_code == 200
    text = page.text
    assert "Omar Haddad" in text
    assert "FAO national focal point" in text
    assert "rana@ministry.example" in text
    assert "layla@ministry.example" in text
    assert "omar@agriculture.example" not in text
    assert "Samir Khoury" not in text
    assert "no-store" in page["Cache-Control"]
    assert 'href="/my/party/"' in rana.get("/my/").text


def test_who_has_no_mandate_is_told(client, cbd, organizer):
    client.force_login(builders.user("other@ministry.example"))
    assert "You are not recorded as a focal point today." in client.get(PAGE).text
    over = builders.focal_point(cbd.party, "CHM-FP", valid_to=TODAY)
    page = sign_in(client, over.person).get(PAGE)
    assert "You are not recorded as a focal point today." in page.text
    assert "رنا" not in page.text


def test_practice_and_real_people_never_meet(client, cbd, jordan):
    practice = builders.programme("practice", rehearsal_of=builders.programme())
    made_up = builders.focal_point(jordan, who=builders.person("Made Up", "m@practice.example", rehearsal=practice))
    text = sign_in(client, made_up.person).get(PAGE).text
    assert "Made Up" in text
    assert "رنا" not in text
    assert "synthetic people, nothing here is public or counted." in text
    assert client.get(f"{PAGE}{cbd.pk}/deputy/").status_code == 404


def test_a_deputy_is_named(rana, cbd):
    path = f"{PAGE}{cbd.pk}/deputy/"
    assert rana.get(path).status_code == 200
    page = rana.post(path, SENT | {"until": "2014-06-30"}, follow=True)
    assert page.redirect_chain == [(PAGE, 302)]
    assert "Layla Nasser is your deputy now and gets a letter" in page.text
    deputy = FocalPoint.objects.get(deputy_of=cbd)
    assert (deputy.valid_from, deputy.valid_to, deputy.person.position) == (TODAY, date(2014, 7, 1), "Deputy")
    assert Message.objects.get().to_address == "layla@ministry.example"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "This field is required."),
        ({"email": "nobody"}, "“nobody” is no e-mail address"),
        ({"until": "2013-01-01"}, "A mandate ends after the day it begins."),
        ({"name": "رنا العلي", "email": "rana@ministry.example"}, "is a focal point of this kind already."),
    ],
)
def test_a_refusal_stands_beside_its_field_and_nothing_is_written(rana, cbd, changes, said):
    page = rana.post(f"{PAGE}{cbd.pk}/deputy/", SENT | changes)
    assert page.status_code == 422
    assert said in page.text
    assert not FocalPoint.objects.filter(deputy_of=cbd).exists()


def test_a_deputy_is_ended_after_a_page_that_says_what_follows(rana, layla):
    path = f"{PAGE}deputies/{layla.pk}/end/"
    assert "can no longer nominate for Jordan" in rana.get(path).text
    page = rana.post(path, follow=True)
    assert "Layla Nasser is no longer your deputy." in page.text
    layla.refresh_from_db()
    assert layla.valid_to == TODAY
    assert rana.get(path).status_code == 404
    assert rana.post(path)["Location"] == PAGE


def test_other_peoples_mandates_and_deputies_are_out_of_reach(client, cbd, fao, layla, of_lebanon):
    for person in (fao.person, of_lebanon.person, layla.person):
        sign_in(client, person)
        for path in (f"{PAGE}{cbd.pk}/deputy/", f"{PAGE}deputies/{layla.pk}/end/"):
            assert client.get(path).status_code == 404
            assert client.post(path, SENT).status_code == 404
    assert client.get(f"{PAGE}{layla.pk}/deputy/").status_code == 404
    assert "deputy of رنا العلي" in client.get(PAGE).text
    assert FocalPoint.objects.filter(deputy_of__isnull=False).count() == 1


@pytest.mark.parametrize("more", [1, 3])
def test_the_page_asks_as_often_for_more_rows(
    rana, cbd, jordan, organizer, more: int, django_assert_num_queries: DjangoAssertNumQueries
):
    for number, kind in list(enumerate(("CHM-FP", "GSPC-FP", "GTI-FP")))[:more]:
        builders.focal_point(jordan, kind)
        builders.focal_point(jordan, kind, who=cbd.person)
        name_deputy(cbd, name=kind, email=f"{number}@x.example", language="en", by=organizer, at=BEFORE)
    with django_assert_num_queries(5):
        rana.get(PAGE)
