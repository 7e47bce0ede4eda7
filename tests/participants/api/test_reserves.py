"""The reserves of a selection through the API."""

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.api_scene import Scene
from tests.participants.decided import contribution, decide, donor, nominee


def path(selection) -> str:
    return f"/api/v1/selections/{selection.pk}/reserves/"


def test_they_are_the_organizers_papers(scene: Scene):
    [first] = scene.nominated()
    selection = decide(scene.call, selected=[first], seats=1)
    assert scene.statuses(path(selection)) == {
        "organizer": 200,
        "integrator": 404,
        "focal_point": 404,
        "participant": 404,
        "other_focal_point": 404,
        "stranger": 404,
        "anonymous": 401,
    }


def test_each_says_where_it_stands_and_who_would_pay(scene: Scene):
    first, second, third = scene.nominated(3)
    scene.call.funded_seats = 3
    scene.call.save()
    norway, japan = contribution(scene.call, "Norway"), contribution(scene.call, "Japan")
    places, pool, more = donor(norway, places=1), donor(norway, amount=600), donor(japan, amount=900)
    selection = decide(
        scene.call,
        selected=[first],
        reserves=[third, second],
        seats=1,
        donors=[places, pool, more],
        payers={first: [places]},
    )
    parts = [
        {"contribution": str(norway.pk), "amount": "600.00"},
        {"contribution": str(japan.pk), "amount": "400.00"},
    ]
    assert scene.client("organizer").get(path(selection)).json() == [
        {
            "nomination": str(third.pk),
            "position": 1,
            "place": "next",
            "sentence": "Moves up next.",
            "parts": parts,
        },
        {
            "nomination": str(second.pk),
            "position": 2,
            "place": "waits",
            "sentence": "Keeps the rules and waits for a further seat.",
            "parts": parts,
        },
    ]


def test_a_proposal_has_none(scene: Scene):
    first, second = scene.nominated(2)
    selection = decide(scene.call, selected=[first], reserves=[second], seats=1)
    type(selection).objects.update(state="proposed")
    assert scene.client("organizer").get(path(selection)).json() == []


@pytest.mark.parametrize("count", [1, 3])
def test_queries(scene: Scene, count: int, django_assert_num_queries: DjangoAssertNumQueries):
    first, reserves = nominee(scene.call, scene.egypt, 9, scene.by), scene.nominated(count)
    norway = donor(contribution(scene.call, "Norway"), places=2)
    payers = {first: [norway]}
    selection = decide(scene.call, selected=[first], reserves=reserves, seats=1, donors=[norway], payers=payers)
    client = scene.client("organizer")
    with django_assert_num_queries(7):
        assert len(client.get(path(selection)).json()) == count
