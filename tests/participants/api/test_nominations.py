"""Nominations through the API."""

import json
from typing import Any
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from participants.models import Nomination, Organization
from participants.verbs.calls import close_call
from tests.api_scene import Scene, problem
from tests.conftest import NOW

LIST = "/api/v1/nominations/"


def body(scene: Scene, **changes: Any) -> dict[str, Any]:
    """A good nomination of Jordan."""
    good = {
        "call": str(scene.call.pk),
        "party": "JOR",
        "track": "biodiversity",
        "sector": "conservation",
        "name": "Suharto",
        "email": "suharto@ministry.example",
    }
    return good | changes


def test_who_sees_them(scene: Scene):
    nomination = scene.nominated()[0]
    assert scene.seen(LIST) == {
        "organizer": 1,
        "integrator": 0,
        "focal_point": 1,
        "participant": 1,
        "other_focal_point": 0,
        "stranger": 0,
        "anonymous": 401,
    }
    assert scene.statuses(f"{LIST}{nomination.pk}/") == {
        "organizer": 200,
        "integrator": 404,
        "focal_point": 200,
        "participant": 200,
        "other_focal_point": 404,
        "stranger": 404,
        "anonymous": 401,
    }


def test_an_address_may_be_in_any_script_and_is_kept_in_one_way(scene: Scene):
    answer = scene.client("focal_point").post(LIST, body(scene, email="用户@ПОЧТА.РФ"), format="json")
    assert answer.status_code == 201
    assert Nomination.objects.get(pk=answer.json()["id"]).person.email == "用户@почта.рф"


def test_shape(scene: Scene):
    nomination = scene.nominated()[0]
    shown = scene.client("organizer").get(f"{LIST}{nomination.pk}/").json()
    assert shown == {
        "id": str(nomination.pk),
        "reference": nomination.reference,
        "call": str(scene.call.pk),
        "workshop": "amman-2014",
        "party": "JOR",
        "organization": None,
        "person": {
            "id": str(nomination.person_id),
            "name": "Nominee One",
            "passport_name": "",
            "gender": "unknown",
            "organization": None,
            "email": "nominee.one@ministry.example",
        },
        "focal_point": None,
        "track": "biodiversity",
        "sector": "forest",
        "rank": 1,
        "expertise": "",
        "state": "submitted",
        "submitted_at": "2014-01-06T09:00:00Z",
        "late": False,
        "letter_date": "2014-01-06",
        "joined_to": None,
        "replaces": None,
        "endorsements": [
            {
                "channel": "cbd",
                "focal_point": None,
                "official": "Minister of Environment (synthetic)",
                "note": "The post is vacant (synthetic)",
                "letter_date": "2014-01-06",
                "signed_at": "2014-01-06T09:00:00Z",
            }
        ],
        "lacks": ["Missing: Official letter.", "Missing: Nomination form.", "Missing: Curriculum vitae."],
        "documents": [],
    }


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_list(scene: Scene, count: int, django_assert_num_queries: DjangoAssertNumQueries):
    scene.nominated(count)
    client = scene.client("organizer")
    with django_assert_num_queries(6):
        assert client.get(LIST).json()["count"] == count


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("party=JOR", 2),
        ("party=EGY", 0),
        ("track=planning", 0),
        ("sector=forest", 2),
        ("state=submitted", 2),
        ("state=withdrawn", 0),
        ("late=true", 0),
        ("workshop=amman-2014", 2),
        ("workshop=elsewhere", 0),
        ("search=ONE", 1),
        (f"call={UUID(int=1)}", 0),
    ],
)
def test_filters(scene: Scene, query: str, count: int):
    scene.nominated(2)
    assert scene.client("organizer").get(f"{LIST}?{query}").json()["count"] == count


def test_order(scene: Scene):
    scene.nominated(2)
    rows = scene.client("organizer").get(f"{LIST}?ordering=-rank").json()["results"]
    assert [row["rank"] for row in rows] == [2, 1]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("call=17", "call"),
        ("state=lost", "state"),
        ("ordering=person__email", "ordering"),
        ("party=" + "x" * 201, "party"),
        ("page_size=0", "page_size"),
        ("page_size=ten", "page_size"),
        ("page_size=-1", "page_size"),
    ],
)
def test_bad_filters(scene: Scene, query: str, field: str):
    assert problem(scene.client("organizer").get(f"{LIST}?{query}")) == (400, "invalid", [field])


@pytest.mark.parametrize("page", ["0", "-1", "2", "x", "9" * 30])
def test_pages_there_are_not(scene: Scene, page: str):
    assert problem(scene.client("organizer").get(f"{LIST}?page={page}")) == (404, "not_found", [])


def test_a_focal_point_nominates(scene: Scene):
    answer = scene.client("focal_point").post(LIST, body(scene), format="json")
    assert answer.status_code == 201
    made = answer.json()
    assert (made["reference"], made["rank"], made["person"]["name"]) == ("ANNEX2-AMM-002", 1, "Suharto")
    assert made["focal_point"] is not None
    assert answer["Location"].endswith(f"{LIST}{made['id']}/")


def test_the_same_nomination_twice(scene: Scene):
    client = scene.client("focal_point")
    client.post(LIST, body(scene), format="json")
    assert problem(client.post(LIST, body(scene), format="json")) == (409, "already_nominated", ["name"])
    assert Nomination.objects.count() == 1


def test_an_organization_sends_an_expert(scene: Scene):
    body_of = Organization.objects.create(name="Food and Agriculture Organization", acronym="FAO", kind="international")
    given = body(scene, party=None, organization=str(body_of.pk))
    made = scene.client("organizer").post(LIST, given, format="json")
    assert (made.status_code, made.json()["rank"], made.json()["organization"]["acronym"]) == (201, None, "FAO")
    refused = scene.client("focal_point").post(LIST, given, format="json")
    assert problem(refused) == (404, "unknown_reference", ["organization"])


@pytest.mark.parametrize("role", ["integrator", "stranger", "anonymous"])
def test_others_find_no_call(scene: Scene, role: str):
    expected = (401, "not_authenticated", []) if role == "anonymous" else (404, "unknown_reference", ["call"])
    assert problem(scene.client(role).post(LIST, body(scene), format="json")) == expected


def test_no_focal_point_speaks_for_another_party(scene: Scene):
    answer = scene.client("other_focal_point").post(LIST, body(scene), format="json")
    assert problem(answer) == (403, "no_standing", ["track"])
    assert not Nomination.objects.exists()


def test_a_closed_call(scene: Scene):
    close_call(scene.call, by=scene.by, at=NOW)
    assert problem(scene.client("focal_point").post(LIST, body(scene), format="json")) == (409, "call_not_open", [])


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"call": "17"}, ["call"]),
        ({"call": None}, ["call"]),
        ({"call": 10**40}, ["call"]),
        ({"party": "Jordan"}, ["party"]),
        ({"party": ["JOR"]}, ["party"]),
        ({"track": "music"}, ["track"]),
        ({"track": {"a": 1}}, ["track"]),
        ({"rank": 0}, ["rank"]),
        ({"rank": 10**40}, ["rank"]),
        ({"rank": 1.5}, ["rank"]),
        ({"name": ""}, ["name"]),
        ({"name": "x" * 201}, ["name"]),
        ({"name": True}, ["name"]),
        ({"email": "no address"}, ["email"]),
        ({"expertise": "x" * 4001}, ["expertise"]),
        ({"state": "selected"}, ["state"]),
        ({"state": "selected", "rank": 9}, ["state", "rank"]),
    ],
)
def test_bad_values_name_their_fields(scene: Scene, changes: dict[str, Any], fields: list[str]):
    answer = scene.client("focal_point").post(LIST, body(scene, **changes), format="json")
    assert problem(answer) == (400, "invalid", fields)


@pytest.mark.parametrize("changes", [{"call": "0198f5a0-0000-7000-8000-000000000000"}, {"party": "ZZZ"}])
def test_unknown_references(scene: Scene, changes: dict[str, str]):
    answer = scene.client("organizer").post(LIST, body(scene, **changes), format="json")
    assert problem(answer) == (404, "unknown_reference", list(changes))


@pytest.mark.parametrize("text", ["Su\x00harto", "Su\ud800harto"])
def test_text_that_cannot_be_kept(scene: Scene, text: str):
    raw = json.dumps(body(scene, name=text))
    answer = scene.client("focal_point").post(LIST, raw, content_type="application/json")
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("raw", "content_type", "status"),
    [
        ("{", "application/json", 400),
        ("[]", "application/json", 400),
        ('"text"', "application/json", 400),
        ("null", "application/json", 400),
        ("", "application/json", 400),
        ("[" * 100_000, "application/json", 400),
        ('{"name": NaN}', "application/json", 400),
        ('{"rank": 1e400}', "application/json", 400),
        ("name=Suharto", "application/x-www-form-urlencoded", 415),
        ("<name>Suharto</name>", "application/xml", 415),
        ("{}", "text/plain", 415),
    ],
)
def test_bodies_that_are_no_nomination(scene: Scene, raw: str, content_type: str, status: int):
    answer = scene.client("focal_point").post(LIST, raw, content_type=content_type)
    assert answer.status_code == status
    assert answer.json()["code"]


def test_withdraw(scene: Scene):
    nomination = scene.nominated()[0]
    path = f"{LIST}{nomination.pk}/withdraw/"
    assert problem(scene.client("participant").post(path)) == (403, "no_standing", ["track"])
    assert problem(scene.client("other_focal_point").post(path)) == (404, "not_found", [])
    assert problem(scene.client("anonymous").post(path)) == (401, "not_authenticated", [])
    assert scene.client("focal_point").post(path).json()["state"] == "withdrawn"
    assert problem(scene.client("focal_point").post(path)) == (409, "illegal_step", ["state"])


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_rows_change_by_verbs_alone(scene: Scene, method: str):
    path = f"{LIST}{scene.nominated()[0].pk}/"
    answer = getattr(scene.client("organizer"), method)(path, {"state": "selected"}, format="json")
    assert problem(answer) == (405, "method_not_allowed", [])


@pytest.mark.parametrize("key", ["17", "%00", "0198f5a0-0000-7000-8000-000000000000", "x" * 300])
def test_addresses_of_nothing(scene: Scene, key: str):
    assert scene.client("organizer").get(f"{LIST}{key}/").status_code in {400, 404}
