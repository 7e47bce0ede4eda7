"""The pages of a call's rules, budgets and locks, and the checks on a dossier."""

from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.actors import Actor
from participants.models import Budget, Call, Lock, Nomination, Selection, SelectionRules, TerritoryDecision
from participants.verbs.budgets import add_budget
from participants.verbs.locks import lock
from participants.verbs.rules import set_rules, usual_rules
from tests import builders
from tests.config.admin.conftest import AT
from tests.config.admin.test_steps import call, confirm, nomination, start, workshop
from workshops.models import Contribution

__all__ = ["call", "nomination", "workshop"]

RULES: dict[str, Any] = {
    "seats": "30",
    "women_share": "40",
    "priority_lists": ["sids"],
    "currency": "eur",
    "fare_start": "350.50",
    "fare_per_1000_km": "90",
    "allowance_a_day": "120",
    "share_forest": "25",
}


@pytest.fixture
def rules(call: Call, by: Actor) -> SelectionRules:
    return set_rules(call, usual_rules(call), by=by, at=AT)


@pytest.fixture
def gift(call: Call) -> Contribution:
    return Contribution.objects.create(
        programme=call.workshop.programme,
        donor=builders.party("NOR", "Norway"),
        kind="cash",
        amount=Decimal(1000),
        currency="USD",
    )


def address(page: str, row: Call, *more: Any) -> str:
    return reverse(f"admin:participants_call_{page}", args=[row.pk, *more])


def shown(door: Client, page: str, row: Call, *more: Any) -> str:
    return door.get(address(page, row, *more)).content.decode()


def test_the_page_begins_with_what_is_usual_and_sets_the_rules(door: Client, call: Call) -> None:
    assert (
        address("rules", call) in door.get(reverse("admin:participants_call_change", args=[call.pk])).content.decode()
    )
    page = shown(door, "rules", call)
    for words in ("Nobody has set the rules yet", 'value="40"', "Set the rules first", "Nobody is locked in or out"):
        assert words in page
    assert page.count('<details class="more-questions">') == 2
    answer = door.post(address("rules", call), RULES)
    assert (answer.status_code, answer["Location"]) == (302, address("rules", call))
    rules = SelectionRules.objects.get()
    assert (rules.seats, rules.women_share, rules.currency, rules.priority_lists) == (30, 40, "EUR", ["sids"])
    assert (rules.sector_shares, rules.fare_start) == ({"forest": 25}, Decimal("350.50"))
    assert 'name="share_forest" value="25"' in shown(door, "rules", call)


@pytest.mark.parametrize(
    ("answers", "error", "folded"),
    [
        ({"seats": "5001"}, "less than or equal to 5000", False),
        ({"currency": "ABC"}, "Give the currency by its three letters", True),
        ({"share_forest": "60", "share_planning": "41"}, "add up to more than 100", True),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    door: Client, call: Call, answers: dict[str, str], error: str, folded: bool
) -> None:
    answer = door.post(address("rules", call), RULES | answers)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert error in page
    assert ('<details class="more-questions" open>' in page) is folded
    assert not SelectionRules.objects.exists()


def test_a_budget_is_added_changed_and_removed(
    door: Client, call: Call, rules: SelectionRules, gift: Contribution
) -> None:
    page = shown(door, "budget_add", call)
    assert "Norway: 1000.00 USD, 1000.00 left" in page
    assert "Lebanon" in page
    body = {"contribution": str(gift.pk), "amount": "600", "lists": ["sids"], "parties": ["JOR"], "sectors": ["forest"]}
    assert door.post(address("budget_add", call), body)["Location"] == address("rules", call)
    budget = Budget.objects.get()
    page = shown(door, "rules", call)
    assert "600.00 USD" in page
    assert "Small island developing States, Jordan, Forest" in page
    assert "400.00 left" in shown(door, "budget_add", call)
    refused = door.post(address("budget_add", call), body)
    assert (refused.status_code, Budget.objects.count()) == (422, 1)
    assert "Of this contribution 400.00 USD are left." in refused.content.decode()
    change = address("budget_change", call, budget.pk)
    assert 'value="600.00"' in door.get(change).content.decode()
    assert "Give a sum, or how many people at most." in door.post(change, {}).content.decode()
    assert door.post(change, {"places": "3"}).status_code == 302
    budget.refresh_from_db()
    assert (budget.amount, budget.places, budget.lists) == (None, 3, [])
    remove = address("budget_remove", call, budget.pk)
    assert "what it held is free for others" in door.get(remove).content.decode()
    assert Budget.objects.exists()
    door.post(remove)
    assert not Budget.objects.exists()
    assert door.get(remove).status_code == 404


def test_a_budget_waits_for_the_rules(door: Client, call: Call) -> None:
    assert door.get(address("budget_add", call))["Location"] == address("rules", call)


def test_after_the_decision_the_page_is_only_read(
    door: Client, call: Call, rules: SelectionRules, gift: Contribution, by: Actor
) -> None:
    add_budget(rules, gift, places=2, by=by, at=AT)
    Selection.objects.create(call=call, number=1, state="approved", seats=1, proposed_at=AT, decided_at=AT)
    page = shown(door, "rules", call)
    assert "its rules, budgets and locks stay as they were" in page
    for words in ("Set the rules", "Add a budget", "Remove"):
        assert words not in page
    assert "nothing of it is changed any more" in door.post(address("rules", call), RULES).content.decode()


@time_machine.travel(AT, tick=False)
def test_people_are_locked_and_released(door: Client, nomination: Nomination, by: Actor) -> None:
    noun = "participants_nomination"
    assert "even where a paper is missing" in start(door, noun, "lock_in", nomination)
    assert confirm(door, noun, "lock_in", nomination, reason="Host") == ["1 person locked in."]
    assert confirm(door, noun, "lock_out", nomination, reason="Went to Suva") == ["1 person locked out."]
    page = shown(door, "rules", nomination.call)
    assert "Went to Suva" in page
    assert "Out, whatever the proposal" in page
    listed = door.get(reverse("admin:participants_nomination_changelist"), {"lock": "out"})
    assert [row.pk for row in listed.context["cl"].result_list] == [nomination.pk]
    for chosen in ("in", "none"):
        listed = door.get(reverse("admin:participants_nomination_changelist"), {"lock": chosen})
        assert not listed.context["cl"].result_list
    assert confirm(door, noun, "unlock", nomination, reason="") == ["1 lock released."]
    assert not Lock.objects.exists()


@time_machine.travel(AT, tick=False)
def test_e19_a_territory_is_recorded_on_the_dossier(door: Client, nomination: Nomination) -> None:
    answers = {"territory": "Tokelau", "kept": "observer", "reason": "As the letter asks"}
    assert confirm(door, "participants_nomination", "territory", nomination, **answers) == ["1 decision recorded."]
    assert TerritoryDecision.objects.get().as_observer is True
    page = door.get(reverse("admin:participants_nomination_change", args=[nomination.pk])).content.decode()
    assert "Tokelau, as an observer: As the letter asks" in page
    assert "an observer, without a seat" in page


def test_e16_e33_the_dossier_shows_each_check_with_icon_and_word(door: Client, nomination: Nomination) -> None:
    dossier = reverse("admin:participants_nomination_change", args=[nomination.pk])
    page = door.get(dossier).content.decode()
    for words in ("Jordan is a Party on the day.", "in order", "not in order", "not financed", "icons.svg#flag"):
        assert words in page
    nomination.party.in_force_on = None  # type: ignore[union-attr]
    nomination.party.save()  # type: ignore[union-attr]
    assert "Jordan is no Party: no Party seat" in door.get(dossier).content.decode()


@pytest.mark.parametrize("page", ["rules", "budget_add"])
def test_the_pages_mirror_in_arabic(
    page: str, door: Client, call: Call, rules: SelectionRules, gift: Contribution
) -> None:
    answer = door.get(address(page, call), headers={"accept-language": "ar"})
    assert answer.status_code == 200
    assert 'dir="rtl"' in answer.content.decode()


def test_nobody_else_opens_the_pages(client: Client, call: Call, rules: SelectionRules) -> None:
    client.force_login(builders.user("someone@ministry.example"))
    for page in ("rules", "budget_add"):
        assert client.get(address(page, call)).status_code in {302, 403, 404}
        assert client.post(address(page, call), RULES).status_code in {302, 403, 404}
    rules.refresh_from_db()
    assert rules.seats == 40


@pytest.mark.parametrize("more", [0, 2])
def test_queries_of_the_page(
    more: int,
    door: Client,
    call: Call,
    nomination: Nomination,
    rules: SelectionRules,
    gift: Contribution,
    by: Actor,
    django_assert_num_queries: Any,
) -> None:
    lock(nomination, "in", "Host", by=by, at=AT)
    for _each in range(1 + more):
        add_budget(rules, gift, places=1, lists=["sids"], parties=[builders.party("JOR")], by=by, at=AT)
    with django_assert_num_queries(11):
        shown(door, "rules", call)
