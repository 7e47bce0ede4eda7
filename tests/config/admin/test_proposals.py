"""The page of a proposal in each of its states, with everybody and the reasons."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.actors import Actor
from participants.models import Call, Selection
from participants.verbs.locks import lock
from participants.verbs.overrides import override
from participants.verbs.proposals import discard_proposal, request_proposal
from participants.verbs.questions import answer_question
from tests import builders
from tests.config.admin.conftest import AT, DEADLINE
from tests.config.admin.test_selecting import EXPERTS, told
from tests.config.admin.test_steps import call, confirm, start, workshop
from tests.proposals import Chosen, chosen_from

__all__ = ["call", "workshop"]

NOUN = "participants_selection"


@pytest.fixture
def chosen(call: Call, by: Actor) -> Chosen:
    """Six nominees of three Parties to a closed call with three seats."""
    made = chosen_from(call, by=by, before=AT, at=DEADLINE)
    made.rules(3)
    return made


def address(selection: Selection, page: str = "change") -> str:
    return reverse(f"admin:{NOUN}_{page}", args=[selection.pk])


def text(door: Client, selection: Selection, page: str = "change", **asked: str) -> str:
    return " ".join(door.get(address(selection, page), asked).content.decode().split())


@time_machine.travel(DEADLINE, tick=False)
def test_while_it_is_computed_the_page_tells_how_far_it_is(door: Client, chosen: Chosen) -> None:
    made = request_proposal(chosen.call, by=chosen.by, at=DEADLINE)
    page = text(door, made)
    assert f'hx-get="{address(made, "progress")}" hx-trigger="every 1s"' in page
    assert "Waits for a worker" in page
    assert "Refresh the page" in page
    assert "Discard the proposal …" in page
    Selection.objects.filter(pk=made.pk).update(level="women", beat_at=DEADLINE)
    page = text(door, made, "progress")
    assert '<progress max="9" value="2"' in page
    assert "Step 3 of 9: Women, up to the share asked for" in page
    Selection.objects.filter(pk=made.pk).update(level="reasons")
    assert "Step 9 of 9: The reasons for everybody" in text(door, made, "progress")
    assert "HX-Refresh" not in door.get(address(made, "progress"))
    Selection.objects.filter(pk=made.pk).update(state="proposed", level="")
    assert door.get(address(made, "progress"))["HX-Refresh"] == "true"


@time_machine.travel(DEADLINE, tick=False)
def test_a_proposal_that_failed_is_computed_again(door: Client, chosen: Chosen) -> None:
    made = request_proposal(chosen.call, by=chosen.by, at=DEADLINE)
    Selection.objects.filter(pk=made.pk).update(state="failed", problem="The worker was lost 3 times at this proposal.")
    page = text(door, made)
    assert "The proposal could not be computed." in page
    assert "The worker was lost 3 times" in page
    assert 'value="retry" class="button">Compute again' in page
    assert confirm(door, NOUN, "retry", made) == ["1 proposal is being computed again."]
    made.refresh_from_db()
    assert made.state == "computing"


@time_machine.travel(DEADLINE, tick=False)
def test_rules_that_cannot_be_kept_are_named_with_what_gives_way(door: Client, chosen: Chosen) -> None:
    chosen.rules(1)
    for name in ("Suharyanto", "Sina Leota"):
        lock(chosen.people[name], "in", "Host", by=chosen.by, at=DEADLINE)
    made = chosen.computed()
    assert made.state == "impossible"
    page = text(door, made)
    for words in (
        "These rules cannot be kept together:",
        "Suharyanto (Jordan) is locked in.",
        "Sina Leota (Samoa) is locked in.",
        "There is 1 seat for Parties.",
        "1 seat more",
        reverse("admin:participants_call_rules", args=[chosen.call.pk]),
        reverse("admin:participants_nomination_change", args=[chosen.people["Suharyanto"].pk]),
    ):
        assert words in page
    assert "Approve …" not in page


@time_machine.travel(DEADLINE, tick=False)
def test_a_proposal_shows_figures_levels_and_everybody_with_the_reasons(door: Client, chosen: Chosen) -> None:
    chosen.rules(4)
    chosen.pays(amount=20_000)
    made = chosen.computed()
    page = text(door, made)
    for words in (
        "<dt>Seats filled</dt><dd>4 of 4</dd>",
        "<dt>Parties represented</dt><dd>3</dd>",
        "<dt>Woman</dt><dd>3 of 4</dd>",
        "<dt>Gender not stated</dt><dd>0 of 4</dd>",
        "Norway (Nature Fund)",
        "and one for each seat filled",
        made.digest,
        "Without this person Samoa would have no seat.",
        "All 6</a>",
        "Selected 4</a>",
        "Reserves 2</a>",
        "place 1",
        "proposed by Staff",
    ):
        assert words in page, words
    assert "Overridden" not in page
    reserves = text(door, made, entries="reserves")
    assert "Suharyanto" in reserves
    assert "Sina Leota" not in reserves


@time_machine.travel(DEADLINE, tick=False)
def test_an_overridden_line_is_marked_with_icon_word_and_reason_and_both_values(door: Client, chosen: Chosen) -> None:
    made = chosen.computed()
    out, into = chosen.people["Sina Leota"], chosen.people["Suharyanto"]
    override(made, takes_in=into, leaves_out=out, reason="Knows the field", by=chosen.by, at=DEADLINE)
    page = text(door, made, entries="overridden")
    assert page.count("icons.svg#practice") >= 2
    for words in ("Overridden</span> by Staff, before: Reserve", "Knows the field", "Overridden 2</a>"):
        assert words in page
    assert "Worse by an override: 3 before, 2 now" in page


@time_machine.travel(DEADLINE, tick=False)
def test_a_discarded_proposal_is_only_read(door: Client, chosen: Chosen) -> None:
    made = chosen.computed()
    assert "can no longer be approved. Nobody is told." in start(door, NOUN, "discard", made)
    assert confirm(door, NOUN, "discard", made) == ["1 proposal discarded."]
    page = text(door, made)
    assert "This proposal was discarded" in page
    for words in ("Approve …", "Change this proposal", "Discard the proposal …", "Why not?"):
        assert words not in page
    assert "Suharyanto" in page


@time_machine.travel(DEADLINE, tick=False)
def test_questions_are_asked_beside_a_person_or_a_donor_and_answered(door: Client, chosen: Chosen) -> None:
    money = chosen.pays(amount=20_000)
    made = chosen.computed()
    page = text(door, made)
    assert page.count("Why not?<span") == 3
    assert "One more seat paid by Norway (Nature Fund)?" in page
    suharyanto = chosen.people["Suharyanto"]
    ask = address(made, "ask")
    answer = door.post(ask, {"nomination": str(suharyanto.pk)})
    assert answer["Location"] == f"{address(made)}#questions"
    door.post(ask, {"contribution": str(money.pk)})
    door.post(ask)
    assert made.questions.count() == 3
    page = text(door, made, "answers")
    assert page.count("Being computed") == 3
    assert 'hx-trigger="every 1s"' in page
    for question in made.questions.all():
        answer_question(question.pk, at=DEADLINE)
    page = text(door, made, "answers")
    assert "hx-trigger" not in page
    assert "Why not Suharyanto (Jordan)?" in page
    assert "If Suharyanto (Jordan) were in, women up to the share asked for would fall from" in page
    assert "Who comes in with one more seat paid by Norway (Nature Fund)?" in page


@time_machine.travel(DEADLINE, tick=False)
def test_what_cannot_be_asked_is_refused(door: Client, chosen: Chosen) -> None:
    made = chosen.computed()
    other = builders.user("x@example.org").pk
    ask = address(made, "ask")
    assert door.get(ask).status_code == 405
    for data in ({"nomination": str(other)}, {"nomination": "x"}, {"contribution": str(other)}):
        assert door.post(ask, data).status_code == 404
    discard_proposal(made, by=chosen.by, at=DEADLINE)
    assert told(door.post(ask, follow=True)) == ["Questions are about a selection that was computed."]


@pytest.mark.parametrize("count", [1, 3])
@time_machine.travel(DEADLINE, tick=False)
def test_queries_of_the_page(count: int, door: Client, call: Call, by: Actor, django_assert_num_queries: Any) -> None:
    chosen = chosen_from(call, by=by, before=AT, at=DEADLINE, people=EXPERTS[:count])
    chosen.rules(2)
    chosen.pays(amount=20_000)
    made = chosen.computed()
    for each in list(chosen.people.values()):
        door.post(address(made, "ask"), {"nomination": str(each.pk)})
    for question in made.questions.all():
        answer_question(question.pk, at=DEADLINE + timedelta(minutes=1))
    with django_assert_num_queries(16):
        text(door, made)


@time_machine.travel(DEADLINE, tick=False)
def test_nobody_else_opens_the_pages(client: Client, chosen: Chosen) -> None:
    made = chosen.computed()
    client.force_login(builders.user("someone@ministry.example"))
    for page in ("change", "progress", "answers", "override", "approve", "ask"):
        assert client.get(address(made, page)).status_code in {302, 403, 404}
        assert client.post(address(made, page)).status_code in {302, 403, 404}
    made.refresh_from_db()
    assert made.state == "proposed"
    assert not made.questions.exists()


@time_machine.travel(DEADLINE, tick=False)
def test_the_pages_mirror_in_arabic(door: Client, chosen: Chosen) -> None:
    chosen.pays(amount=20_000)
    made = chosen.computed()
    for page in ("change", "override", "approve"):
        answer = door.get(address(made, page), headers={"accept-language": "ar"})
        assert answer.status_code == 200
        assert 'dir="rtl"' in answer.content.decode()
