"""Compilations through the API."""

import json
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from targets.models import Compilation
from targets.verbs.compilations import compile_submissions, request_compilation
from targets.verbs.items import ItemDraft
from targets.verbs.submissions import accept_submission, submit_targets
from tests.api_scene import Scene, problem
from tests.conftest import NOW

LIST = "/api/v1/compilations/"


def requested(scene: Scene) -> Compilation:
    return request_compilation(scene.call.workshop.programme, by=scene.by, at=NOW)


def ready(scene: Scene) -> Compilation:
    """A compilation with the accepted targets of Jordan."""
    items = [ItemDraft(title="Restore rangeland", measure="restore")]
    submission = submit_targets(scene.call.workshop.programme, scene.jordan, items=items, by=scene.by, at=NOW)
    accept_submission(submission, by=scene.by, at=NOW)
    made = compile_submissions(requested(scene).pk, at=NOW)
    assert made is not None
    return made


def test_who_sees_them(scene: Scene):
    requested(scene)
    nobody = {
        "organizer": 1,
        "integrator": 0,
        "focal_point": 0,
        "participant": 0,
        "other_focal_point": 0,
        "stranger": 0,
        "anonymous": 401,
    }
    assert scene.seen(LIST) == nobody
    compilation = ready(scene)
    assert scene.seen(LIST) == nobody | {"organizer": 2, "integrator": 1, "focal_point": 1}
    statuses = {
        "organizer": 200,
        "integrator": 200,
        "focal_point": 200,
        "participant": 404,
        "other_focal_point": 404,
        "stranger": 404,
        "anonymous": 401,
    }
    assert scene.statuses(f"{LIST}{compilation.pk}/") == statuses
    assert scene.statuses(f"{LIST}{compilation.pk}/files/json/") == statuses


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_list(scene: Scene, count: int, django_assert_num_queries: DjangoAssertNumQueries):
    for _ in range(count):
        requested(scene)
    client = scene.client("organizer")
    with django_assert_num_queries(5):
        assert client.get(LIST).json()["count"] == count


@pytest.mark.parametrize(
    ("query", "count"),
    [("state=requested", 1), ("state=ready", 0), ("programme=annex-ii&number=1&scope=programme", 1), ("workshop=x", 0)],
)
def test_filters(scene: Scene, query: str, count: int):
    requested(scene)
    assert scene.client("organizer").get(f"{LIST}?{query}").json()["count"] == count


def test_request_and_read(scene: Scene):
    answer = scene.client("organizer").post(LIST, {"programme": "annex-ii", "parties": ["JOR", "JOR"]}, format="json")
    assert answer.status_code == 201
    made = answer.json()
    made.pop("id")
    assert made == {
        "programme": "annex-ii",
        "number": 1,
        "scope": "parties",
        "workshop": None,
        "parties": ["JOR"],
        "state": "requested",
        "requested_at": "2014-01-06T09:00:00Z",
        "finished_at": None,
        "digest": "",
        "failure": "",
        "submissions": [],
        "files": [],
    }


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, (400, "invalid", ["programme"])),
        ({"programme": "annex-ii", "number": 7}, (400, "invalid", ["number"])),
        ({"programme": "annex-ii", "parties": "JOR"}, (400, "invalid", ["parties"])),
        ({"programme": "annex-ii", "parties": ["ZZZ"]}, (404, "unknown_reference", ["parties"])),
        ({"programme": "annex-iii"}, (404, "unknown_reference", ["programme"])),
        ({"programme": "annex-ii", "workshop": "paris"}, (404, "unknown_reference", ["workshop"])),
        ({"programme": "annex-ii", "workshop": "amman-2014", "parties": ["JOR"]}, (400, "two_scopes", ["parties"])),
    ],
)
def test_bad_requests(scene: Scene, body: dict[str, Any], expected: tuple[int, str, list[str]]):
    assert problem(scene.client("organizer").post(LIST, body, format="json")) == expected
    assert not Compilation.objects.exists()


@pytest.mark.parametrize("role", ["integrator", "focal_point", "participant", "stranger"])
def test_only_organizers_request(scene: Scene, role: str):
    answer = scene.client(role).post(LIST, {"programme": "annex-ii"}, format="json")
    assert problem(answer) == (403, "organizers_only", [])


def test_download(scene: Scene):
    compilation = ready(scene)
    client = scene.client("integrator")
    formats = {each["format"]: each["file"] for each in client.get(f"{LIST}{compilation.pk}/").json()["files"]}
    assert set(formats) == {"json", "xlsx", "pdf"}
    answer = client.get(f"{LIST}{compilation.pk}/files/json/", headers={"accept": "text/html"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer["Content-Disposition"] == f'attachment; filename="{formats["json"]["name"]}"'
    assert len(answer.content) == formats["json"]["size"]
    assert json.loads(answer.content)


@pytest.mark.parametrize("file_format", ["pdf", "docx"])
def test_no_such_file(scene: Scene, file_format: str):
    answer = scene.client("organizer").get(f"{LIST}{requested(scene).pk}/files/{file_format}/")
    assert problem(answer) == (404, "no_such_file", [])
