"""Attendance through the API."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from participants.verbs.attendances import record_attendance
from tests.api_scene import Scene
from tests.conftest import NOW

LIST = "/api/v1/attendances/"
DAY = date(2014, 6, 16)


def attended(scene: Scene, count: int = 1) -> None:
    for registration in scene.registered(count):
        record_attendance(registration, DAY, by=scene.by, at=NOW)


def test_who_sees_them(scene: Scene):
    attended(scene)
    assert scene.seen(LIST) == {
        "organizer": 1,
        "integrator": 0,
        "focal_point": 1,
        "participant": 1,
        "other_focal_point": 0,
        "stranger": 0,
        "anonymous": 401,
    }


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_list(scene: Scene, count: int, django_assert_num_queries: DjangoAssertNumQueries):
    attended(scene, count)
    client = scene.client("organizer")
    with django_assert_num_queries(2):
        assert client.get(LIST).json()["count"] == count


@pytest.mark.parametrize(("query", "count"), [("day=2014-06-16", 1), ("day=2014-06-17", 0), ("party=JOR", 1)])
def test_filters(scene: Scene, query: str, count: int):
    attended(scene)
    assert scene.client("organizer").get(f"{LIST}?{query}").json()["count"] == count


def test_shape(scene: Scene):
    attended(scene)
    row = scene.client("participant").get(LIST).json()["results"][0]
    assert (row["day"], row["workshop"], row["recorded_at"]) == ("2014-06-16", "amman-2014", "2014-01-06T09:00:00Z")
