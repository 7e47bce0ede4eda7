"""Calls through the API."""

import pytest
from pytest_django import DjangoAssertNumQueries

from correspondence.models import Message
from participants.verbs.calls import open_call
from tests import builders
from tests.api_scene import DEADLINE, Scene, problem
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
    with django_assert_num_queries(3):
        assert client.get(LIST).json()["count"] == 1 + more


@pytest.mark.parametrize(("query", "count"), [("state=open", 1), ("state=closed", 0), ("programme=annex-ii", 1)])
def test_filters(scene: Scene, query: str, count: int):
    assert scene.client("organizer").get(f"{LIST}?{query}").json()["count"] == count


def test_shape(scene: Scene):
    assert scene.client("focal_point").get(LIST).json()["results"] == [
        {
            "id": str(scene.call.pk),
            "symbol": "ANNEX2-AMM-001",
            "file_reference": "",
            "issued_on": "2014-01-06",
            "workshop": "amman-2014",
            "state": "open",
            "opened_at": "2014-01-06T09:00:00Z",
            "deadline_at": "2014-03-21T14:00:00Z",
            "deadline_zone": "Asia/Amman",
            "extensions": [],
            "late_policy": "refuse",
            "reminder_days": [7, 2],
            "seats_per_party": 3,
            "tracks": ["biodiversity", "planning"],
            "planning_signatures": "either",
            "sectors": ["conservation", "forest", "agriculture", "planning"],
            "papers": ["letter", "form", "cv"],
            "thematic_areas": {},
            "criteria": {},
            "funding": {},
            "funded_seats": 0,
            "funded_lists": [],
        }
    ]


EXTENSION = {"deadline_at": "2014-04-11T15:00:00Z", "deadline_zone": "Asia/Amman"}


def test_an_organizer_extends_a_call(scene: Scene):
    path = f"{LIST}{scene.call.pk}/extend/"
    client = scene.client("organizer")
    shown = client.post(path, EXTENSION | {"reason": "Asked for by several Parties"}, format="json").json()
    assert (shown["deadline_at"], shown["deadline_zone"], shown["state"]) == (*EXTENSION.values(), "open")
    assert Message.objects.filter(kind="call-extension").count() == 2
    assert shown["extensions"] == [
        {
            "extended_at": shown["extensions"][0]["extended_at"],
            "previous_at": "2014-03-21T14:00:00Z",
            "previous_zone": "Asia/Amman",
            **EXTENSION,
            "reason": "Asked for by several Parties",
        }
    ]
    assert problem(client.post(path, EXTENSION, format="json")) == (400, "deadline_not_later", ["deadline_at"])


def test_nobody_else_extends_a_call(scene: Scene):
    scene.nominated()
    path = f"{LIST}{scene.call.pk}/extend/"
    for role in ("focal_point", "participant", "other_focal_point"):
        assert problem(scene.client(role).post(path, EXTENSION, format="json")) == (403, "organizers_only", [])
    for role in ("integrator", "stranger"):
        assert problem(scene.client(role).post(path, EXTENSION, format="json")) == (404, "not_found", [])
    assert problem(scene.client("anonymous").post(path, EXTENSION, format="json")) == (401, "not_authenticated", [])
    assert not Message.objects.filter(kind="call-extension").exists()


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"deadline_at": "soon"}, "invalid", "deadline_at"),
        ({"deadline_at": "2014-03-01T15:00:00Z"}, "deadline_not_later", "deadline_at"),
        ({"deadline_at": "0001-01-01T00:00:00Z"}, "deadline_past", "deadline_at"),
        ({"deadline_at": "9999-12-31T23:59:59Z"}, "deadline_after_start", "deadline_at"),
        ({"deadline_at": "9999-12-31T23:59:59-12:00"}, "invalid", "deadline_at"),
        ({"deadline_zone": "../etc/passwd"}, "zone_unknown", "deadline_zone"),
        ({"deadline_zone": "x" * 61}, "invalid", "deadline_zone"),
        ({"reason": "x" * 501}, "invalid", "reason"),
        ({"until": "2014-05-01"}, "invalid", "until"),
    ],
)
def test_bad_extensions(scene: Scene, change: dict[str, str], code: str, field: str):
    answer = scene.client("organizer").post(f"{LIST}{scene.call.pk}/extend/", EXTENSION | change, format="json")
    assert problem(answer) == (400, code, [field])
