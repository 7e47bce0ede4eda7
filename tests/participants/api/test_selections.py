"""Selections through the API: proposed, entered, changed, approved."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from participants.models import Nomination, Selection
from participants.models.nominations import NominationState
from participants.models.selections import Outcome
from participants.verbs.budgets import add_budget
from participants.verbs.calls import close_call
from participants.verbs.computing import compute_proposal
from participants.verbs.proposals import discard_proposal, enter_selection, request_proposal
from participants.verbs.rules import RulesGiven, set_rules
from tests import builders
from tests.api_scene import Scene, client, problem
from tests.conftest import NOW
from workshops.models import Contribution

LIST = "/api/v1/selections/"
WRITERS = {
    "organizer": 200, "integrator": 404, "focal_point": 404, "participant": 404, "other_focal_point": 404, "stranger": 404,
    "anonymous": 401,
}  # fmt: skip


def path(selection: Selection, *rest: str) -> str:
    return "/".join([LIST.rstrip("/"), str(selection.pk), *rest, ""])


def closed(scene: Scene, count: int = 1) -> list[Nomination]:
    """So many nominations of a call that asks for no papers and is closed, two seats for Parties set."""
    scene.call.papers = []
    scene.call.save(update_fields=["papers"])
    rows = scene.nominated(count)
    close_call(scene.call, by=scene.by, at=NOW)
    set_rules(scene.call, RulesGiven(seats=2), by=scene.by, at=NOW)
    return rows


def gift(scene: Scene, amount: int) -> Contribution:
    """A contribution of Egypt that pays for the experts of every Party, the call financing all three."""
    scene.call.funded_seats = 3
    scene.call.save(update_fields=["funded_seats"])
    of = Contribution.objects.create(programme=scene.call.workshop.programme, donor=scene.egypt, kind="cash")
    add_budget(scene.call.rules, of, amount=Decimal(amount), by=scene.by, at=NOW)
    return of


def computed(scene: Scene) -> Selection:
    asked = request_proposal(scene.call, by=scene.by, at=NOW)
    done = compute_proposal(asked.pk, at=NOW)
    assert done is not None
    return done


def colleague() -> APIClient:
    """A client signed in as a second organizer."""
    return client(builders.user("second@secretariat.example", role="organizer"))


def body(scene: Scene, selected: list[Nomination], **more: Any) -> dict[str, Any]:
    return {"call": str(scene.call.pk), "selected": [str(each.pk) for each in selected], "seats": 2} | more


def test_they_are_the_organizers_papers(scene: Scene):
    scene.invited()
    selection = Selection.objects.get()
    counts = {role: 0 if status == 404 else 1 for role, status in WRITERS.items()}
    assert scene.seen(LIST) == counts | {"anonymous": 401}
    for rest in ((), ("questions",)):
        assert scene.statuses(path(selection, *rest)) == WRITERS


def test_nobody_else_takes_a_step(scene: Scene):
    rows = closed(scene)
    selection = enter_selection(scene.call, selected=rows, seats=1, by=scene.by, at=NOW)
    for role, status in (("integrator", 404), ("focal_point", 404), ("anonymous", 401)):
        for step in ("approve", "discard", "retry", "override", "questions"):
            given = {"override": {"takes_in": str(rows[0].pk), "reason": "x"}, "questions": {"one_more_by": None}}
            answer = scene.client(role).post(path(selection, step), given.get(step), format="json")
            assert answer.status_code == status, (role, step)
    for role, status in (("focal_point", 403), ("stranger", 403), ("anonymous", 401)):
        assert scene.client(role).post(LIST, body(scene, rows), format="json").status_code == status
    for role, status in (("focal_point", 403), ("stranger", 404), ("anonymous", 401)):
        assert scene.client(role).post(f"/api/v1/calls/{scene.call.pk}/propose/").status_code == status
    assert Selection.objects.get().state == "proposed"


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_list_and_it_has_no_entries(
    scene: Scene, count: int, django_assert_num_queries: DjangoAssertNumQueries
):
    rows = closed(scene)
    for _each in range(count):
        selection = enter_selection(scene.call, selected=rows, seats=1, by=scene.by, at=NOW)
        discard_proposal(selection, by=scene.by, at=NOW)
    organizer = scene.client("organizer")
    with django_assert_num_queries(2):
        found = organizer.get(LIST).json()["results"]
    assert [each["number"] for each in found] == list(range(count, 0, -1))
    assert not any("entries" in each for each in found)


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_one(scene: Scene, count: int, django_assert_num_queries: DjangoAssertNumQueries):
    closed(scene, count)
    gift(scene, 1)
    selection = computed(scene)
    organizer = scene.client("organizer")
    with django_assert_num_queries(4):  # the row, its entries, their parts, and the donors of all sentences
        entries = organizer.get(path(selection)).json()["entries"]
    assert [
        each["sentences"][0].startswith("As the money is divided, those who may pay (Egypt)") for each in entries
    ] == [True] * count


def test_a_proposal_is_asked_for_computed_and_read(scene: Scene):
    first, second, third = closed(scene, 3)
    of = gift(scene, 10_000)
    organizer = scene.client("organizer")
    answer = organizer.post(f"/api/v1/calls/{scene.call.pk}/propose/")
    asked = answer.json()
    assert (answer.status_code, asked["state"], asked["entries"]) == (202, "computing", [])
    assert answer["Location"].endswith(f"{LIST}{asked['id']}/")
    compute_proposal(asked["id"], at=NOW)
    shown = organizer.get(answer["Location"]).json()
    entries = shown.pop("entries")
    levels = shown.pop("levels")
    assert shown == {
        "id": asked["id"],
        "call": str(scene.call.pk),
        "number": 1,
        "state": "proposed",
        "origin": "computed",
        "seats": 2,
        "currency": "USD",
        "digest": asked["digest"],
        "level": "",
        "conflict": [],
        "problem": "",
        "proposed_by": "organizer@secretariat.example",
        "proposed_at": "2014-01-06T09:00:00Z",
        "decided_by": None,
        "decided_at": None,
        "note": "",
    }
    assert len(asked["digest"]) == 64
    assert levels[0] == {"name": "parties", "value": 1, "bound": 1, "proven": True}
    assert [each["name"] for each in levels][-1] == "ties"
    chosen = [each for each in entries if each["outcome"] == "selected"]
    reserve = next(each for each in entries if each["outcome"] == "reserve")
    assert {each["nomination"] for each in chosen} == {str(first.pk), str(second.pk)}
    assert reserve["nomination"] == str(third.pk)
    cost = chosen[0]["cost"]
    assert chosen[0]["parts"] == [{"contribution": str(of.pk), "amount": cost}]
    assert Decimal(cost) > 0
    assert isinstance(cost, str)
    assert (reserve["position"], reserve["apart"], reserve["score"], reserve["parts"]) == (1, False, 0, [])
    assert (reserve["computed"], reserve["reason"]) == ("", "")
    assert reserve["why"][0] == {"code": "seats-full", "facts": {"seats": 2}}
    assert reserve["sentences"][0] == "All 2 seats are taken."


def test_a_call_that_is_open_or_empty_is_not_proposed_for(scene: Scene):
    organizer = scene.client("organizer")
    address = f"/api/v1/calls/{scene.call.pk}/propose/"
    assert problem(organizer.post(address)) == (409, "call_still_open", [])
    close_call(scene.call, by=scene.by, at=NOW)
    assert problem(organizer.post(address)) == (409, "nobody_waits", [])


def test_a_selection_made_elsewhere_is_entered_in_its_order(scene: Scene):
    first, second, third = closed(scene, 3)
    answer = scene.client("organizer").post(
        LIST,
        body(scene, [third], reserves=[str(second.pk)], reasons={str(third.pk): "The committee’s first choice."}),
        format="json",
    )
    shown = answer.json()
    assert (answer.status_code, shown["origin"], shown["state"], shown["digest"]) == (201, "hand", "proposed", "")
    assert answer["Location"].endswith(f"{LIST}{shown['id']}/")
    said = {each["nomination"]: (each["outcome"], each["position"], each["reason"]) for each in shown["entries"]}
    assert said == {
        str(first.pk): ("not-selected", None, "Not chosen by the organizer within the seats."),
        str(second.pk): ("reserve", 1, "Placed among the reserves by the organizer."),
        str(third.pk): ("selected", None, "The committee’s first choice."),
    }


def test_what_cannot_be_entered(scene: Scene):
    first, second, third = closed(scene, 3)
    organizer = scene.client("organizer")
    nobody = str(uuid4())
    for change, refusal in (
        ({"call": nobody}, (404, "unknown_reference", ["call"])),
        ({"selected": [nobody]}, (404, "unknown_reference", ["selected"])),
        ({"reasons": {nobody: "x"}}, (404, "unknown_reference", ["reasons"])),
        ({"reasons": {"first": "x"}}, (400, "invalid", ["reasons"])),
        ({"selected": []}, (409, "nobody_selected", ["selected"])),
        ({"selected": [str(first.pk), str(first.pk)]}, (400, "named_twice", ["reserves"])),
        ({"seats": -1}, (400, "invalid", ["seats"])),
        ({"seats": 0}, (409, "too_many_selected", ["selected"])),
        ({"reason": "x"}, (400, "invalid", ["reason"])),
    ):
        assert problem(organizer.post(LIST, body(scene, [first]) | change, format="json")) == refusal
    withdrawn = Nomination.objects.filter(pk__in=[second.pk, third.pk])
    withdrawn.update(state=NominationState.WITHDRAWN)
    assert problem(organizer.post(LIST, body(scene, [second]), format="json")) == (
        400,
        "not_of_this_call",
        ["selected"],
    )


def test_another_organizer_approves(scene: Scene):
    [first] = closed(scene)
    selection = computed(scene)
    assert problem(scene.client("organizer").post(path(selection, "approve"))) == (409, "same_organizer", [])
    second = colleague()
    shown = second.post(path(selection, "approve")).json()
    assert (shown["state"], shown["decided_by"]) == ("approved", "second@secretariat.example")
    assert shown["decided_at"] == "2014-01-06T09:00:00Z"
    first.refresh_from_db()
    assert first.state == "selected"
    assert problem(second.post(path(selection, "approve"))) == (409, "already_decided", [])


def test_a_proposal_that_is_no_longer_true_is_not_approved(scene: Scene):
    closed(scene)
    selection = computed(scene)
    set_rules(scene.call, RulesGiven(seats=1), by=scene.by, at=NOW)
    assert problem(colleague().post(path(selection, "approve"))) == (409, "changed_since", [])


def test_a_proposal_is_put_away_and_a_failed_one_tried_again(scene: Scene):
    closed(scene)
    selection = computed(scene)
    organizer = scene.client("organizer")
    assert problem(organizer.post(path(selection, "retry"))) == (409, "illegal_step", ["state"])
    assert organizer.post(path(selection, "discard")).json()["state"] == "discarded"
    assert problem(organizer.post(path(selection, "discard"))) == (409, "illegal_step", ["state"])
    failed = request_proposal(scene.call, by=scene.by, at=NOW)
    Selection.objects.filter(pk=failed.pk).update(state="failed", problem="The worker was lost.")
    assert organizer.get(path(failed)).json()["problem"] == "The worker was lost."
    again = organizer.post(path(failed, "retry")).json()
    assert (again["state"], again["problem"], again["number"]) == ("computing", "", 2)


def test_an_impossible_one_names_the_conflict(scene: Scene):
    closed(scene)
    told = [{"rules": ["in:a", "seats:b"], "gives_way": [{"rule": "seats:b", "by": 1}]}]
    asked = request_proposal(scene.call, by=scene.by, at=NOW)
    Selection.objects.filter(pk=asked.pk).update(state="impossible", conflict=told)
    shown = scene.client("organizer").get(path(asked)).json()
    assert (shown["state"], shown["conflict"]) == ("impossible", told)


def test_an_override_changes_seats_with_its_reason(scene: Scene):
    rows = closed(scene, 3)
    selection = computed(scene)
    outcomes = dict(selection.entries.values_list("nomination", "outcome"))
    out = next(each for each in rows if outcomes[each.pk] == Outcome.SELECTED)
    into = next(each for each in rows if outcomes[each.pk] == Outcome.RESERVE)
    organizer = scene.client("organizer")
    given = {
        "takes_in": str(into.pk),
        "leaves_out": str(out.pk),
        "reason": "Speaks for the ministry that carries it out.",
    }
    shown = organizer.post(path(selection, "override"), given, format="json").json()
    said = {each["nomination"]: each for each in shown["entries"]}
    changed = said[str(into.pk)]
    assert (changed["outcome"], changed["computed"], changed["reason"]) == ("selected", "reserve", given["reason"])
    assert changed["sentences"][0] == given["reason"]
    assert (said[str(out.pk)]["outcome"], said[str(out.pk)]["position"]) == ("reserve", 1)
    for wrong, refusal in (
        ({"reason": ""}, (400, "invalid", ["reason"])),
        ({"takes_in": None, "leaves_out": None}, (400, "nothing_named", ["takes_in"])),
        ({"takes_in": str(uuid4())}, (404, "unknown_reference", ["takes_in"])),
        ({}, (409, "not_in", ["leaves_out"])),
    ):
        assert problem(organizer.post(path(selection, "override"), given | wrong, format="json")) == refusal
