"""Messages through the API."""

import pytest
from pytest_django import DjangoAssertNumQueries

from correspondence.models import Message
from tests.api_scene import Scene, problem

LIST = "/api/v1/messages/"


def test_who_sees_them(scene: Scene):
    message = Message.objects.get(to_address="focal_point@ministry.example")
    assert scene.seen(LIST) == {
        "organizer": 2,
        "integrator": 0,
        "focal_point": 1,
        "participant": 0,
        "other_focal_point": 1,
        "stranger": 0,
        "anonymous": 401,
    }
    assert scene.statuses(f"{LIST}{message.pk}/") == {
        "organizer": 200,
        "integrator": 404,
        "focal_point": 200,
        "participant": 404,
        "other_focal_point": 404,
        "stranger": 404,
        "anonymous": 401,
    }


@pytest.mark.parametrize("invited", [1, 3])
def test_queries_of_the_list(scene: Scene, invited: int, django_assert_num_queries: DjangoAssertNumQueries):
    scene.invited(invited)
    client = scene.client("organizer")
    with django_assert_num_queries(3):
        assert client.get(LIST).json()["count"] == 2 + 2 * invited  # who is invited was told of the selection before


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("state=queued", 2),
        ("state=sent", 0),
        ("kind=call-notification", 2),
        ("kind=invitation", 0),
        ("topic=ANNEX2-AMM", 2),
        ("about_kind=call", 2),
    ],
)
def test_filters(scene: Scene, query: str, count: int):
    assert scene.client("organizer").get(f"{LIST}?{query}").json()["count"] == count


def test_no_secret_is_shown(scene: Scene):
    shown = scene.client("focal_point").get(LIST).json()["results"][0]
    assert "{link}" in shown["body"]
    assert not {"link_key", "link_digest", "link_path", "key"} & set(shown)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nobody_writes_them_here(scene: Scene, method: str):
    assert problem(getattr(scene.client("organizer"), method)(LIST)) == (405, "method_not_allowed", [])
