"""National targets through the API."""

import json
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from targets.models import Submission
from targets.verbs.areas import AreaDraft
from targets.verbs.items import ItemDraft
from targets.verbs.submissions import accept_submission, submit_targets
from tests import builders
from tests.api_scene import Scene, problem
from tests.conftest import NOW

LIST = "/api/v1/submissions/"
POINT = {"type": "Point", "coordinates": [35.9, 31.9]}


def submitted(scene: Scene, items: int = 1) -> Submission:
    """A submission of Jordan with so many items, each with an area."""
    target = builders.target()
    drafts = [
        ItemDraft(
            title=f"Restore rangeland {number}",
            measure="restore",
            value=Decimal(500),
            unit="ha",
            global_targets=(target.code,),
            areas=(AreaDraft(name="Badia", geometry=POINT),),
        )
        for number in range(items)
    ]
    return submit_targets(scene.call.workshop.programme, scene.jordan, items=drafts, by=scene.by, at=NOW)


def body(**changes: Any) -> dict[str, Any]:
    """A good submission of Jordan."""
    builders.target()
    item = {
        "title": "Restore rangeland",
        "measure": "restore",
        "value": "882.86",
        "unit": "km2",
        "due_on": "2020-12-31",
        "global_targets": ["aichi-15"],
        "areas": [{"name": "Badia", "geometry": POINT, "hectares_stated": "100"}],
    }
    good = {
        "programme": "annex-ii",
        "party": "JOR",
        "workshop": "amman-2014",
        "items": [item | changes.pop("item", {})],
    }
    return good | changes


def test_who_sees_what_waits_and_what_is_accepted(scene: Scene):
    submission = submitted(scene)
    waiting = {
        "organizer": 1,
        "integrator": 0,
        "focal_point": 1,
        "participant": 0,
        "other_focal_point": 0,
        "stranger": 0,
        "anonymous": 401,
    }
    assert scene.seen(LIST) == waiting
    assert scene.seen("/api/v1/areas/") == waiting
    accept_submission(submission, by=scene.by, at=NOW)
    assert scene.seen(LIST) == waiting | {"integrator": 1}
    assert scene.seen("/api/v1/areas/") == waiting | {"integrator": 1}
    assert scene.statuses(f"{LIST}{submission.pk}/") == {
        "organizer": 200,
        "integrator": 200,
        "focal_point": 200,
        "participant": 404,
        "other_focal_point": 404,
        "stranger": 404,
        "anonymous": 401,
    }


@pytest.mark.parametrize("items", [1, 3])
def test_queries_of_the_list(scene: Scene, items: int, django_assert_num_queries: DjangoAssertNumQueries):
    submitted(scene, items)
    client = scene.client("organizer")
    with django_assert_num_queries(5):
        assert len(client.get(LIST).json()["results"][0]["items"]) == items
    with django_assert_num_queries(2):
        assert client.get("/api/v1/areas/").json()["count"] == items


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("submissions/?programme=annex-ii&party=JOR&workshop=amman-2014&version=1&state=submitted", 1),
        ("submissions/?state=accepted", 0),
        ("submissions/?version=2", 0),
        ("areas/?party=JOR&programme=annex-ii&search=BADIA", 1),
        ("areas/?party=EGY", 0),
        ("areas/?submission=0198f5a0-0000-7000-8000-000000000000", 0),
    ],
)
def test_filters(scene: Scene, address: str, count: int):
    submitted(scene)
    assert scene.client("organizer").get(f"/api/v1/{address}").json()["count"] == count


def test_a_focal_point_submits(scene: Scene):
    answer = scene.client("focal_point").post(LIST, body(), format="json")
    assert answer.status_code == 201
    made = answer.json()
    assert (made["party"], made["version"], made["state"]) == ("JOR", 1, "submitted")
    item = made["items"][0]
    assert (item["value"], item["unit"], item["hectares"]) == ("882.8600", "km2", "88286.0000")
    assert (item["global_targets"], item["due_on"]) == (["aichi-15"], "2020-12-31")
    area = scene.client("focal_point").get(f"/api/v1/areas/{item['areas'][0]['id']}/").json()
    assert area == {
        "id": item["areas"][0]["id"],
        "item": item["id"],
        "submission": made["id"],
        "party": "JOR",
        "name": "Badia",
        "geometry": POINT,
        "hectares_stated": "100.0000",
    }


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("other_focal_point", (403, "no_standing", ["party"])),
        ("participant", (403, "no_standing", ["party"])),
        ("integrator", (403, "no_standing", ["party"])),
        ("anonymous", (401, "not_authenticated", [])),
    ],
)
def test_nobody_submits_for_another_party(scene: Scene, role: str, expected: tuple[int, str, list[str]]):
    assert problem(scene.client(role).post(LIST, body(), format="json")) == expected
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"items": []}, ["items"]),
        ({"items": None}, ["items"]),
        ({"items": "all"}, ["items"]),
        ({"items": [{"title": "Restore", "measure": "restore"}] * 201}, ["items"]),
        ({"party": "Jordan"}, ["party"]),
        ({"programme": "no slug"}, ["programme"]),
        ({"note": "x" * 4001}, ["note"]),
        ({"version": 7}, ["version"]),
        ({"item": {"title": ""}}, ["items.0.title"]),
        ({"item": {"measure": "sing"}}, ["items.0.measure"]),
        ({"item": {"value": "NaN"}}, ["items.0.value"]),
        ({"item": {"value": "1e30"}}, ["items.0.value"]),
        ({"item": {"value": "1.23456"}}, ["items.0.value"]),
        ({"item": {"hectares": 7}}, ["items.0.hectares"]),
        ({"item": {"due_on": "2020"}}, ["items.0.due_on"]),
        ({"item": {"global_targets": "aichi-15"}}, ["items.0.global_targets"]),
        ({"item": {"areas": [{"name": "Badia", "geometry": "here"}]}}, ["items.0.areas.0.geometry"]),
        ({"item": {"areas": [{"name": "Badia"}] * 101}}, ["items.0.areas"]),
    ],
)
def test_bad_values_name_their_fields(scene: Scene, changes: dict[str, Any], fields: list[str]):
    answer = scene.client("focal_point").post(LIST, body(**changes), format="json")
    assert problem(answer) == (400, "invalid", fields)


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ({"unit": "acre-feet"}, "unknown_unit"),
        ({"value": "-1"}, "not_a_quantity"),
        ({"global_targets": ["aichi-99"]}, "unknown_target"),
        ({"areas": [{"name": "Badia", "geometry": {"type": "Point", "coordinates": [1e9, 0]}}]}, "not_a_geometry"),
        ({"areas": [{"name": "Badia", "geometry": {"type": ["Point"]}}]}, "not_a_geometry"),
    ],
)
def test_what_the_verb_finds_wrong(scene: Scene, item: dict[str, Any], code: str):
    answer = scene.client("focal_point").post(LIST, body(item=item), format="json")
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert not Submission.objects.exists()


@pytest.mark.parametrize("field", ["programme", "party", "workshop"])
def test_unknown_references(scene: Scene, field: str):
    answer = scene.client("organizer").post(LIST, body(**{field: "ZZZ"}), format="json")
    assert problem(answer) == (404, "unknown_reference", [field])


@pytest.mark.parametrize("geometry", ['{"type": "Point", "coordinates": [1e400, 0]}', '{"type": "Po\\u0000int"}'])
def test_geometries_that_cannot_be_kept(scene: Scene, geometry: str):
    raw = json.dumps(body()).replace(json.dumps(POINT), geometry)
    assert scene.client("focal_point").post(LIST, raw, content_type="application/json").status_code == 400


def test_organizers_accept_and_return(scene: Scene):
    path = f"{LIST}{submitted(scene).pk}/"
    organizer = scene.client("organizer")
    assert problem(scene.client("focal_point").post(f"{path}accept/")) == (403, "organizers_only", [])
    assert problem(scene.client("stranger").post(f"{path}accept/")) == (404, "not_found", [])
    assert problem(scene.client("anonymous").post(f"{path}return/")) == (401, "not_authenticated", [])
    assert problem(organizer.post(f"{path}return/", {}, format="json")) == (400, "invalid", ["reason"])
    assert organizer.post(f"{path}accept/").json()["state"] == "accepted"
    refused = organizer.post(f"{path}return/", {"reason": "Which baseline?"}, format="json")
    assert problem(refused) == (409, "illegal_step", ["state"])


def test_return_gives_the_reason(scene: Scene):
    path = f"{LIST}{submitted(scene).pk}/"
    returned = scene.client("organizer").post(f"{path}return/", {"reason": "Which baseline?"}, format="json").json()
    assert (returned["state"], returned["return_reason"]) == ("returned", "Which baseline?")


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_rows_change_by_verbs_alone(scene: Scene, method: str):
    path = f"{LIST}{submitted(scene).pk}/"
    assert problem(getattr(scene.client("organizer"), method)(path)) == (405, "method_not_allowed", [])
