"""The rules of a call's selection."""

from dataclasses import replace
from decimal import Decimal

import pytest

from accounts.errors import Invalid, NotAllowed, Refused
from accounts.models import ActivityEntry
from participants.models import Selection, SelectionRules
from participants.queries import rules as rules_seen
from participants.queries.costs import costs
from participants.queries.rules import rules_of
from participants.verbs.budgets import add_budget
from participants.verbs.rules import RulesGiven, given_in, set_rules, usual_rules
from tests import builders
from tests.participants.conftest import BEFORE, DECIDED
from workshops.models import Contribution, Party


@pytest.fixture
def rules(call, organizer):
    return set_rules(call, usual_rules(call), by=organizer, at=BEFORE)


def decide(call):
    """Leave an approved selection behind."""
    Selection.objects.create(call=call, number=1, state="approved", seats=1, proposed_at=DECIDED, decided_at=DECIDED)


def test_a_call_without_rules_has_the_usual_ones(call):
    assert rules_of(call) is None
    usual = usual_rules(call)
    assert usual == RulesGiven(
        seats=40,
        women_share=50,
        sector_shares={},
        priority_lists=("ldc", "sids"),
        currency="USD",
        fare_start=Decimal(400),
        fare_per_1000_km=Decimal(100),
        allowance_a_day=Decimal(150),
    )


def test_rules_are_set_once_and_then_changed(call, organizer):
    given = RulesGiven(
        seats=30, sector_shares={"forest": 40, "conservation": 30}, priority_lists=["sids"], currency="EUR"
    )
    first = set_rules(call, given, by=organizer, at=BEFORE)
    assert list(first.sector_shares) == ["conservation", "forest"]  # as the call names them
    second = set_rules(call, replace(given_in(first), seats=28), by=organizer, at=DECIDED)
    assert (second.pk, second.seats, second.currency, second.set_at) == (first.pk, 28, "EUR", DECIDED)
    assert SelectionRules.objects.count() == 1
    told = ActivityEntry.objects.filter(verb="set_rules").order_by("at", "pk").values_list("changes", flat=True)
    assert told[0]["before"] == {}
    assert (told[0]["after"]["seats"], told[0]["after"]["fare_start"]) == (30, "400")
    assert told[1] == {"before": {"seats": 30}, "after": {"seats": 28}}


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"seats": -1}, "seats_out_of_range", "seats"),
        ({"seats": 5001}, "seats_out_of_range", "seats"),
        ({"women_share": 101}, "share_out_of_range", "women_share"),
        ({"women_share": -1}, "share_out_of_range", "women_share"),
        ({"sector_shares": {"fisheries": 10}}, "unknown_sector", "sector_shares"),
        ({"sector_shares": {"forest": -1}}, "share_out_of_range", "sector_shares"),
        ({"sector_shares": {"forest": 60, "planning": 41}}, "shares_over_100", "sector_shares"),
        ({"priority_lists": ["ldc", "g77"]}, "unknown_list", "priority_lists"),
        ({"currency": "usd"}, "currency_unknown", "currency"),
        ({"currency": "ABC"}, "currency_unknown", "currency"),
        ({"fare_start": Decimal(-1)}, "cost_out_of_range", "fare_start"),
        ({"fare_per_1000_km": Decimal("NaN")}, "cost_out_of_range", "fare_per_1000_km"),
        ({"allowance_a_day": Decimal(1_000_000)}, "cost_out_of_range", "allowance_a_day"),
    ],
)
def test_what_cannot_be_a_rule_is_named(call, organizer, change, code, field):
    with pytest.raises(Invalid) as invalid:
        set_rules(call, replace(usual_rules(call), **change), by=organizer, at=BEFORE)
    assert (invalid.value.code, invalid.value.field) == (code, field)
    assert not SelectionRules.objects.exists()


def test_the_limits_themselves_are_rules(call, organizer):
    given = RulesGiven(seats=0, women_share=100, sector_shares={"forest": 60, "planning": 40}, fare_start=Decimal(0))
    assert set_rules(call, given, by=organizer, at=BEFORE).seats == 0
    assert set_rules(call, replace(given, seats=5000, women_share=0), by=organizer, at=BEFORE).women_share == 0


def test_organizers_alone_set_and_see_rules(call, rules, jordanian, organizer):
    with pytest.raises(NotAllowed):
        set_rules(call, usual_rules(call), by=jordanian, at=BEFORE)
    assert list(rules_seen.visible_to(organizer.user)) == [rules]
    assert not rules_seen.visible_to(builders.user("someone@ministry.example")).exists()


def test_after_the_decision_the_rules_stay(call, organizer):
    decide(call)
    with pytest.raises(Refused) as refused:
        set_rules(call, usual_rules(call), by=organizer, at=DECIDED)
    assert refused.value.code == "already_decided"


def test_a_sum_is_never_read_in_another_currency(call, rules, lebanon, organizer):
    gift = Contribution.objects.create(programme=call.workshop.programme, donor=lebanon, kind="cash")
    euros = replace(given_in(rules), currency="EUR")
    add_budget(rules, gift, places=3, by=organizer, at=BEFORE)
    set_rules(call, euros, by=organizer, at=BEFORE)
    add_budget(SelectionRules.objects.get(), gift, amount=Decimal(10), by=organizer, at=BEFORE)
    with pytest.raises(Refused) as refused:
        set_rules(call, replace(euros, currency="USD"), by=organizer, at=BEFORE)
    assert (refused.value.code, refused.value.field) == ("budgets_in_currency", "currency")


def test_e23_journeys_cost_what_the_rules_say(call, rules):
    apia = Party(code="WSM", latitude=-13.83333, longitude=-171.76666)
    nowhere = Party(code="XXX")
    workshop = call.workshop
    workshop.latitude, workshop.longitude = -18.13683, 178.42531
    assert costs(call, rules, [apia, nowhere]) == {"WSM": 400 + 230 + 900, "XXX": 400 + 2000 + 900}
    workshop.latitude = None
    assert costs(call, rules, [apia]) == {"WSM": 3300}
    workshop.online = True
    assert costs(call, rules, [apia, nowhere]) == {"WSM": 0, "XXX": 0}
