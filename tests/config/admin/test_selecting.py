"""The page of a call's selection: where it stands, the proposals, and the button that asks for another."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.actors import Actor
from participants.models import Call, Defect, Nomination, Selection
from participants.verbs.locks import lock
from tests import builders
from tests.config.admin.conftest import AT, DEADLINE
from tests.config.admin.test_steps import call, workshop
from tests.decisions import decide
from tests.proposals import Chosen, chosen_from

EXPERTS = [(code, f"Expert of {code}", "woman", "planning", "forest") for code in ("JOR", "LBN", "WSM")]
__all__ = ["call", "workshop"]


@pytest.fixture
def chosen(call: Call, by: Actor) -> Chosen:
    """Six nominees of three Parties to a closed call."""
    return chosen_from(call, by=by, before=AT, at=DEADLINE)


def address(row: Call) -> str:
    return reverse("admin:participants_call_select", args=[row.pk])


def text(door: Client, row: Call, **headers: str) -> str:
    return " ".join(door.get(address(row), headers=headers or None).content.decode().split())


def told(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


@time_machine.travel(DEADLINE, tick=False)
def test_the_page_says_where_the_selection_stands_and_asks_for_a_proposal(door: Client, chosen: Chosen) -> None:
    lock(chosen.people["Suharyanto"], "in", "Host", by=chosen.by, at=DEADLINE)
    Defect.objects.create(nomination=chosen.people["Tavita Fa"], kind="other", note="No letterhead", noted_at=DEADLINE)
    page = text(door, chosen.call)
    for words in (
        "0 of 6 nominations are scored",
        "The dossier lacks something: 1.",
        "Nobody has set the rules yet; a proposal takes the usual ones.",
        "Locked in: 1, locked out: 0.",
        "There is no proposal yet.",
        "Propose 40 seats for 5 nominations",
        reverse("admin:participants_call_rules", args=[chosen.call.pk]),
    ):
        assert words in page
    answer = door.post(address(chosen.call))
    made = Selection.objects.get()
    assert answer["Location"] == reverse("admin:participants_selection_change", args=[made.pk])
    assert (made.state, made.seats, made.proposed_label) == ("computing", 40, "Staff")
    assert "Being computed" in text(door, chosen.call)


@time_machine.travel(DEADLINE, tick=False)
def test_proposals_stand_with_figures_and_can_be_laid_side_by_side(door: Client, chosen: Chosen) -> None:
    chosen.rules(3)
    first = chosen.computed()
    assert "Lay two side by side" not in text(door, chosen.call)
    chosen.rules(4, women_share=50)
    second = chosen.computed()
    page = text(door, chosen.call)
    assert '<td class="number" data-label="Selected">3 of 3</td>' in page
    assert '<td class="number" data-label="Women">3 of 3</td>' in page
    assert "Parties represented: 3" in page
    assert f'name="a" value="{first.pk}" checked' in page
    assert f'name="b" value="{second.pk}" checked' in page
    assert "4 seats for Parties. Women at least: 50 %." in page


@time_machine.travel(DEADLINE, tick=False)
def test_refusals_are_told_and_nothing_is_offered_that_would_be_refused(door: Client, call: Call, by: Actor) -> None:
    page = text(door, call)
    assert "Close the call before deciding on its nominations." in page
    assert 'id="propose"' not in page
    assert told(door.post(address(call), follow=True)) == ["Close the call before deciding on its nominations."]
    chosen = chosen_from(call, by=by, before=AT, at=DEADLINE)
    decide(call, seats=10, by=by, at=DEADLINE)
    page = text(door, chosen.call)
    assert "The selection is approved." in page
    assert 'id="propose"' not in page
    assert "nothing of it is changed any more" in told(door.post(address(call), follow=True))[0]


@time_machine.travel(DEADLINE, tick=False)
def test_a_call_without_nominations_has_nobody_to_propose(door: Client, call: Call) -> None:
    Call.objects.filter(pk=call.pk).update(state="closed")
    assert told(door.post(address(call), follow=True)) == ["No nomination of this call waits for a decision."]


@pytest.mark.parametrize("count", [1, 3])
@time_machine.travel(DEADLINE, tick=False)
def test_queries_of_the_page(count: int, door: Client, call: Call, by: Actor, django_assert_num_queries: Any) -> None:
    chosen = chosen_from(call, by=by, before=AT, at=DEADLINE, people=EXPERTS[:count])
    chosen.rules(2)
    for each in range(count):
        chosen.computed(DEADLINE + timedelta(minutes=each))
    with django_assert_num_queries(18):
        text(door, chosen.call)


def test_nobody_else_opens_the_page(client: Client, call: Call) -> None:
    client.force_login(builders.user("someone@ministry.example"))
    assert client.get(address(call)).status_code in {302, 403, 404}
    assert client.post(address(call)).status_code in {302, 403, 404}
    assert not Selection.objects.exists()


@time_machine.travel(DEADLINE, tick=False)
def test_the_page_mirrors_in_arabic(door: Client, chosen: Chosen) -> None:
    chosen.computed()
    page = door.get(address(chosen.call), headers={"accept-language": "ar"})
    assert page.status_code == 200
    assert 'dir="rtl"' in page.content.decode()


def test_a_call_that_is_gone_is_not_found(door: Client) -> None:
    gone = "00000000-0000-0000-0000-000000000000"
    assert door.get(reverse("admin:participants_call_select", args=[gone])).status_code == 404
    assert not Nomination.objects.exists()
