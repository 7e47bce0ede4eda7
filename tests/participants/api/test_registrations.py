"""Registrations through the API."""

from typing import Any
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from participants.verbs.invitations import accept
from tests.api_scene import Scene, problem
from tests.conftest import NOW

LIST = "/api/v1/registrations/"


def test_who_sees_them(scene: Scene):
    registration = scene.registered()[0]
    assert scene.seen(LIST) == {
        "organizer": 1,
        "integrator": 0,
        "focal_point": 0,
        "participant": 1,
        "other_focal_point": 0,
        "stranger": 0,
        "anonymous": 401,
    }
    assert scene.statuses(f"{LIST}{registration.pk}/") == {
        "organizer": 200,
        "integrator": 404,
        "focal_point": 404,
        "participant": 200,
        "other_focal_point": 404,
        "stranger": 404,
        "anonymous": 401,
    }


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_list(scene: Scene, count: int, django_assert_num_queries: DjangoAssertNumQueries):
    scene.registered(count)
    client = scene.client("organizer")
    with django_assert_num_queries(3):
        assert client.get(LIST).json()["count"] == count


@pytest.mark.parametrize(("query", "count"), [("party=JOR", 1), ("party=EGY", 0), ("workshop=amman-2014", 1)])
def test_filters(scene: Scene, query: str, count: int):
    scene.registered()
    assert scene.client("organizer").get(f"{LIST}?{query}").json()["count"] == count


def test_register_and_change(scene: Scene):
    invitation = accept(scene.invited()[0], by=scene.by, at=NOW)
    body = {
        "invitation": str(invitation.pk),
        "badge_name": "One",
        "nationality": "EGY",
        "residence": "JOR",
        "arrives_on": "2014-06-14",
        "leaves_on": "2014-06-20",
        "may_list": True,
    }
    client = scene.client("participant")
    made = client.post(LIST, body, format="json")
    assert made.status_code == 201
    shown = made.json()
    assert (shown["party"], shown["nationality"], shown["residence"]) == ("JOR", "EGY", "JOR")
    assert made["Location"].endswith(f"{LIST}{shown['id']}/")
    assert client.get(f"{LIST}{shown['id']}/").json() == shown


def test_a_second_time_changes_the_first(scene: Scene):
    registration = scene.registered()[0]
    registration.begun_at = NOW.replace(year=2013)
    registration.save()
    body = {"invitation": str(registration.invitation_id), "badge_name": "Another"}
    answer = scene.client("participant").post(LIST, body, format="json")
    assert (answer.status_code, answer.json()["badge_name"]) == (200, "Another")
    assert answer.json()["id"] == str(registration.pk)


def test_only_after_accepting(scene: Scene):
    body = {"invitation": str(scene.invited()[0].pk), "badge_name": "One"}
    assert problem(scene.client("participant").post(LIST, body, format="json")) == (409, "not_accepted", [])


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("focal_point", (403, "not_yours", [])),
        ("other_focal_point", (404, "unknown_reference", ["invitation"])),
        ("stranger", (404, "unknown_reference", ["invitation"])),
        ("anonymous", (401, "not_authenticated", [])),
    ],
)
def test_nobody_registers_somebody_else(scene: Scene, role: str, expected: tuple[int, str, list[str]]):
    invitation = accept(scene.invited()[0], by=scene.by, at=NOW)
    body = {"invitation": str(invitation.pk), "badge_name": "One"}
    assert problem(scene.client(role).post(LIST, body, format="json")) == expected


@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [
        ({"invitation": "x"}, 400, "invitation"),
        ({"invitation": str(uuid4())}, 404, "invitation"),
        ({"badge_name": " "}, 400, "badge_name"),
        ({"badge_name": "x" * 201}, 400, "badge_name"),
        ({"nationality": "Jordan"}, 400, "nationality"),
        ({"nationality": "ZZZ"}, 404, "nationality"),
        ({"arrives_on": "14 June"}, 400, "arrives_on"),
        ({"arrives_on": "2014-06-20", "leaves_on": "2014-06-14"}, 400, "leaves_on"),
        ({"may_list": "perhaps"}, 400, "may_list"),
        ({"passport_number": "A1"}, 400, "passport_number"),
    ],
)
def test_bad_values(scene: Scene, changes: dict[str, Any], status: int, field: str):
    invitation = accept(scene.invited()[0], by=scene.by, at=NOW)
    body = {"invitation": str(invitation.pk), "badge_name": "One", **changes}
    answer = scene.client("organizer").post(LIST, body, format="json")
    assert (answer.status_code, [each["field"] for each in answer.json()["errors"]]) == (status, [field])
