"""Late or in time: judged by the deadline in force when a nomination was sent."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.errors import Invalid, NotAllowed, Refused
from participants.queries.deadlines import deadline_in_force, takes
from participants.verbs.calls import close_call
from participants.verbs.extensions import extend_call
from tests.participants.conftest import BEFORE, DEADLINE
from tests.participants.test_nominations import put

EXTENDED_AT = DEADLINE + timedelta(days=2)
LATER = datetime(2014, 4, 30, 14, 0, tzinfo=UTC)


@pytest.fixture
def extended(call, organizer):
    return extend_call(call, LATER, "Asia/Amman", by=organizer, at=EXTENDED_AT)


def test_e34_both_deadlines_are_kept_and_each_judges_its_time(extended, call):
    assert deadline_in_force(call, BEFORE) == DEADLINE
    assert deadline_in_force(extended, EXTENDED_AT - timedelta(seconds=1)) == DEADLINE
    assert deadline_in_force(extended, EXTENDED_AT) == LATER
    row = extended.extensions.get()
    assert (row.previous_at, row.deadline_at, row.extended_at) == (DEADLINE, LATER, EXTENDED_AT)


def test_e34_what_came_between_the_deadlines_is_late_where_the_call_marks_it(extended, jordan, organizer):
    extended.late_policy = "mark"
    extended.save()
    between = put(extended, jordan, organizer, 1, received_at=DEADLINE + timedelta(days=1), at=LATER)
    after = put(extended, jordan, organizer, 2, at=EXTENDED_AT)
    assert (between.late, after.late) == (True, False)


def test_late_ones_are_refused_or_marked_as_the_call_says(call, jordan, jordanian):
    late = DEADLINE + timedelta(hours=1)
    with pytest.raises(Refused) as refused:
        put(call, jordan, jordanian, at=late)
    assert refused.value.code == "call_not_open"
    call.late_policy = "mark"
    call.save()
    taken = put(call, jordan, jordanian, at=late)
    assert (taken.late, taken.state) == (True, "submitted")
    assert takes(call, jordan, late)


def test_e33_a_letter_counts_from_its_first_sending(call, jordan, jordanian, organizer):
    close_call(call, by=organizer, at=DEADLINE)
    faxed = put(call, jordan, organizer, received_at=BEFORE, at=DEADLINE + timedelta(days=5))
    assert (faxed.submitted_at, faxed.late) == (BEFORE, False)
    with pytest.raises(Refused):
        put(call, jordan, organizer, 2, received_at=DEADLINE + timedelta(days=1), at=DEADLINE + timedelta(days=5))
    with pytest.raises(NotAllowed):
        put(call, jordan, jordanian, 2, received_at=BEFORE, at=DEADLINE)
    with pytest.raises(Invalid, match="still to come"):
        put(call, jordan, organizer, 2, received_at=DEADLINE, at=BEFORE)
