"""Focal points through the API."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from participants.models import FocalPoint
from tests import builders
from tests.api_scene import Scene

LIST = "/api/v1/focal-points/"


def test_who_sees_them(scene: Scene):
    assert scene.seen(LIST) == {
        "organizer": 2,
        "integrator": 0,
        "focal_point": 1,
        "participant": 0,
        "other_focal_point": 1,
        "stranger": 0,
        "anonymous": 401,
    }
    mandate = FocalPoint.objects.get(party="JOR")
    assert scene.statuses(f"{LIST}{mandate.pk}/") == {
        "organizer": 200,
        "integrator": 404,
        "focal_point": 200,
        "participant": 404,
        "other_focal_point": 404,
        "stranger": 404,
        "anonymous": 401,
    }


@pytest.mark.parametrize("more", [0, 3])
def test_queries_of_the_list(scene: Scene, more: int, django_assert_num_queries: DjangoAssertNumQueries):
    for kind in ("PA-FP", "CHM-FP", "FAO-FP")[:more]:
        builders.focal_point(scene.jordan, kind)
    client = scene.client("organizer")
    with django_assert_num_queries(2):
        assert client.get(LIST).json()["count"] == 2 + more


@pytest.mark.parametrize(
    ("query", "count"),
    [("party=JOR", 2), ("kind=PA-FP", 1), ("on=2011-06-01", 3), ("on=2012-01-01", 2), ("on=2009-12-31", 0)],
)
def test_filters(scene: Scene, query: str, count: int):
    builders.focal_point(scene.jordan, "PA-FP", valid_to=date(2012, 1, 1))
    assert scene.client("organizer").get(f"{LIST}?{query}").json()["count"] == count


def test_a_day_is_written_as_iso_8601(scene: Scene):
    assert scene.client("organizer").get(f"{LIST}?on=01/06/2011").status_code == 400
