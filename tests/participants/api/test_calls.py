"""Calls through the API."""

import pytest
from pytest_django import DjangoAssertNumQueries

from participants.verbs.calls import open_call
from tests import builders
from tests.api_scene import DEADLINE, Scene
from tests.conftest import NOW

LIST = "/api/v1/calls/"


def test_who_sees_them(scene: Scene):
    scene.nominated()
    assert scene.seen(LIST) == {
        "organizer": 1,
        "integrator": 0,
        "focal_point": 1,
        "participant": 1,
        "other_focal_point": 1,
        "stranger": 0,
        "anonymous": 401,
    }
    assert scene.statuses(f"{LIST}{scene.call.pk}/") == {
        "organizer": 200,
        "integrator": 404,
        "focal_point": 200,
        "participant": 200,
        "other_focal_point": 200,
        "stranger": 404,
        "anonymous": 401,
    }


@pytest.mark.parametrize("more", [0, 2])
def test_queries_of_the_list(scene: Scene, more: int, django_assert_num_queries: DjangoAssertNumQueries):
    for number in range(more):
        party = builders.party(f"ZZ{'AB'[number]}", f"Land {number}")
        builders.focal_point(party)
        workshop = builders.workshop(f"other-{number}", parties=(party,), reference=f"ANNEX2-{number}")
        open_call(workshop, deadline_at=DEADLINE, deadline_zone="Asia/Amman", seats_per_party=2, by=scene.by, at=NOW)
    client = scene.client("organizer")
    with django_assert_num_queries(2):
        assert client.get(LIST).json()["count"] == 1 + more


@pytest.mark.parametrize(("query", "count"), [("state=open", 1), ("state=closed", 0), ("programme=annex-ii", 1)])
def test_filters(scene: Scene, query: str, count: int):
    assert scene.client("organizer").get(f"{LIST}?{query}").json()["count"] == count


def test_shape(scene: Scene):
    assert scene.client("focal_point").get(LIST).json()["results"] == [
        {
            "id": str(scene.call.pk),
            "symbol": "ANNEX2-AMM-001",
            "workshop": "amman-2014",
            "state": "open",
            "opened_at": "2014-01-06T09:00:00Z",
            "deadline_at": "2014-03-21T14:00:00Z",
            "deadline_zone": "Asia/Amman",
            "seats_per_party": 3,
            "criteria": {},
        }
    ]
