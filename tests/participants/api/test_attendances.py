"""Attendance through the API."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from correspondence.models import Message
from participants.verbs.attendances import record_attendance
from tests.api_scene import Scene, problem
from tests.conftest import NOW

LIST = "/api/v1/attendances/"
DAY = date(2014, 6, 16)
AFTER = datetime(2014, 6, 20, 9, 0, tzinfo=UTC)


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


def test_an_organizer_certifies_once_a_person(scene: Scene):
    attended(scene)
    with time_machine.travel(AFTER, tick=False):
        client = scene.client("organizer")
        path = f"{LIST}{client.get(LIST).json()['results'][0]['id']}/certify/"
        for _twice in range(2):
            assert client.post(path).json()["day"] == "2014-06-16"
    assert Message.objects.get(kind="certificate").to_address == "nominee.one@ministry.example"


def test_nobody_certifies_too_early_or_without_being_an_organizer(scene: Scene):
    attended(scene)
    path = f"{LIST}{scene.client('organizer').get(LIST).json()['results'][0]['id']}/certify/"
    assert problem(scene.client("organizer").post(path)) == (409, "workshop_not_held", [])
    for role in ("focal_point", "participant"):
        assert problem(scene.client(role).post(path)) == (403, "organizers_only", [])
    for role in ("integrator", "other_focal_point", "stranger"):
        assert problem(scene.client(role).post(path)) == (404, "not_found", [])
    assert problem(scene.client("anonymous").post(path)) == (401, "not_authenticated", [])
    assert not Message.objects.filter(kind="certificate").exists()
