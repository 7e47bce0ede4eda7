"""Reviews through the API: scored, listed, and blind."""

from typing import Any
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.actors import Actor
from accounts.models import User
from participants.models import Nomination, Review, Reviewer
from participants.verbs.reviewers import end_reviewer, name_reviewer
from participants.verbs.reviews import score, set_aside
from tests import builders
from tests.api_scene import Scene, client, problem
from tests.conftest import NOW

LIST = "/api/v1/reviews/"
CRITERIA = "/api/v1/criteria/"


def reviewing(scene: Scene, name: str, **fields: Any) -> User:
    """An account that reviews the scene's call; a compatriot of Egypt unless told otherwise."""
    party = fields.pop("party", scene.egypt)
    user = builders.user(f"{name}@review.example", name=name, **{"role": "reviewer"} | fields)
    name_reviewer(scene.call, user, party, by=scene.by, at=NOW)
    return user


def acting(user: User) -> Actor:
    return Actor(label=str(user), user=user)


def marks(scene: Scene, *points: int) -> list[dict[str, object]]:
    keys = scene.call.scored.values_list("pk", flat=True)
    return [{"criterion": str(key), "points": each} for key, each in zip(keys, points, strict=False)]


def gave(scene: Scene, nomination: Nomination, user: User, points: int) -> Review:
    given = dict.fromkeys(scene.call.scored.values_list("pk", flat=True), points)
    return score(nomination, given, by=acting(user), at=NOW)


def address(nomination: Nomination) -> str:
    return f"/api/v1/nominations/{nomination.pk}/reviews/"


def test_who_sees_them(scene: Scene):
    nomination = scene.nominated()[0]
    review = gave(scene, nomination, reviewing(scene, "emad"), 3)
    nobody = dict.fromkeys(("integrator", "focal_point", "participant", "other_focal_point", "stranger"), 0)
    assert scene.seen(LIST) == {"organizer": 1, **nobody, "anonymous": 401}
    assert scene.seen(CRITERIA) == {"organizer": 3, **nobody, "anonymous": 401}
    hidden = dict.fromkeys(nobody, 404)
    assert scene.statuses(f"{LIST}{review.pk}/") == {"organizer": 200, **hidden, "anonymous": 401}


def test_a_reviewer_scores_and_the_answer_is_the_review(scene: Scene):
    nomination = scene.nominated()[0]
    door = client(reviewing(scene, "emad"))
    body = {"marks": marks(scene, 4, 2, 3), "note": "Knows drylands."}
    answer = door.post(address(nomination), body, format="json")
    row = Review.objects.get()
    assert answer.status_code == 201
    assert answer["Location"] == f"http://testserver{LIST}{row.pk}/"
    assert answer.json() == door.get(f"{LIST}{row.pk}/").json()
    assert answer.json() | {"marks": []} == {
        "id": str(row.pk),
        "call": str(scene.call.pk),
        "nomination": str(nomination.pk),
        "reviewer": "emad",
        "points": 67,
        "marks": [],
        "note": "Knows drylands.",
        "scored_at": "2014-01-06T09:00:00Z",
        "set_aside_at": None,
        "set_aside_reason": "",
    }
    assert sorted(each["points"] for each in answer.json()["marks"]) == [2, 3, 4]


def test_criteria_tell_what_to_score_on(scene: Scene):
    door = client(reviewing(scene, "emad"))
    row = door.get(CRITERIA, {"call": str(scene.call.pk)}).json()["results"][0]
    assert (row["position"], row["name"]["en"], row["weight"], row["most"]) == (
        1,
        "Relevant expertise and experience",
        3,
        5,
    )
    assert door.get(CRITERIA, {"call": str(uuid4())}).json()["count"] == 0


def test_a_reviewer_reads_no_nominations_there_and_so_no_addresses(scene: Scene):
    nomination = scene.nominated()[0]
    door = client(reviewing(scene, "emad"))
    assert door.get("/api/v1/nominations/").json()["count"] == 0
    assert door.get(f"/api/v1/nominations/{nomination.pk}/").status_code == 404
    assert door.get(f"/api/v1/nominations/{nomination.pk}/papers/cv/").status_code == 404


def test_blind_until_the_own_review_is_in(scene: Scene):
    nomination = scene.nominated()[0]
    emad, chief = reviewing(scene, "emad"), reviewing(scene, "chief", role="organizer", is_staff=True)
    review = gave(scene, nomination, emad, 3)
    for mean_while in (LIST, f"{LIST}?nomination={nomination.pk}", f"{LIST}?call={scene.call.pk}&counts=true"):
        assert client(chief).get(mean_while).json()["count"] == 0
    assert client(chief).get(f"{LIST}{review.pk}/").status_code == 404
    gave(scene, nomination, chief, 5)
    assert [each["points"] for each in client(chief).get(LIST).json()["results"]] == [60, 100]
    assert client(emad).get(LIST).json()["count"] == 2


def test_filters(scene: Scene):
    first, second = scene.nominated(2)
    emad = reviewing(scene, "emad")
    set_aside(gave(scene, first, emad, 3), "Mixed up", by=scene.by, at=NOW)
    gave(scene, second, emad, 4)
    door = client(emad)

    def points(**asked: Any) -> list[int]:
        return [each["points"] for each in door.get(LIST, asked).json()["results"]]

    assert points(nomination=first.pk) == [60]
    assert points(counts="true") == [80]
    assert points(counts="false") == [60]
    assert points(workshop="amman-2014", ordering="-points") == [80, 60]
    assert points(workshop="elsewhere") == []
    assert door.get(LIST, {"nomination": "x"}).status_code == 400


def test_compatriots_strangers_and_who_was_ended_are_refused(scene: Scene):
    nomination = scene.nominated()[0]
    jamal, emad = reviewing(scene, "jamal", party=scene.jordan), reviewing(scene, "emad")
    body = {"marks": marks(scene, 5, 5, 5)}
    refused = client(jamal).post(address(nomination), body, format="json")
    assert problem(refused)[:2] == (403, "compatriot")
    assert problem(scene.client("organizer").post(address(nomination), body, format="json"))[:2] == (
        403,
        "not_a_reviewer",
    )
    end_reviewer(Reviewer.objects.get(user=emad), by=scene.by, at=NOW)
    for door, status in ((client(emad), 404), (scene.client("stranger"), 404), (scene.client("anonymous"), 401)):
        assert door.post(address(nomination), body, format="json").status_code == status
    assert not Review.objects.exists()


def test_a_second_time_is_refused_once_others_can_be_seen(scene: Scene):
    nomination = scene.nominated()[0]
    emad = reviewing(scene, "emad")
    lara = reviewing(scene, "lara")
    gave(scene, nomination, emad, 3)
    body = {"marks": marks(scene, 4, 4, 4)}
    assert client(emad).post(address(nomination), body, format="json").json()["points"] == 80
    gave(scene, nomination, lara, 3)
    assert problem(client(emad).post(address(nomination), body, format="json")) == (409, "others_seen", [])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda rows: rows[:2], "mark_missing"),
        (lambda rows: [*rows[:2], rows[2] | {"points": 6}], "mark_out_of_range"),
        (lambda rows: [*rows, {"criterion": str(uuid4()), "points": 1}], "unknown_criterion"),
        (lambda rows: [*rows, rows[0]], "named_twice"),
        (lambda rows: [*rows[:2], rows[2] | {"points": 11}], "max_value"),
        (lambda rows: rows * 5, "max_length"),
    ],
)
def test_bad_marks_are_refused(scene: Scene, change: Any, code: str):
    nomination = scene.nominated()[0]
    door = client(reviewing(scene, "emad"))
    refused = door.post(address(nomination), {"marks": change(marks(scene, 3, 3, 3))}, format="json")
    status, _code, fields = problem(refused)
    assert (status, refused.json()["errors"][0]["code"], fields[0].split(".")[0]) == (400, code, "marks")
    assert not Review.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_list(scene: Scene, count: int, django_assert_num_queries: DjangoAssertNumQueries):
    emad = reviewing(scene, "emad")
    for row in scene.nominated(count):
        gave(scene, row, emad, 3)
    door = client(emad)
    with django_assert_num_queries(3):
        assert len(door.get(LIST).json()["results"]) == count
    with django_assert_num_queries(2):
        assert len(door.get(CRITERIA).json()["results"]) == 3
