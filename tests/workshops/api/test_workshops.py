"""Workshops and what belongs to them, through the API."""

import pytest

from tests import builders
from tests.api_scene import client

pytestmark = pytest.mark.usefixtures("public_rows")


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("workshops/?programme=annex-ii", 1),
        ("workshops/?programme=other", 0),
        ("workshops/?host=JOR", 1),
        ("workshops/?party=EGY", 1),
        ("workshops/?party=JOR", 0),
        ("workshops/?stage=planned", 1),
        ("workshops/?stage=held", 0),
        ("workshops/?on=2014-06-19", 1),
        ("workshops/?on=2014-06-20", 0),
        ("programmes/?decision=xi-16", 1),
        ("programmes/?decision=xi-17", 0),
        ("programmes/?target=aichi-15", 1),
        ("regions/?of_list=ldc", 1),
        ("regions/?of_list=sids", 0),
        ("targets/?framework=aichi&area_based=true", 1),
        ("targets/?number=11", 0),
        ("sessions/?workshop=amman-2014&curriculum_item=C1&kind=plenary", 1),
        ("sessions/?programme=other", 0),
        ("materials/?programme=annex-ii&language=en&kind=link&search=GUIDE", 1),
        ("materials/?language=fr", 0),
        ("outputs/?expectation=O1", 1),
        ("outputs/?expectation=P1", 0),
        ("contributions/?donor=JOR&currency=JPY&kind=cash", 1),
        ("contributions/?currency=EUR", 0),
    ],
)
def test_filters(address: str, count: int):
    egypt = builders.party("EGY", "Egypt")
    workshop = builders.programme().workshops.get()
    workshop.coverages.create(programme=workshop.programme, party=egypt)
    assert client().get(f"/api/v1/{address}").json()["count"] == count


def test_shape_of_a_workshop():
    shown = client().get("/api/v1/workshops/amman-2014/").json()
    shown.pop("id")
    assert shown == {
        "slug": "amman-2014",
        "reference": "ANNEX2-amman-2014",
        "programme": "annex-ii",
        "title": {"en": "Workshop for Western Asia"},
        "host": "JOR",
        "city": "Amman",
        "venue": "",
        "zone": "Asia/Amman",
        "latitude": None,
        "longitude": None,
        "starts_on": "2014-06-15",
        "ends_on": "2014-06-19",
        "opens_at": "09:00",
        "closes_at": "17:30",
        "put_off": False,
        "online": False,
        "web_address": "",
        "revision": 0,
        "languages": ["en", "ar"],
        "seats": 40,
        "stage": "planned",
        "parties": [],
        "rehearsal_of": None,
    }


def test_shape_of_a_programme():
    shown = client().get("/api/v1/programmes/annex-ii/").json()
    assert shown["mandates"] == [{"decision": "xi-16", "paragraph": "5"}]
    assert shown["expectations"] == [{"code": "O1", "kind": "outcome", "text": {"en": "National targets"}}]
    assert shown["partners"] == [{"name": "FAO", "role": "partner"}]
    assert shown["curriculum"] == [
        {"code": "C1", "title": {"en": "Aichi targets"}, "text": {"en": "Overview"}, "targets": ["aichi-15"]}
    ]
    assert shown["coverage"] == [{"party": "JOR", "workshop": None, "reason_left_out": {"en": "It asked so."}}]
    assert shown["targets"] == ["aichi-15"]


def test_money_is_a_decimal_with_its_currency():
    row = client().get("/api/v1/contributions/").json()["results"][0]
    assert (row["amount"], row["currency"], row["earmark_workshop"]) == ("1000.50", "JPY", "amman-2014")
