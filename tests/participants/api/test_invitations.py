"""Invitations through the API."""

from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from correspondence.models import Message
from tests.api_scene import Scene, problem

LIST = "/api/v1/invitations/"


def test_who_sees_them(scene: Scene):
    invitation = scene.invited()[0]
    assert scene.seen(LIST) == {
        "organizer": 1,
        "integrator": 0,
        "focal_point": 1,
        "participant": 1,
        "other_focal_point": 0,
        "stranger": 0,
        "anonymous": 401,
    }
    assert scene.statuses(f"{LIST}{invitation.pk}/") == {
        "organizer": 200,
        "integrator": 404,
        "focal_point": 200,
        "participant": 200,
        "other_focal_point": 404,
        "stranger": 404,
        "anonymous": 401,
    }


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_list(scene: Scene, count: int, django_assert_num_queries: DjangoAssertNumQueries):
    scene.invited(count)
    client = scene.client("organizer")
    with django_assert_num_queries(2):
        assert client.get(LIST).json()["count"] == count


@pytest.mark.parametrize(
    ("query", "count"),
    [("state=open", 1), ("state=declined", 0), ("party=JOR", 1), ("party=EGY", 0), ("workshop=amman-2014", 1)],
)
def test_filters(scene: Scene, query: str, count: int):
    scene.invited()
    assert scene.client("organizer").get(f"{LIST}?{query}").json()["count"] == count


def test_the_invited_person_accepts_and_then_cannot_come(scene: Scene):
    path = f"{LIST}{scene.invited()[0].pk}/"
    client = scene.client("participant")
    accepted = client.post(f"{path}accept/").json()
    assert (accepted["state"], accepted["responded_at"]) == ("accepted", "2014-01-06T09:00:00Z")
    assert problem(client.post(f"{path}accept/")) == (409, "illegal_step", ["state"])
    declined = client.post(f"{path}decline/", {"reason": "Elections"}, format="json").json()
    assert (declined["state"], declined["decline_reason"]) == ("declined", "Elections")
    assert problem(client.post(f"{path}accept/")) == (409, "illegal_step", ["state"])


@pytest.mark.parametrize("step", ["accept", "decline", "visa-letter"])
def test_nobody_answers_for_somebody_else(scene: Scene, step: str):
    path = f"{LIST}{scene.invited()[0].pk}/{step}/"
    assert problem(scene.client("focal_point").post(path)) == (403, "not_yours", [])
    assert problem(scene.client("other_focal_point").post(path)) == (404, "not_found", [])
    assert problem(scene.client("stranger").post(path)) == (404, "not_found", [])
    assert problem(scene.client("anonymous").post(path)) == (401, "not_authenticated", [])


def test_the_letter_for_the_visa(scene: Scene):
    path = f"{LIST}{scene.invited()[0].pk}/"
    client = scene.client("participant")
    assert problem(client.post(f"{path}visa-letter/")) == (409, "not_accepted", [])
    client.post(f"{path}accept/")
    assert client.post(f"{path}visa-letter/").json()["state"] == "accepted"
    assert problem(client.post(f"{path}visa-letter/")) == (409, "written_today", [])
    assert Message.objects.filter(kind="visa-support").count() == 1
    assert problem(client.get(f"{path}visa-letter/")) == (405, "method_not_allowed", [])


def test_bad_reasons(scene: Scene):
    path = f"{LIST}{scene.invited()[0].pk}/decline/"
    client = scene.client("participant")
    assert problem(client.post(path, {"reason": "x" * 501}, format="json")) == (400, "invalid", ["reason"])
    assert problem(client.post(path, {"why": "Elections"}, format="json")) == (400, "invalid", ["why"])


def test_no_such_invitation(scene: Scene):
    assert problem(scene.client("organizer").post(f"{LIST}{uuid4()}/accept/")) == (404, "not_found", [])


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_invitations_are_made_elsewhere(scene: Scene, method: str):
    path = LIST if method == "post" else f"{LIST}{scene.invited()[0].pk}/"
    assert problem(getattr(scene.client("organizer"), method)(path)) == (405, "method_not_allowed", [])
