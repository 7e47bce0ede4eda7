"""The public pages of programmes and the line of workshops."""

from datetime import date, timedelta

import pytest

from tests import builders
from workshops.models import Coverage, Programme
from workshops.portal.calendars import calendar_of
from workshops.verbs.programmes import copy_for_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(db):
    """One programme with three workshops."""
    jordan, fiji, senegal = (builders.party(*each) for each in (("JOR", "Jordan"), ("FJI", "Fiji"), ("SEN", "Senegal")))
    builders.workshop("suva-2013", city="Suva", host=fiji, starts_on=date(2013, 11, 25), parties=(fiji,))
    builders.workshop("dakar-2014", city="Dakar", host=senegal, starts_on=date(2014, 2, 24), parties=(senegal,))
    builders.workshop("amman-2014", host=jordan, parties=(jordan,))
    return builders.programme()


@pytest.fixture
def practice(three, organizer, now) -> Programme:
    return copy_for_practice(three, only=["amman-2014"], first_day=date(2015, 6, 1), by=organizer, at=now)


def draw(programme, language):
    drawn = calendar_of(list(programme.workshops.order_by("starts_on", "slug")), language)
    assert drawn is not None
    return drawn


def test_the_first_page_is_there_before_any_programme(client):
    response = client.get("/")
    assert response.status_code == 200
    assert "No programme is public yet." in response.text


def test_the_first_page_lists_programmes_and_workshops_in_time(client, three):
    text = client.get("/").text
    assert (
        text.index("<bdi>Suva</bdi>, <bdi>Fiji</bdi>")
        < text.index("<bdi>Dakar</bdi>, <bdi>Senegal</bdi>")
        < text.index("<bdi>Amman</bdi>, <bdi>Jordan</bdi>")
    )
    assert "15–19 Jun 2014" in text
    assert '<svg class="calendar"' in text


def test_a_programme_shows_what_the_note_says_of_it(client, annex_ii):
    text = client.get("/programmes/annex-ii/").text
    for said in ("Decision XI/16, paragraph 5", "O1", "P4", "C6", "Japan", "194 are served by a workshop, 2 by none"):
        assert said in text


def test_who_is_left_out_stands_there_with_the_reason(client, three):
    andorra = builders.party("AND", "Andorra", in_force_on=date(2015, 5, 5))
    Coverage.objects.create(programme=three, party=andorra, reason_left_out={"en": "Not yet a Party"})
    text = client.get("/programmes/annex-ii/").text
    assert "3 are served by a workshop, 1 by none" in text
    assert "<strong>Andorra</strong>: <bdi>Not yet a Party</bdi>" in text


@pytest.mark.parametrize("address", ["/programmes/none/", "/workshops/none/", "/programmes/" + "x" * 3000 + "/"])
def test_unknown_pages_are_404(client, address, db):
    assert client.get(address).status_code == 404


def test_a_practice_copy_is_for_organizers_alone(client, practice, organizer):
    workshop = practice.workshops.get()
    for address in (f"/programmes/{practice.slug}/", f"/workshops/{workshop.slug}/"):
        assert client.get(address).status_code == 404
    assert practice.slug not in client.get("/").text
    client.force_login(organizer.user)
    for address in (f"/programmes/{practice.slug}/", f"/workshops/{workshop.slug}/"):
        response = client.get(address)
        assert response.status_code == 200
        assert "synthetic people" in response.text
    assert practice.slug in client.get("/").text


def test_lists_take_the_same_queries_for_one_and_three_workshops(client, django_assert_num_queries):
    builders.workshop("amman-2014", parties=(builders.party(),))
    with django_assert_num_queries(2):
        client.get("/")
    with django_assert_num_queries(9):
        client.get("/programmes/annex-ii/")
    for number, code in enumerate(("FJI", "SEN")):
        host = builders.party(code, code)
        builders.workshop(f"w{number}-2014", reference=f"W{number}", host=host, parties=(host,))
    with django_assert_num_queries(2):
        client.get("/")
    with django_assert_num_queries(9):
        client.get("/programmes/annex-ii/")


def test_workshops_stand_on_the_line_in_order_and_never_on_each_other(three):
    drawn = draw(three, "en")
    assert [(mark.label, mark.x, mark.y, mark.width) for mark in drawn.marks] == [
        ("Suva", 108, 4, 22),
        ("Dakar", 517, 4, 22),
        ("Amman", 1016, 4, 22),
    ]
    assert [month.label for month in drawn.months][:2] == ["Nov 2013", "Dec 2013"]
    assert drawn.height == 56


def test_two_in_one_week_stand_one_below_the_other(three):
    builders.workshop("beirut-2014", city="Beirut", reference="ANNEX2-BEI", starts_on=date(2014, 2, 24))
    drawn = draw(three, "en")
    assert sorted({mark.y for mark in drawn.marks}) == [4, 28]


def test_the_line_runs_from_the_right_in_arabic(three):
    drawn = draw(three, "ar")
    assert [mark.x for mark in drawn.marks] == [958, 548, 49]
    assert calendar_of([], "ar") is None


def test_a_city_at_the_end_of_the_line_stands_before_its_bar(three):
    builders.workshop("last", city="Villa de Leyva", reference="LAST", starts_on=date(2014, 6, 20) + timedelta(days=5))
    drawn = draw(three, "en")
    assert drawn.marks[-1].ends
