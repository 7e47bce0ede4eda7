"""E19: somebody from a territory that is no Party."""

import pytest

from accounts.errors import Invalid, NotAllowed, Refused
from accounts.models import ActivityEntry
from participants.models import Organization, TerritoryDecision
from participants.queries.eligibility import is_eligible, stands_apart
from participants.verbs.nominations import withdraw
from participants.verbs.territories import record_territory
from tests.participants.conftest import BEFORE, DECIDED
from tests.participants.test_eligibility import FIRST_DAY, check, named, open_call
from tests.participants.test_rules import decide

__all__ = ["open_call"]
WHY = "Letter of the Administrator of Tokelau of 3 February 2014 (synthetic)"


@pytest.fixture
def sent(open_call, jordan):
    """Somebody whom the Party responsible sends for a territory."""
    return named(open_call, jordan)


def test_e19_a_person_from_a_territory_is_kept_under_the_party_responsible(sent, open_call, organizer):
    decision = record_territory(sent, " Tokelau ", as_observer=False, reason=WHY, by=organizer, at=BEFORE)
    assert (decision.territory, decision.decided_by, decision.decided_at) == ("Tokelau", organizer.user, BEFORE)
    assert check(sent, "party") == (True, "From Tokelau, kept under Jordan, whose place it is.")
    assert not stands_apart(sent, FIRST_DAY)
    assert is_eligible(sent, open_call, FIRST_DAY)


def test_e19_or_as_an_observer_and_the_log_keeps_both_decisions(sent, open_call, organizer):
    record_territory(sent, "Tokelau", as_observer=False, reason=WHY, by=organizer, at=BEFORE)
    record_territory(sent, "Tokelau", as_observer=True, reason="As New Zealand asks", by=organizer, at=DECIDED)
    assert TerritoryDecision.objects.count() == 1
    sent = open_call.nominations.get()
    assert check(sent, "party") == (False, "From Tokelau, which is no Party: an observer, without a seat.")
    assert check(sent, "funding")[0] is False
    assert stands_apart(sent, FIRST_DAY)
    assert not is_eligible(sent, open_call, FIRST_DAY)
    told = ActivityEntry.objects.filter(verb="record_territory").order_by("at").values_list("changes", flat=True)
    assert [each["as_observer"] for each in told] == [False, True]


@pytest.mark.parametrize(
    ("territory", "reason", "code", "field"),
    [
        (" ", WHY, "territory_missing", "territory"),
        ("x" * 121, WHY, "too_long", "territory"),
        ("Tokelau", " ", "reason_missing", "reason"),
        ("Tokelau", "x" * 501, "too_long", "reason"),
    ],
)
def test_a_decision_names_the_territory_and_says_why(sent, organizer, territory, reason, code, field):
    with pytest.raises(Invalid) as invalid:
        record_territory(sent, territory, as_observer=True, reason=reason, by=organizer, at=BEFORE)
    assert (invalid.value.code, invalid.value.field) == (code, field)


def test_organizers_alone_decide_and_only_on_what_counts(sent, open_call, jordanian, organizer):
    with pytest.raises(NotAllowed):
        record_territory(sent, "Tokelau", as_observer=True, reason=WHY, by=jordanian, at=BEFORE)
    expert = named(open_call, organization=Organization.objects.create(name="Centre", kind="regional"))
    withdraw(sent, by=organizer, at=BEFORE)
    for row, code in ((expert, "not_of_a_party"), (sent, "nomination_gone")):
        with pytest.raises(Refused) as refused:
            record_territory(row, "Tokelau", as_observer=True, reason=WHY, by=organizer, at=BEFORE)
        assert refused.value.code == code


def test_after_the_decision_nothing_is_recorded(sent, open_call, organizer):
    decide(open_call)
    with pytest.raises(Refused) as refused:
        record_territory(sent, "Tokelau", as_observer=True, reason=WHY, by=organizer, at=DECIDED)
    assert refused.value.code == "already_decided"
