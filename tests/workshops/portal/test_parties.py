"""The search in the Parties."""

from datetime import date

import pytest
import time_machine

from tests import builders
from workshops.queries.names import index

pytestmark = pytest.mark.django_db


@pytest.fixture
def some(db):
    jordan = builders.party("JOR", "Jordan", search_text=index(["Jordan", "الأردن"]))
    jordan.name = {"en": "Jordan", "ar": "الأردن"}
    jordan.save()
    swaziland = builders.party("SWZ", "Eswatini", search_text=index(["Eswatini", "Swaziland"]))
    swaziland.names.create(language="en", name="Swaziland", valid_to=date(2018, 4, 19))
    builders.party("AND", "Andorra", in_force_on=date(2015, 5, 5), search_text=index(["Andorra"]))


def rows(text):
    return [line.split("</th>")[0] for line in text.split('<th scope="row">')[1:]]


def test_status_and_name_are_those_of_the_day(client, some):
    text = client.get("/parties/?on=2014-01-06").text
    assert "status on Monday 6 January 2014" in text
    andorra, swaziland, jordan = (row.strip() for row in (rows(text)[0], rows(text)[1], rows(text)[2]))
    assert andorra.startswith("Andorra")
    assert swaziland.startswith("Swaziland")
    assert "today Eswatini" in swaziland
    assert jordan.startswith("Jordan")
    assert text.count("Other Government") == 1


def test_without_a_day_it_is_today(client, some):
    with time_machine.travel("2020-02-29T12:00:00Z", tick=False):
        text = client.get("/parties/").text
    assert "Saturday 29 February 2020" in text
    assert "Other Government" not in text


@pytest.mark.parametrize(("query", "found"), [("swazi", 1), ("الأردن", 1), ("JOR", 1), ("atlantis", 0), ("…", 0)])
def test_any_name_of_any_time_finds(client, some, query, found):
    assert len(rows(client.get("/parties/", {"q": query}).text)) == found


@pytest.mark.parametrize("day", ["yesterday", "2014-13-01", "0000-00-00", "99999-01-01", "2014-01-01' OR 1=1"])
def test_a_day_that_is_none_is_said(client, some, day):
    response = client.get("/parties/", {"on": day})
    assert response.status_code == 400
    assert 'id="id_on_error"' in response.text


def test_the_list_takes_the_same_queries_for_one_and_three(client, django_assert_num_queries):
    builders.party()
    with django_assert_num_queries(3):
        client.get("/parties/")
    builders.party("FJI", "Fiji")
    builders.party("SEN", "Senegal")
    with django_assert_num_queries(3):
        client.get("/parties/")


def test_the_page_in_arabic_reads_from_the_right_and_names_in_arabic(client, some):
    response = client.get("/parties/", headers={"accept-language": "ar"})
    assert '<html lang="ar" dir="rtl"' in response.text
    assert "الأردن" in response.text
