"""Rules of selection and budgets through the API."""

from decimal import Decimal

import pytest

from participants.models import Budget, SelectionRules
from participants.verbs.budgets import add_budget
from participants.verbs.rules import set_rules, usual_rules
from tests import builders
from tests.api_scene import Scene, problem
from tests.conftest import NOW
from workshops.models import Contribution

RULES = {"seats": 30, "women_share": 40, "sector_shares": {"forest": 25}, "priority_lists": ["sids"], "currency": "EUR"}


def path(scene: Scene, *rest: object) -> str:
    return "/".join(["/api/v1/calls", str(scene.call.pk), *map(str, rest), ""])


@pytest.fixture
def gift(scene: Scene) -> Contribution:
    return Contribution.objects.create(
        programme=scene.call.workshop.programme, donor=scene.egypt, kind="cash", amount=Decimal(1000), currency="USD"
    )


@pytest.fixture
def rules(scene: Scene) -> SelectionRules:
    return set_rules(scene.call, usual_rules(scene.call), by=scene.by, at=NOW)


def test_rules_are_the_usual_ones_until_they_are_set(scene: Scene):
    client = scene.client("organizer")
    assert client.get(path(scene, "rules")).json() == {
        "seats": 40,
        "women_share": 50,
        "sector_shares": {},
        "priority_lists": ["ldc", "sids"],
        "currency": "USD",
        "fare_start": "400.00",
        "fare_per_1000_km": "100.00",
        "allowance_a_day": "150.00",
        "set_at": None,
    }
    shown = client.put(path(scene, "rules"), RULES | {"fare_start": "350.50"}, format="json").json()
    assert shown == RULES | {
        "fare_start": "350.50",
        "fare_per_1000_km": "100.00",
        "allowance_a_day": "150.00",
        "set_at": "2014-01-06T09:00:00Z",
    }
    assert client.get(path(scene, "rules")).json() == shown


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"seats": 5001}, "invalid", "seats"),
        ({"sector_shares": {"fisheries": 1}}, "unknown_sector", "sector_shares"),
        ({"sector_shares": {"forest": 101}}, "invalid", "sector_shares.forest"),
        ({"priority_lists": ["g77"]}, "unknown_list", "priority_lists"),
        ({"currency": "ABC"}, "currency_unknown", "currency"),
        ({"fare_start": "-1"}, "invalid", "fare_start"),
        ({"women": 50}, "invalid", "women"),
    ],
)
def test_bad_rules(scene: Scene, change, code, field):
    answer = scene.client("organizer").put(path(scene, "rules"), RULES | change, format="json")
    assert problem(answer) == (400, code, [field])


def test_a_budget_is_added_read_changed_and_removed(scene: Scene, rules, gift):
    client = scene.client("organizer")
    body = {
        "contribution": str(gift.pk),
        "amount": "600.00",
        "lists": ["ldc"],
        "parties": ["JOR"],
        "sectors": ["forest"],
    }
    answer = client.post(path(scene, "budgets"), body, format="json")
    shown = answer.json()
    assert (answer.status_code, shown) == (201, body | {"id": shown["id"], "places": None})
    assert answer["Location"].endswith(path(scene, "budgets", shown["id"]))
    assert client.get(answer["Location"]).json() == shown
    assert client.get(path(scene, "budgets")).json() == [shown]
    assert problem(client.post(path(scene, "budgets"), body, format="json")) == (409, "more_than_pledged", ["amount"])
    changed = client.put(answer["Location"], {"places": 3}, format="json").json()
    assert (changed["amount"], changed["places"], changed["parties"], changed["lists"]) == (None, 3, [], [])
    assert client.delete(answer["Location"]).status_code == 204
    assert problem(client.delete(answer["Location"])) == (404, "budget_unknown", [])
    assert not Budget.objects.exists()


def test_bad_budgets(scene: Scene, gift):
    client = scene.client("organizer")
    body = {"contribution": str(gift.pk), "places": 1}
    assert problem(client.post(path(scene, "budgets"), body, format="json")) == (409, "no_rules", [])
    set_rules(scene.call, usual_rules(scene.call), by=scene.by, at=NOW)
    for change, code, field in (
        ({"contribution": str(scene.call.pk)}, "unknown_reference", "contribution"),
        ({"parties": ["QQQ"]}, "unknown_reference", "parties"),
        ({"places": 0}, "invalid", "places"),
        ({"sectors": ["fisheries"]}, "unknown_sector", "sectors"),
        ({"places": None}, "no_limit", "amount"),
    ):
        answer = client.post(path(scene, "budgets"), body | change, format="json")
        assert problem(answer)[1:] == (code, [field])


def test_the_rules_are_the_organizers_own(scene: Scene, rules, gift):
    scene.nominated()
    budget = add_budget(rules, gift, places=1, by=scene.by, at=NOW)
    for role, status in (("focal_point", 403), ("participant", 403), ("stranger", 404), ("anonymous", 401)):
        client = scene.client(role)
        assert client.put(path(scene, "rules"), RULES, format="json").status_code == status
        for rest in (["rules"], ["budgets"], ["budgets", budget.pk]):
            assert client.get(path(scene, *rest)).status_code == status
        assert client.delete(path(scene, "budgets", budget.pk)).status_code == status
        body = {"contribution": str(gift.pk), "places": 1}
        assert client.post(path(scene, "budgets"), body, format="json").status_code == status
    assert Budget.objects.get() == budget


@pytest.mark.parametrize("more", [0, 2])
def test_queries_of_budgets(scene: Scene, rules, gift, more: int, django_assert_num_queries):
    for _each in range(1 + more):
        add_budget(rules, gift, places=1, parties=[builders.party()], by=scene.by, at=NOW)
    client = scene.client("organizer")
    with django_assert_num_queries(4):
        assert len(client.get(path(scene, "budgets")).json()) == 1 + more
