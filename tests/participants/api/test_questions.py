"""Questions about a selection through the API."""

from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from participants.models import Selection
from participants.verbs.proposals import enter_selection
from participants.verbs.questions import answer_question, ask
from tests.api_scene import Scene, problem
from tests.conftest import NOW
from tests.participants.api.test_selections import closed, computed, gift, path


def test_why_not_is_asked_answered_and_read(scene: Scene):
    closed(scene, 3)
    selection = computed(scene)
    reserve = selection.entries.get(outcome="reserve")
    organizer, address = scene.client("organizer"), path(selection, "questions")
    given = {"why_not": str(reserve.nomination_id)}
    answer = organizer.post(address, given, format="json")
    asked = answer.json()
    assert (answer.status_code, answer["Location"].removeprefix("http://testserver")) == (202, address)
    assert asked == {
        "id": asked["id"],
        "kind": "why-not",
        "nomination": str(reserve.nomination_id),
        "contribution": None,
        "state": "asked",
        "answer": [],
        "asked_by": "organizer@secretariat.example",
        "asked_at": "2014-01-06T09:00:00Z",
    }
    answer_question(asked["id"], at=NOW)
    [shown] = organizer.get(address).json()
    assert (shown["state"], shown["answer"][0]["code"]) == ("answered", "price")
    assert shown["answer"][0]["facts"]["level"] == "ties"
    assert organizer.post(address, given, format="json").json() == shown


def test_one_more_seat_is_asked_for_with_and_without_a_donor(scene: Scene):
    closed(scene, 3)
    of = gift(scene, 1)
    selection = computed(scene)
    organizer, address = scene.client("organizer"), path(selection, "questions")
    for payer in (None, str(of.pk)):
        asked = organizer.post(address, {"one_more_by": payer}, format="json").json()
        assert (asked["kind"], asked["nomination"], asked["contribution"]) == ("one-more", None, payer)
    assert [each["contribution"] for each in organizer.get(address).json()] == [str(of.pk), None]


def test_what_cannot_be_asked(scene: Scene):
    rows = closed(scene)
    entered: Selection = enter_selection(scene.call, selected=rows, seats=1, by=scene.by, at=NOW)
    organizer, address = scene.client("organizer"), path(entered, "questions")
    one = str(rows[0].pk)
    for given, refusal in (
        ({}, (400, "invalid", [""])),
        ({"why_not": one, "one_more_by": None}, (400, "invalid", [""])),
        ({"why_not": str(uuid4())}, (404, "unknown_reference", ["why_not"])),
        ({"one_more_by": str(uuid4())}, (404, "unknown_reference", ["one_more_by"])),
        ({"why_not": one}, (409, "not_computed", [])),
    ):
        assert problem(organizer.post(address, given, format="json")) == refusal


@pytest.mark.parametrize("count", [1, 3])
def test_queries(scene: Scene, count: int, django_assert_num_queries: DjangoAssertNumQueries):
    rows = closed(scene, 3)
    selection = computed(scene)
    for each in rows[:count]:
        ask(selection, why_not=each, by=scene.by, at=NOW)
    organizer = scene.client("organizer")
    with django_assert_num_queries(2):
        assert len(organizer.get(path(selection, "questions")).json()) == count
