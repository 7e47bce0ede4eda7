"""Parties through the API."""

from datetime import date

import pytest

from tests.api_scene import client, problem
from tests.workshops.api import rows
from workshops.models import Party, Region, RegionMembership

LIST = "/api/v1/parties/"


@pytest.fixture(autouse=True)
def _parties(db: None) -> None:
    rows.a_party("JOR", "Jordan")
    rows.a_party("SSD", "South Sudan", deposited_on=date(2014, 2, 17), in_force_on=date(2014, 5, 18))
    eu = rows.a_party("EUE", "European Union", kind="reio", in_force_on=date(1994, 3, 21))
    eu.members.add(rows.a_party("FRA", "France"))
    Party.objects.create(
        code="USA", name={"en": "United States"}, name_en="United States", search_text=" united states "
    )


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["EUE", "FRA", "JOR", "SSD", "USA"]),
        ("party_on=2014-05-17", ["EUE", "FRA", "JOR"]),
        ("party_on=2014-05-18", ["EUE", "FRA", "JOR", "SSD"]),
        ("region=ldc&party_on=2013-12-31", ["EUE", "FRA", "JOR"]),
        ("region=ldc&party_on=2014-01-01", []),
        ("region=nowhere", []),
        ("kind=reio", ["EUE"]),
        ("search=SUDAN", ["SSD"]),
        ("search=zz", []),
        ("party_on=0001-01-01", []),
    ],
)
def test_filters(query: str, codes: list[str]):
    found = client().get(f"{LIST}?ordering=code&{query}").json()["results"]
    assert [each["code"] for each in found] == codes


def test_a_region_is_of_the_day_or_of_today():
    RegionMembership.objects.create(party_id="USA", region=Region.objects.get(), valid_from=date(2014, 1, 1))
    found = client().get(f"{LIST}?region=ldc").json()["results"]
    assert [each["code"] for each in found] == ["USA"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("party_on=2014-13-01", "party_on"),
        ("party_on=tomorrow", "party_on"),
        ("kind=planet", "kind"),
        ("ordering=search_text", "ordering"),
        ("search=" + "x" * 201, "search"),
    ],
)
def test_bad_filters(query: str, field: str):
    assert problem(client().get(f"{LIST}?{query}")) == (400, "invalid", [field])


def test_shape():
    assert client().get(f"{LIST}EUE/").json() == {
        "code": "EUE",
        "iso2": "",
        "m49": "",
        "kind": "reio",
        "name": {"en": "European Union"},
        "formal_name": "",
        "earlier_names": [
            {"language": "en", "name": "Old European Union", "valid_from": None, "valid_to": "2000-01-01"}
        ],
        "deposited_on": None,
        "in_force_on": "1994-03-21",
        "language": "en",
        "capital": "",
        "latitude": None,
        "longitude": None,
        "zone": "",
        "members": ["FRA"],
        "regions": [{"region": "ldc", "valid_from": "1990-01-01", "valid_to": "2014-01-01"}],
    }


@pytest.mark.parametrize(
    ("query", "page_size", "shown"),
    [("page_size=2", 2, 2), ("page_size=2&page=3", 2, 1), ("page_size=9999999999999", 200, 5)],
)
def test_pages(query: str, page_size: int, shown: int):
    answer = client().get(f"{LIST}?{query}").json()
    assert (answer["count"], len(answer["results"])) == (5, shown)


def test_what_stands_in_the_query_does_not_change_the_one():
    assert client().get(f"{LIST}JOR/?party_on=never&kind=reio").json()["code"] == "JOR"
