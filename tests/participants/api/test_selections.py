"""Selections through the API."""

import pytest
from pytest_django import DjangoAssertNumQueries

from participants.models import Selection
from tests.api_scene import Scene

LIST = "/api/v1/selections/"


def test_they_are_the_organizers_papers(scene: Scene):
    scene.invited()
    selection = Selection.objects.get()
    assert scene.seen(LIST) == {
        "organizer": 1,
        "integrator": 0,
        "focal_point": 0,
        "participant": 0,
        "other_focal_point": 0,
        "stranger": 0,
        "anonymous": 401,
    }
    assert scene.statuses(f"{LIST}{selection.pk}/") == {
        "organizer": 200,
        "integrator": 404,
        "focal_point": 404,
        "participant": 404,
        "other_focal_point": 404,
        "stranger": 404,
        "anonymous": 401,
    }


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_list(scene: Scene, count: int, django_assert_num_queries: DjangoAssertNumQueries):
    scene.invited(count)
    client = scene.client("organizer")
    with django_assert_num_queries(3):
        assert len(client.get(LIST).json()["results"][0]["entries"]) == count


def test_shape(scene: Scene):
    invitation = scene.invited()[0]
    row = scene.client("organizer").get(LIST).json()["results"][0]
    assert (row["number"], row["state"], row["seats"], row["decided_by"]) == (
        1,
        "approved",
        1,
        "organizer@secretariat.example",
    )
    entry = row["entries"][0]
    assert (entry["nomination"], entry["outcome"], entry["position"]) == (
        str(invitation.nomination_id),
        "selected",
        None,
    )
