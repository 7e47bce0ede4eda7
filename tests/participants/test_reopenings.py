"""More time for one Party after the deadline."""

from datetime import timedelta

import pytest

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed, Refused
from correspondence.models import Message
from participants.models import Reopening
from participants.verbs.calls import close_call
from participants.verbs.reopenings import ask_reopening, grant_reopening, refuse_reopening
from tests.participants.conftest import BEFORE, DEADLINE
from tests.participants.test_nominations import put

AFTER = DEADLINE + timedelta(days=1)


@pytest.fixture
def asked(call, jordan, jordanian):
    return ask_reopening(call, jordan, "The ministry moved house.", by=jordanian, at=AFTER)


def test_a_party_is_granted_more_time_alone_and_comes_late(
    asked, call, jordan, lebanon, jordanian, of_lebanon, organizer
):
    close_call(call, by=organizer, at=AFTER)
    grant_reopening(asked, AFTER + timedelta(days=3), note="Three days.", by=organizer, at=AFTER)
    taken = put(call, jordan, jordanian, at=AFTER + timedelta(days=2))
    assert (taken.state, taken.late) == ("submitted", True)
    with pytest.raises(Refused, match="takes no nominations"):
        put(call, lebanon, Actor(label="", person_id=of_lebanon.person_id), at=AFTER + timedelta(days=2))
    with pytest.raises(Refused, match="takes no nominations"):
        put(call, jordan, jordanian, 2, at=AFTER + timedelta(days=4))
    letters = Message.objects.filter(kind="reopening-granted").order_by("to_address")
    assert list(letters.values_list("to_address", flat=True)) == ["omar@agriculture.example", "rana@ministry.example"]
    assert all(each.link_key for each in letters)


def test_a_refusal_says_why_and_may_be_thought_over(asked, organizer):
    with pytest.raises(Invalid, match="Say why"):
        refuse_reopening(asked, note=" ", by=organizer, at=AFTER)
    refuse_reopening(asked, note="The list is being decided.", by=organizer, at=AFTER)
    letters = Message.objects.filter(kind="reopening-refused").values_list("body", flat=True)
    assert all("The list is being decided." in body for body in letters)
    assert len(letters) == 2
    with pytest.raises(Refused):
        refuse_reopening(asked, note="Again", by=organizer, at=AFTER)
    grant_reopening(asked, AFTER + timedelta(days=3), by=organizer, at=AFTER)
    assert Reopening.objects.get().state == "granted"


@pytest.mark.parametrize(("reason", "code"), [("", "reason_missing"), ("x" * 501, "too_long")])
def test_a_reason_is_given(reason, code, call, jordan, jordanian):
    with pytest.raises(Invalid) as refused:
        ask_reopening(call, jordan, reason, by=jordanian, at=AFTER)
    assert (refused.value.code, refused.value.field) == (code, "reason")


def test_who_can_nominate_or_has_asked_needs_not_ask(asked, call, jordan, jordanian, organizer):
    with pytest.raises(Refused) as refused:
        ask_reopening(call, jordan, "Again", by=jordanian, at=AFTER)
    assert refused.value.code == "already_asked"
    with pytest.raises(Refused) as refused:
        ask_reopening(call, jordan, "Early", by=jordanian, at=BEFORE)
    assert refused.value.code == "call_still_open"


def test_others_neither_ask_nor_answer(asked, call, jordan, of_lebanon, jordanian):
    with pytest.raises(NotAllowed):
        ask_reopening(call, jordan, "For them", by=Actor(label="", person_id=of_lebanon.person_id), at=AFTER)
    with pytest.raises(NotAllowed):
        grant_reopening(asked, AFTER + timedelta(days=3), by=jordanian, at=AFTER)


def test_after_the_decision_nothing_is_reopened(asked, selected, call, jordan, jordanian, organizer):
    with pytest.raises(Refused) as refused:
        grant_reopening(asked, AFTER + timedelta(days=20), by=organizer, at=AFTER)
    assert refused.value.code == "already_decided"


def test_more_time_lies_ahead(asked, organizer):
    with pytest.raises(Invalid) as refused:
        grant_reopening(asked, AFTER - timedelta(days=3), by=organizer, at=AFTER)
    assert refused.value.code == "deadline_past"
