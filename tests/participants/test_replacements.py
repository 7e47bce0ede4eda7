"""Another expert in the place of one nominated before."""

import pytest

from accounts.errors import Refused
from participants.models import Nomination
from participants.verbs.calls import close_call
from participants.verbs.replacements import replace
from tests import builders
from tests.participants.conftest import BEFORE, DEADLINE
from tests.participants.test_nominations import candidate, put


def test_the_place_and_the_track_stay(call, jordan, jordanian):
    put(call, jordan, jordanian, 1)
    before = put(call, jordan, jordanian, 2, track="planning")
    after = replace(before, candidate=candidate(3), sector="agriculture", by=jordanian, at=BEFORE)
    before.refresh_from_db()
    assert (before.state, before.rank) == ("withdrawn", 2)
    assert (after.rank, after.track, after.sector, after.replaces) == (2, "planning", "agriculture", before)
    assert after.reference == "ANNEX2-AMM-004"


def test_a_refused_replacement_changes_nothing(call, jordan, jordanian):
    put(call, jordan, jordanian, 1)
    before = put(call, jordan, jordanian, 2)
    with pytest.raises(Refused) as refused:
        replace(before, candidate=candidate(1), sector="forest", by=jordanian, at=BEFORE)
    assert refused.value.code == "already_nominated"
    before.refresh_from_db()
    assert (before.state, Nomination.objects.count()) == ("submitted", 2)


def test_after_the_call_nobody_is_replaced_but_by_a_letter_that_came_in_time(call, jordan, jordanian, organizer):
    before = put(call, jordan, jordanian, 1)
    close_call(call, by=organizer, at=DEADLINE)
    with pytest.raises(Refused) as refused:
        replace(before, candidate=candidate(2), sector="forest", by=jordanian, at=DEADLINE)
    assert refused.value.code == "call_not_open"
    after = replace(
        before,
        candidate=candidate(2),
        sector="forest",
        signature=builders.official(),
        received_at=BEFORE,
        by=organizer,
        at=DEADLINE,
    )
    assert (after.rank, after.late, after.submitted_at) == (1, False, BEFORE)


def test_who_was_decided_on_is_not_replaced_this_way(selected, jordanian):
    with pytest.raises(Refused) as refused:
        replace(selected, candidate=candidate(2), sector="forest", by=jordanian, at=BEFORE)
    assert refused.value.code == "cannot_be_replaced"
