"""Rules, budgets and locks in a browser: set, changed, refused; on a phone, from the right, without scripts."""

from decimal import Decimal

import pytest
from django.utils import timezone

from participants.models import Budget, SelectionRules
from participants.verbs.budgets import add_budget
from participants.verbs.candidates import Candidate
from participants.verbs.locks import lock
from participants.verbs.nominations import nominate
from participants.verbs.rules import set_rules, usual_rules
from tests import builders
from tests.e2e.conftest import PHONE, press
from workshops.models import Contribution

pytestmark = pytest.mark.e2e


@pytest.fixture
def gift(call):
    return Contribution.objects.create(
        programme=call.workshop.programme,
        donor=builders.party("NOR", "Norway"),
        fund="Nature Fund",
        kind="cash",
        amount=Decimal(50_000),
        currency="USD",
    )


@pytest.fixture
def nomination(call, organizer):
    return nominate(
        call,
        party=builders.party("JOR"),
        candidate=Candidate(name="Suharyanto", email="suharyanto@ministry.example"),
        track="biodiversity",
        sector="forest",
        signature=builders.official(),
        by=organizer,
        at=timezone.now(),
    )


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pages_are_clean_and_fit_a_phone(language, call, gift, nomination, organizer, admin, clean):
    now = timezone.now()
    rules = set_rules(call, usual_rules(call), by=organizer, at=now)
    budget = add_budget(rules, gift, amount=Decimal(20_000), sectors=["forest"], by=organizer, at=now)
    lock(nomination, "in", "Host of the field trip", by=organizer, at=now)
    below = f"/admin/participants/call/{call.pk}"
    for address in ("rules/", "budgets/add/", f"budgets/{budget.pk}/", f"budgets/{budget.pk}/remove/"):
        page = admin(f"{below}/{address}", language=language, size=PHONE)
        clean(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], address


def test_an_organizer_sets_rules_and_budgets_without_scripts(call, gift, admin, clean):
    page = admin(f"/admin/participants/call/{call.pk}/change/", scripts=False)
    press(page.get_by_role("link", name="Rules of selection"))
    page.fill("[name=seats]", "30")
    page.get_by_text("Sectors", exact=True).click()
    page.fill("[name=share_forest]", "101")
    press(page.get_by_role("button", name="Set the rules"))
    assert "less than or equal to 100" in page.inner_text("#content")
    page.fill("[name=share_forest]", "40")
    press(page.get_by_role("button", name="Set the rules"))
    assert SelectionRules.objects.get().sector_shares == {"forest": 40}
    press(page.get_by_role("link", name="Add a budget"))
    page.select_option("[name=contribution]", str(gift.pk))
    page.fill("[name=amount]", "60000")
    press(page.get_by_role("button", name="Save the budget"))
    assert "50000.00 USD are left" in page.inner_text("#content")
    page.fill("[name=amount]", "45000")
    press(page.get_by_role("button", name="Save the budget"))
    assert "45000.00 USD" in page.inner_text("#content")
    press(page.get_by_role("link", name="Remove Norway"))
    press(page.get_by_role("button", name="Remove the budget"))
    assert not Budget.objects.exists()


def test_a_nominee_is_locked_in_from_the_dossier(call, nomination, admin, clean):
    page = admin(f"/admin/participants/nomination/{nomination.pk}/change/")
    assert "Jordan is a Party on the day." in page.inner_text("#content")
    press(page.get_by_role("button", name="Lock in", exact=True))
    clean(page)
    page.fill("[name=reason]", "Host of the field trip")
    press(page.get_by_role("button", name="Lock 1 person in"))
    assert "In, whatever the proposal: Host of the field trip" in page.inner_text("#content")
    page.goto(page.url.split("/admin/")[0] + f"/admin/participants/call/{call.pk}/rules/")
    assert "Suharyanto" in page.inner_text("#content")
    clean(page)
