"""Checks, locks and territories of nominations through the API."""

import pytest

from participants.models import Lock, Reviewer, TerritoryDecision
from tests.api_scene import Scene, problem
from tests.conftest import NOW

LOCK = {"verdict": "in", "reason": "Host of the field trip"}
TOKELAU = {"territory": "Tokelau", "as_observer": True, "reason": "As the letter asks"}


def path(nomination, rest: str) -> str:
    return f"/api/v1/nominations/{nomination.pk}/{rest}/"


def test_e33_what_is_checked_is_told_with_what_keeps_out(scene: Scene):
    nomination = scene.nominated()[0]
    shown = scene.client("organizer").get(path(nomination, "eligibility")).json()
    checks = {each.pop("code"): each for each in shown.pop("checks")}
    assert shown == {"day": "2014-06-15", "eligible": False, "apart": False, "barred_by": "dossier"}
    assert {code: each["ok"] for code, each in checks.items()} == {
        "state": True,
        "party": True,
        "dossier": False,
        "in_time": True,
        "funding": False,
    }
    assert checks["party"]["sentence"] == "Jordan is a Party on the day."
    scene.client("organizer").post(path(nomination, "lock"), LOCK, format="json")
    assert scene.client("organizer").get(path(nomination, "eligibility")).json()["eligible"] is True


def test_reviewers_of_the_call_read_the_checks_and_nominees_do_not(scene: Scene):
    nomination = scene.nominated()[0]
    Reviewer.objects.create(call=scene.call, user=scene.users["stranger"], party=scene.egypt, named_at=NOW)
    assert scene.statuses(path(nomination, "eligibility")) == {
        "organizer": 200,
        "integrator": 404,
        "focal_point": 404,
        "participant": 404,
        "other_focal_point": 404,
        "stranger": 200,
        "anonymous": 401,
    }


def test_a_nominee_is_locked_and_released(scene: Scene):
    nomination = scene.nominated()[0]
    client = scene.client("organizer")
    shown = client.post(path(nomination, "lock"), LOCK, format="json").json()
    assert shown == LOCK | {
        "nomination": str(nomination.pk),
        "set_by": "organizer@secretariat.example",
        "set_at": "2014-01-06T09:00:00Z",
    }
    assert client.post(path(nomination, "unlock"), {}, format="json").status_code == 204
    assert problem(client.post(path(nomination, "unlock"), {}, format="json")) == (409, "not_locked", [])


def test_e19_where_somebody_from_a_territory_belongs_is_recorded(scene: Scene):
    nomination = scene.nominated()[0]
    client = scene.client("organizer")
    shown = client.post(path(nomination, "territory"), TOKELAU, format="json").json()
    assert shown == TOKELAU | {"nomination": str(nomination.pk), "decided_at": "2014-01-06T09:00:00Z"}
    assert client.get(path(nomination, "eligibility")).json()["apart"] is True


@pytest.mark.parametrize(
    ("rest", "body", "code", "field"),
    [
        ("lock", LOCK | {"verdict": "maybe"}, "invalid", "verdict"),
        ("lock", LOCK | {"reason": " "}, "invalid", "reason"),
        ("unlock", {"reason": "x" * 501}, "invalid", "reason"),
        ("territory", TOKELAU | {"territory": ""}, "invalid", "territory"),
        ("territory", {"territory": "Tokelau", "reason": "Why"}, "invalid", "as_observer"),
    ],
)
def test_bad_words(scene: Scene, rest, body, code, field):
    nomination = scene.nominated()[0]
    answer = scene.client("organizer").post(path(nomination, rest), body, format="json")
    assert problem(answer) == (400, code, [field])


def test_nobody_else_says_who_is_in(scene: Scene):
    nomination = scene.nominated()[0]
    for rest, body in (("lock", LOCK), ("unlock", {}), ("territory", TOKELAU)):
        for role, status in (("focal_point", 403), ("participant", 403), ("stranger", 404), ("anonymous", 401)):
            assert scene.client(role).post(path(nomination, rest), body, format="json").status_code == status
    assert not Lock.objects.exists()
    assert not TerritoryDecision.objects.exists()
