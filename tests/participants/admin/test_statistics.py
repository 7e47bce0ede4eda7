"""The page of statistics of a workshop and of a programme, and what is taken along from it."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests import builders
from tests.participants.decisions import Decision, decision, groups, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Decision:
    groups()
    jordan = member(builders.party(), "un-group-asia-pacific")
    found = decision(jordan)
    for gender, state in (("woman", "selected"), ("woman", "submitted"), ("unknown", "submitted")):
        found.nominated(jordan, person_gender=gender, state=state)
    return found


@pytest.fixture
def door(client: Client) -> Client:
    """An organizer's browser."""
    client.force_login(builders.user("staff@secretariat.example", name="Staff", role="organizer", is_staff=True))
    return client


def page(made: Decision, noun: str = "workshop") -> str:
    row = made.workshop if noun == "workshop" else made.workshop.programme
    return reverse(f"admin:workshops_{noun}_statistics", args=[row.pk])


def file(made: Decision, form: str) -> str:
    return reverse("admin:workshops_workshop_statistics_file", args=[made.workshop.pk, form])


@pytest.mark.parametrize("noun", ["workshop", "programme"])
def test_the_rows_page_leads_to_its_statistics(made, door, noun):
    row = made.workshop if noun == "workshop" else made.workshop.programme
    shown = door.get(reverse(f"admin:workshops_{noun}_change", args=[row.pk])).content.decode()
    assert f'href="{page(made, noun)}">Statistics</a>' in shown


@pytest.mark.parametrize("noun", ["workshop", "programme"])
def test_e07_the_table_shows_shares_of_those_who_stated_it(made, door, noun):
    answer = door.get(page(made, noun))
    text = " ".join(answer.content.decode().split())
    assert answer.status_code == 200
    assert (
        '<th scope="row">Woman</th><td class="number" data-label="Nominated"><span>2 <span class="quiet">100 %</span></span></td>'
        in text
    )
    assert '<th scope="row">Not stated</th><td class="number" data-label="Nominated">1 of 3</td>' in text
    assert '<th scope="row">People</th><td class="number" data-label="Nominated">3</td>' in text


def test_the_chart_has_a_name_a_description_and_the_same_figures(made, door):
    text = " ".join(door.get(page(made)).content.decode().split())
    assert '<svg viewBox="0 0 640 368" role="img" aria-labelledby="bars-title bars-desc">' in text
    assert '<title id="bars-title">Gender</title>' in text
    assert "The table below holds the same figures." in text
    assert '<text x="0" y="15.0">Woman</text>' in text
    assert '<rect class="bars-nominated" x="0" y="20.0" width="576.0" height="12"/>' in text
    assert '<text class="bars-number" x="582.0" y="30.0">2</text>' in text
    assert "style=" not in text.partition("<figure")[2].partition("</figure>")[0]


def test_in_arabic_the_chart_begins_at_the_right(made, door):
    door.cookies.load({"django_language": "ar"})
    text = " ".join(door.get(page(made)).content.decode().split())
    assert 'dir="rtl"' in text
    assert '<rect class="bars-nominated" x="64.0" y="20.0" width="576.0" height="12"/>' in text


def test_the_address_tells_the_field_and_an_unknown_one_is_said(made, door):
    assert "Asia-Pacific" in door.get(page(made), {"by": "un-group"}).content.decode()
    answer = door.get(page(made), {"by": "shoe-size"})
    assert answer.status_code == 422
    assert "shoe-size is not one of the available choices." in answer.content.decode()
    assert door.get(file(made, "csv"), {"by": "shoe-size"}).status_code == 404
    assert door.get(file(made, "docx"), {"by": "gender"}).status_code == 404


def test_many_values_are_drawn_by_their_number_and_all_are_in_the_table(made, door):
    for number in range(21):
        made.nominated(builders.party(f"X{chr(65 + number)}X", f"Land {number}"))
    shown = door.get(page(made), {"by": "party"})
    text = shown.content.decode()
    assert "2 values with fewer people are in the table alone." in text
    assert text.count('<th scope="row">Land') == 21


def test_what_is_seen_is_taken_along_as_csv(made, door):
    answer = door.get(file(made, "csv"), {"by": "gender"})
    assert answer["Content-Disposition"] == 'attachment; filename="amman-2014-gender.csv"'
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith('Value,Gender,Nominated,"Nominated, of","Nominated, percent",Selected')
    assert lines[1].startswith("woman,Woman,2,2,100,1,1,100,0,0,,")
    assert lines[4].startswith(",Not stated,1,3,33,0,1,0,")
    assert lines[5].startswith(",People,3,3,,1,1,,0,0,,")


def test_what_is_seen_is_taken_along_as_a_workbook(made, door):
    sheet = load_workbook(BytesIO(door.get(file(made, "xlsx"), {"by": "gender"}).content)).worksheets[0]
    assert [cell.value for cell in sheet[2]][:8] == ["woman", "Woman", 2, 2, 100, 1, 1, 100]
    assert sheet.title == "Statistics"


def test_who_works_not_for_the_secretariat_sees_none(made, client):
    client.force_login(builders.user("guest@ministry.example"))
    assert client.get(page(made)).status_code == 302
    assert client.get(file(made, "csv"), {"by": "gender"}).status_code == 302


@pytest.mark.parametrize("more", [0, 2])
def test_queries_do_not_grow_with_the_people(made, door, more, django_assert_num_queries):
    for _each in range(more):
        made.nominated(None)
    door.get(page(made))
    with django_assert_num_queries(7):
        assert door.get(page(made)).status_code == 200
