"""Budgets: what a contribution pays for, and never more than was given."""

from decimal import Decimal

import pytest

from accounts.errors import Invalid, NotAllowed, NotFound, Refused
from accounts.models import ActivityEntry
from participants.models import Budget, SelectionRules
from participants.queries import budgets as seen
from participants.queries.budgets import budgets_of, left_of, payable
from participants.verbs.budgets import add_budget, change_budget, remove_budget
from participants.verbs.calls import open_call
from participants.verbs.rules import RulesGiven, set_rules, usual_rules
from tests import builders
from tests.participants.conftest import BEFORE, DEADLINE, DECIDED
from tests.participants.test_concurrency import at_once
from tests.participants.test_rules import decide
from workshops.models import Contribution


@pytest.fixture
def rules(call, organizer) -> SelectionRules:
    return set_rules(call, usual_rules(call), by=organizer, at=BEFORE)


@pytest.fixture
def gift(call) -> Contribution:
    """Norway gives 1,000 dollars for the programme."""
    return given(call)


def given(call, **fields) -> Contribution:
    norway = builders.party("NOR", "Norway")
    usual = {"programme": call.workshop.programme, "kind": "cash", "amount": Decimal(1000), "currency": "USD"}
    return Contribution.objects.create(donor=norway, **usual | fields)


@pytest.fixture
def elsewhere(call, lebanon, of_lebanon, organizer) -> SelectionRules:
    """The rules of another call of the programme, in dollars too."""
    workshop = builders.workshop("tunis-2014", parties=(), reference="ANNEX2-TUN", title={"en": "Workshop in Tunis"})
    workshop.coverages.create(programme=workshop.programme, party=builders.party("TUN", "Tunisia"))
    builders.focal_point(builders.party("TUN"))
    other = open_call(workshop, deadline_at=DEADLINE, deadline_zone="UTC", seats_per_party=2, by=organizer, at=BEFORE)
    return set_rules(other, usual_rules(other), by=organizer, at=BEFORE)


def refusal(**how):
    with pytest.raises(Refused) as refused:
        add_budget(**how)
    return refused.value.code, refused.value.field


def test_a_budget_pays_with_its_earmark(rules, gift, call, jordan, lebanon, organizer):
    budget = add_budget(
        rules,
        gift,
        amount=Decimal(600),
        places=4,
        lists=["sids", "ldc", "ldc"],
        parties=[lebanon, jordan],
        sectors=["forest", "conservation"],
        by=organizer,
        at=BEFORE,
    )
    assert (budget.lists, budget.sectors) == (["ldc", "sids"], ["conservation", "forest"])
    assert set(budget.parties.all()) == {jordan, lebanon}
    assert list(budgets_of(call)) == [budget]
    assert left_of(gift) == Decimal(400)
    told = ActivityEntry.objects.get(verb="add_budget")
    assert (told.subject_key, told.changes["amount"], told.changes["parties"]) == (str(call.pk), "600", ["JOR", "LBN"])


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({}, "no_limit", "amount"),
        ({"amount": Decimal(0)}, "amount_out_of_range", "amount"),
        ({"amount": Decimal("Infinity")}, "amount_out_of_range", "amount"),
        ({"amount": Decimal(10**10)}, "amount_out_of_range", "amount"),
        ({"places": 0}, "places_out_of_range", "places"),
        ({"places": 5001}, "places_out_of_range", "places"),
        ({"places": 1, "lists": ["g77"]}, "unknown_list", "lists"),
        ({"places": 1, "sectors": ["fisheries"]}, "unknown_sector", "sectors"),
        ({"amount": Decimal("1000.01")}, "more_than_pledged", "amount"),
    ],
)
def test_what_a_budget_cannot_be_is_named(rules, gift, organizer, change, code, field):
    assert refusal(rules=rules, contribution=gift, **change, by=organizer, at=BEFORE) == (code, field)
    assert not Budget.objects.exists()


def test_what_is_given_in_kind_pays_for_people(rules, call, organizer):
    rooms = given(call, kind="in-kind", amount=None, currency="")
    how = {"rules": rules, "contribution": rooms, "by": organizer, "at": BEFORE}
    assert refusal(**how, amount=Decimal(1)) == ("in_kind_has_no_sum", "amount")
    assert refusal(**how) == ("no_limit", "places")
    assert add_budget(**how, places=3).places == 3


def test_money_of_another_programme_or_workshop_pays_nothing_here(rules, call, elsewhere, organizer):
    foreign = given(call, programme=builders.programme("other", code="OTHER"), fund="Other")
    assert refusal(rules=rules, contribution=foreign, places=1, by=organizer, at=BEFORE) == (
        "another_programme",
        "contribution",
    )
    bound = given(call, fund="Bound", earmark_workshop=elsewhere.call.workshop)
    with pytest.raises(Refused, match="Workshop in Tunis") as refused:
        add_budget(rules, bound, places=1, by=organizer, at=BEFORE)
    assert refused.value.code == "earmarked_elsewhere"
    assert list(payable(call)) == []
    assert add_budget(elsewhere, bound, places=1, by=organizer, at=BEFORE).contribution == bound


def test_all_budgets_together_stay_within_what_was_given(rules, gift, elsewhere, organizer):
    add_budget(rules, gift, amount=Decimal(700), by=organizer, at=BEFORE)
    with pytest.raises(Refused, match=r"300\.00 USD are left") as refused:
        add_budget(elsewhere, gift, amount=Decimal("300.01"), by=organizer, at=BEFORE)
    assert refused.value.code == "more_than_pledged"
    second = add_budget(elsewhere, gift, amount=Decimal(300), by=organizer, at=BEFORE)
    assert left_of(gift) == 0
    assert left_of(gift, without=second.pk) == 300
    assert [vars(each)["spoken_for"] for each in payable(elsewhere.call)] == [1000]
    with pytest.raises(Refused) as refused:
        change_budget(second, amount=Decimal(301), by=organizer, at=BEFORE)
    assert refused.value.code == "more_than_pledged"
    changed = change_budget(second, amount=Decimal(200), places=2, by=organizer, at=BEFORE)
    assert (changed.amount, changed.places) == (Decimal(200), 2)
    assert left_of(gift) == 100


def test_nobody_compares_two_currencies_or_a_sum_that_is_not_named(rules, call, elsewhere, organizer):
    euros = given(call, fund="Euros", currency="EUR")
    open_ended = given(call, fund="Open", amount=None, currency="")
    assert add_budget(rules, euros, amount=Decimal(5000), by=organizer, at=BEFORE).amount == 5000
    assert left_of(euros) == 1000
    assert add_budget(rules, open_ended, amount=Decimal(5000), by=organizer, at=BEFORE).amount == 5000
    assert left_of(open_ended) is None
    set_rules(elsewhere.call, RulesGiven(seats=1, currency="EUR"), by=organizer, at=BEFORE)
    assert refusal(rules=elsewhere, contribution=euros, amount=Decimal(1001), by=organizer, at=BEFORE)[0] == (
        "more_than_pledged"
    )


def test_a_change_says_everything_anew(rules, gift, jordan, organizer):
    budget = add_budget(rules, gift, places=1, lists=["ldc"], parties=[jordan], by=organizer, at=BEFORE)
    change_budget(budget, amount=Decimal(10), by=organizer, at=BEFORE)
    budget.refresh_from_db()
    assert (budget.amount, budget.places) == (Decimal(10), None)
    assert (budget.lists, budget.parties.count()) == ([], 0)
    with pytest.raises(Invalid) as invalid:
        change_budget(budget, by=organizer, at=BEFORE)
    assert invalid.value.code == "no_limit"


def test_a_budget_is_removed_once(rules, gift, organizer):
    budget = add_budget(rules, gift, amount=Decimal(1000), by=organizer, at=BEFORE)
    remove_budget(budget, by=organizer, at=BEFORE)
    assert left_of(gift) == 1000
    assert ActivityEntry.objects.get(verb="remove_budget").changes == {"contribution": "NOR", "amount": "1000.00"}
    for again in (
        lambda: remove_budget(budget, by=organizer, at=BEFORE),
        lambda: change_budget(budget, places=1, by=organizer, at=BEFORE),
    ):
        with pytest.raises(NotFound) as unknown:
            again()
        assert unknown.value.code == "budget_unknown"


def test_organizers_alone_enter_and_see_budgets(rules, gift, jordanian, organizer):
    budget = add_budget(rules, gift, places=1, by=organizer, at=BEFORE)
    for job in (
        lambda: add_budget(rules, gift, places=1, by=jordanian, at=BEFORE),
        lambda: change_budget(budget, places=1, by=jordanian, at=BEFORE),
        lambda: remove_budget(budget, by=jordanian, at=BEFORE),
    ):
        with pytest.raises(NotAllowed):
            job()
    assert list(seen.visible_to(organizer.user)) == [budget]
    assert not seen.visible_to(builders.user("someone@ministry.example")).exists()


def test_after_the_decision_the_money_stays(rules, gift, call, organizer):
    budget = add_budget(rules, gift, places=1, by=organizer, at=BEFORE)
    decide(call)
    for job in (
        lambda: add_budget(rules, gift, places=1, by=organizer, at=DECIDED),
        lambda: change_budget(budget, places=2, by=organizer, at=DECIDED),
        lambda: remove_budget(budget, by=organizer, at=DECIDED),
    ):
        with pytest.raises(Refused) as refused:
            job()
        assert refused.value.code == "already_decided"


@pytest.mark.parametrize("more", [0, 2])
def test_queries_of_budgets(rules, call, gift, jordan, organizer, more, django_assert_num_queries):
    for number in range(1 + more):
        other = given(call, fund=f"Fund {number}")
        add_budget(rules, other, places=1, parties=[jordan], by=organizer, at=BEFORE)
    with django_assert_num_queries(2):
        assert [each.contribution.donor.code for each in budgets_of(call)] == ["NOR"] * (1 + more)
    with django_assert_num_queries(1):
        assert len([each.donor.code for each in payable(call)]) == 2 + more


@pytest.mark.django_db(transaction=True)
def test_two_organizers_at_once_never_promise_more_than_was_given(rules, gift, elsewhere, organizer):
    def job(at_home):
        mine = rules if at_home else elsewhere
        return lambda: add_budget(mine, gift, amount=Decimal(300), by=organizer, at=BEFORE)

    results = at_once(*[job(number % 2) for number in range(8)])
    assert results.count("more_than_pledged") == 5
    assert left_of(gift) == 100
