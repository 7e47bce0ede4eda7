"""Messages through the API."""

import pytest
from pytest_django import DjangoAssertNumQueries

from correspondence.models import Mailing, Message
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
        ("language=en", 2),
        ("language=fr", 0),
        ("held=true", 0),
        ("held=false", 2),
        ("search=other_focal_point@", 1),
        ("search=MINISTRY", 2),
        ("search=nobody", 0),
        ("person=00000000-0000-0000-0000-000000000000", 0),
        ("mailing=00000000-0000-0000-0000-000000000000", 0),
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


def test_letters_of_a_person_and_of_a_mailing(scene: Scene):
    message = Message.objects.get(to_address="focal_point@ministry.example")
    client = scene.client("organizer")
    assert client.get(f"{LIST}?person={message.person_key}").json()["count"] == 1
    mailing = Mailing.objects.create(title="Invitations", begun_at=message.created_at)
    Message.objects.filter(pk=message.pk).update(mailing=mailing, held=True)
    [shown] = client.get(f"{LIST}?mailing={mailing.pk}&held=true").json()["results"]
    assert (shown["mailing"], shown["held"], shown["person"]) == (str(mailing.pk), True, str(message.person_key))
    assert scene.statuses(f"{LIST}{message.pk}/")["focal_point"] == 404  # not before it is let go


@pytest.mark.parametrize("query", ["person=x", "mailing=1", "language=xx", "state=lost", f"search={'a' * 201}"])
def test_a_filter_that_cannot_be_read_is_refused(scene: Scene, query: str):
    assert scene.client("organizer").get(f"{LIST}?{query}").status_code == 400


@pytest.mark.parametrize(
    ("decision", "before", "after"),
    [("retry", "failed", "queued"), ("cancel", "queued", "cancelled"), ("confirm", "uncertain", "sent")],
)
def test_an_organizer_decides(scene: Scene, decision: str, before: str, after: str):
    message = Message.objects.all()[0]
    Message.objects.update(state=before, claimed_at=message.created_at)

    got = scene.client("organizer").post(f"{LIST}{message.pk}/{decision}/")

    assert (got.status_code, got.json()["state"]) == (200, after)
    again = scene.client("organizer").post(f"{LIST}{message.pk}/{decision}/")
    assert problem(again)[:2] == (409, "illegal_step")


def test_a_letter_is_sent_again_under_an_address_of_its_own(scene: Scene):
    message = Message.objects.get(to_address="focal_point@ministry.example")
    Message.objects.update(state="sent", sent_at=message.created_at)

    got = scene.client("organizer").post(f"{LIST}{message.pk}/resend/")

    assert got.status_code == 201
    assert got.headers["Location"].endswith(f"{LIST}{got.json()['id']}/")
    assert (got.json()["id"] != str(message.pk), got.json()["state"]) == (True, "queued")
    assert problem(scene.client("organizer").post(f"{LIST}{message.pk}/resend/"))[:2] == (409, "still_waiting")


@pytest.mark.parametrize("decision", ["retry", "cancel", "confirm", "resend"])
def test_others_decide_nothing(scene: Scene, decision: str):
    message = Message.objects.get(to_address="focal_point@ministry.example")
    Message.objects.update(state="uncertain")
    address = f"{LIST}{message.pk}/{decision}/"

    found = {name: scene.client(name).post(address).status_code for name in ("focal_point", "stranger", "integrator")}

    assert found == {"focal_point": 403, "stranger": 404, "integrator": 404}
    assert scene.client("anonymous").post(address).status_code == 401
    assert set(Message.objects.values_list("state", flat=True)) == {"uncertain"}
    assert Message.objects.count() == 2
