"""What happens to a workshop once people are asked to it, through the API."""

import pytest

from correspondence.models import Message
from participants.verbs.invitations import accept
from tests.api_scene import Scene, problem
from tests.conftest import NOW

PATH = "/api/v1/workshops/amman-2014/"
DAYS = {"starts_on": "2014-09-14", "ends_on": "2014-09-18", "reason": "The venue was damaged."}
NOTE = {"note": "The hotel is beside the venue.\n\nA bus leaves at 10:00."}


def kinds() -> dict[str, int]:
    found = Message.objects.filter(kind__in=["postponement", "logistics-note"]).values_list("kind", flat=True)
    return {kind: list(found).count(kind) for kind in set(found)}


def test_an_organizer_moves_a_workshop(scene: Scene):
    scene.invited()
    answer = scene.client("organizer").post(f"{PATH}postpone/", DAYS, format="json")
    assert answer.status_code == 200
    shown = answer.json()
    assert (shown["starts_on"], shown["ends_on"], shown["revision"]) == ("2014-09-14", "2014-09-18", 1)
    assert kinds() == {"postponement": 2}
    again = scene.client("organizer").post(f"{PATH}postpone/", DAYS, format="json")
    assert problem(again) == (409, "same_days", ["starts_on"])


def test_an_organizer_puts_a_workshop_off(scene: Scene):
    scene.invited()
    client = scene.client("organizer")
    shown = client.post(f"{PATH}put-off/", {"reason": "A flood."}, format="json").json()
    assert (shown["put_off"], shown["starts_on"], shown["revision"]) == (True, "2014-06-15", 1)
    assert Message.objects.filter(kind="put-off").count() == 2
    again = client.post(f"{PATH}put-off/", {"reason": "A flood."}, format="json")
    assert problem(again) == (409, "put_off_already", [])
    assert client.get("/api/v1/workshops/?on=2014-06-16").json()["count"] == 0
    assert client.post(f"{PATH}postpone/", DAYS, format="json").json()["put_off"] is False


def test_an_organizer_moves_a_workshop_online_and_the_room_is_not_public(scene: Scene):
    scene.invited()
    room = {"web_address": "https://rooms.example/1", "reason": "Borders are closed."}
    shown = scene.client("organizer").post(f"{PATH}move-online/", room, format="json").json()
    assert (shown["online"], shown["web_address"], shown["revision"]) == (True, "", 1)
    assert Message.objects.filter(kind="moved-online").count() == 2
    again = scene.client("organizer").post(f"{PATH}move-online/", room, format="json")
    assert problem(again) == (409, "online_already", ["web_address"])
    wrong = scene.client("organizer").post(f"{PATH}move-online/", room | {"web_address": "room"}, format="json")
    assert problem(wrong) == (400, "invalid", ["web_address"])


def test_an_organizer_sends_a_note(scene: Scene):
    accept(scene.invited(2)[0], by=scene.by, at=NOW)
    client = scene.client("organizer")
    assert client.post(f"{PATH}note/", NOTE, format="json").json() == {"letters": 1}
    assert client.post(f"{PATH}note/", NOTE, format="json").json() == {"letters": 0}
    assert kinds() == {"logistics-note": 1}


def test_nobody_to_write_to(scene: Scene):
    answer = scene.client("organizer").post(f"{PATH}note/", NOTE, format="json")
    assert problem(answer) == (409, "nobody_accepted", [])


@pytest.mark.parametrize(
    ("verb", "body"),
    [("postpone", DAYS), ("note", NOTE), ("put-off", {"reason": "A flood."}), ("move-online", {"reason": "A flood."})],
)
def test_nobody_else_does(scene: Scene, verb: str, body: dict[str, str]):
    accept(scene.invited()[0], by=scene.by, at=NOW)
    for role in ("integrator", "focal_point", "participant", "other_focal_point", "stranger"):
        answer = scene.client(role).post(f"{PATH}{verb}/", body, format="json")
        assert problem(answer) == (403, "organizers_only", []), role
    anonymous = scene.client("anonymous").post(f"{PATH}{verb}/", body, format="json")
    assert problem(anonymous) == (401, "not_authenticated", [])
    assert kinds() == {}


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"starts_on": "2014-02-30"}, "invalid", "starts_on"),
        ({"starts_on": None}, "invalid", "starts_on"),
        ({"ends_on": "2014-09-01"}, "days_reversed", "ends_on"),
        ({"starts_on": "0001-01-01"}, "days_past", "starts_on"),
        ({"starts_on": "9999-12-31", "ends_on": "9999-12-31"}, "days_far", "ends_on"),
        ({"reason": ""}, "invalid", "reason"),
        ({"reason": "x" * 1001}, "invalid", "reason"),
        ({"days": 5}, "invalid", "days"),
    ],
)
def test_bad_days(scene: Scene, change: dict[str, object], code: str, field: str):
    answer = scene.client("organizer").post(f"{PATH}postpone/", DAYS | change, format="json")
    assert problem(answer) == (400, code, [field])
    assert kinds() == {}


@pytest.mark.parametrize(
    ("body", "field"), [({}, "note"), ({"note": " "}, "note"), ({"note": "x" * 4001}, "note"), ({"note": []}, "note")]
)
def test_bad_notes(scene: Scene, body: dict[str, object], field: str):
    answer = scene.client("organizer").post(f"{PATH}note/", body, format="json")
    assert problem(answer) == (400, "invalid", [field])


def test_no_such_workshop(scene: Scene):
    answer = scene.client("organizer").post("/api/v1/workshops/atlantis/note/", NOTE, format="json")
    assert problem(answer) == (404, "not_found", [])
