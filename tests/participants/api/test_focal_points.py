"""Focal points through the API."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from correspondence.models import Message
from participants.models import FocalPoint, Person
from tests import builders
from tests.api_scene import Scene, problem

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


WHO = {"name": "Huda Saleh", "email": "huda@ministry.example", "language": "en"}
DESIGNATION = WHO | {"party": "JOR", "kind": "CBD-FP1", "valid_from": "2014-03-01", "designation": "MoE/12/2014"}


def test_an_organizer_designates_whom_another_succeeds(scene: Scene):
    before = FocalPoint.objects.get(party="JOR")
    got = scene.client("organizer").post(LIST, DESIGNATION | {"succeeds": str(before.pk), "tell": True}, format="json")
    assert got.status_code == 201
    body = got.json()
    mandate = FocalPoint.objects.get(person__name="Huda Saleh")
    assert got["Location"].endswith(f"{LIST}{mandate.pk}/")
    assert {key: body[key] for key in body if key not in {"id", "person"}} == {
        "party": "JOR",
        "kind": "CBD-FP1",
        "valid_from": "2014-03-01",
        "valid_to": None,
        "deputy_of": None,
        "designation": "MoE/12/2014",
        "language": "en",
        "confirmed_on": None,
    }
    before.refresh_from_db()
    assert before.valid_to == date(2014, 3, 1)
    assert Message.objects.get(kind="focal-point-recorded").person_key == mandate.person_id


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"kind": "XX-FP"}, (400, "invalid", ["kind"])),
        ({"party": "XXX"}, (404, "unknown_reference", ["party"])),
        ({"valid_to": "2014-03-01"}, (400, "range_reversed", ["valid_to"])),
        ({"succeeds": "00000000-0000-0000-0000-000000000000"}, (404, "unknown_reference", ["succeeds"])),
        ({"letter": "x"}, (400, "invalid", ["letter"])),
        ({"valid_from": ""}, (400, "invalid", ["valid_from"])),
    ],
)
def test_a_bad_designation_leaves_nobody_behind(scene: Scene, changes, refusal):
    assert problem(scene.client("organizer").post(LIST, DESIGNATION | changes, format="json")) == refusal
    assert not Person.objects.filter(name="Huda Saleh").exists()


def test_who_designates_ends_and_names_deputies(scene: Scene):
    mandate = FocalPoint.objects.get(party="JOR")
    codes = {
        role: [
            scene.client(role).post(path, body, format="json").status_code
            for path, body in (
                (LIST, DESIGNATION),
                (f"{LIST}{mandate.pk}/end/", {"on": "2014-02-01"}),
                (f"{LIST}{mandate.pk}/deputies/", WHO),
            )
        ]
        for role in ("anonymous", "stranger", "participant", "integrator", "other_focal_point", "focal_point")
    }
    assert codes == {
        "anonymous": [401, 401, 401],
        "stranger": [403, 404, 404],
        "participant": [403, 404, 404],
        "integrator": [403, 404, 404],
        "other_focal_point": [403, 404, 404],
        "focal_point": [403, 403, 201],
    }


def test_a_holder_names_and_ends_a_deputy(scene: Scene):
    mandate = FocalPoint.objects.get(party="JOR")
    client = scene.client("focal_point")
    got = client.post(f"{LIST}{mandate.pk}/deputies/", WHO | {"until": "2014-06-01"}, format="json").json()
    assert (got["deputy_of"], got["valid_from"], got["valid_to"]) == (str(mandate.pk), "2014-01-06", "2014-06-01")
    assert problem(client.post(f"{LIST}{mandate.pk}/deputies/", WHO, format="json")) == (
        409,
        "stands_already",
        ["name"],
    )
    assert client.get(f"{LIST}?deputy=true").json()["count"] == 1
    assert client.get(f"{LIST}?deputy=false").json()["count"] == 1
    ended = client.post(f"{LIST}{got['id']}/end/", {"on": "2014-02-01"}, format="json")
    assert (ended.status_code, ended.json()["valid_to"]) == (200, "2014-02-01")


def test_an_organizer_ends_a_mandate_and_its_deputies(scene: Scene):
    mandate = FocalPoint.objects.get(party="JOR")
    client = scene.client("organizer")
    client.post(f"{LIST}{mandate.pk}/deputies/", WHO, format="json")
    assert client.post(f"{LIST}{mandate.pk}/end/", {"on": "2014-02-01"}, format="json").status_code == 200
    assert set(FocalPoint.objects.filter(party="JOR").values_list("valid_to", flat=True)) == {date(2014, 2, 1)}
    refusal = problem(client.post(f"{LIST}{mandate.pk}/end/", {"on": "2001-01-01"}, format="json"))
    assert refusal == (400, "range_reversed", ["on"])
