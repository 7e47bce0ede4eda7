"""One try to hand over one letter: what a mail server may answer, and what becomes of a letter whose worker died."""

from datetime import timedelta

import pytest
from django.core import mail
from pytest_django import Settings

from correspondence.models import Message, MessageState
from correspondence.verbs.delivery import deliver, deliver_due
from correspondence.verbs.sweeps import sweep
from tests.conftest import NOW
from tests.correspondence.outbox import acceptance
from tests.correspondence.sink import Sink

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def outcomes(message: Message) -> list[str]:
    return list(message.attempts.order_by("number").values_list("outcome", flat=True))


def test_an_answer_of_the_five_hundreds_fails_at_once_and_is_kept(sink: Sink):
    sink.replies["amal@ministry.example"] = "550 5.1.1 No such mailbox here"
    message = acceptance()

    deliver(message.pk, at=NOW)

    message.refresh_from_db()
    assert message.state == MessageState.FAILED
    assert message.attempts.get().detail == "550 5.1.1 No such mailbox here"


def test_a_refused_letter_does_not_keep_the_next_one(sink: Sink):
    sink.replies["amal@ministry.example"] = "550 No"
    acceptance(1)
    acceptance(2, address="badr@ministry.example")

    assert deliver_due(at=NOW) == 2
    assert Message.objects.get(to_address="badr@ministry.example").state == MessageState.SENT


def test_an_answer_of_the_four_hundreds_waits_longer_each_time_and_fails_after_the_eighth(sink: Sink):
    sink.replies["amal@ministry.example"] = "451 4.7.1 Greylisted"
    message = acceptance()
    waits = []
    at = NOW
    for _ in range(7):
        deliver(message.pk, at=at)
        message.refresh_from_db()
        assert message.state == MessageState.QUEUED
        waits.append(round((message.due_at - at) / MINUTE))
        at = message.due_at

    deliver(message.pk, at=at)

    message.refresh_from_db()
    assert waits == [1, 5, 30, 120, 240, 480, 960]
    assert message.state == MessageState.FAILED
    assert outcomes(message) == ["later"] * 8
    assert set(message.attempts.values_list("detail", flat=True)) == {"451 4.7.1 Greylisted"}


def test_a_letter_queued_again_by_a_person_has_eight_tries_again(sink: Sink):
    sink.replies["amal@ministry.example"] = "451 Later"
    message = acceptance()
    Message.objects.update(attempts_made=8)

    deliver(message.pk, at=NOW)

    message.refresh_from_db()
    assert (message.state, message.attempts_made) == ("queued", 9)


def test_a_connection_lost_after_the_text_was_handed_over_is_uncertain(sink: Sink):
    sink.hang_up_at = "DATA"
    message = acceptance()

    deliver(message.pk, at=NOW)

    message.refresh_from_db()
    assert message.state == MessageState.UNCERTAIN
    assert outcomes(message) == ["lost"]
    assert len(sink.mails) == 1


def test_a_connection_lost_earlier_is_tried_again(sink: Sink):
    sink.hang_up_at = "RCPT"
    message = acceptance()

    deliver(message.pk, at=NOW)

    message.refresh_from_db()
    assert message.state == MessageState.QUEUED
    assert outcomes(message) == ["later"]


def test_a_header_altered_behind_the_verbs_back_is_never_sent():
    message = acceptance()
    Message.objects.update(subject="Hello\nBcc: all@ministry.example")

    deliver(message.pk, at=NOW)

    message.refresh_from_db()
    assert message.state == MessageState.FAILED
    assert "Header values can't contain newlines" in message.attempts.get().detail
    assert mail.outbox == []


def test_the_sweep_asks_for_a_worker_only_when_letters_wait():
    acceptance(1, due_at=NOW + MINUTE)
    assert not sweep(at=NOW).waiting

    acceptance(2)

    assert sweep(at=NOW).waiting


def test_the_sweep_makes_old_claims_uncertain_and_leaves_young_ones():
    old, young = acceptance(1), acceptance(2)
    for message, minutes in ((old, 11), (young, 9)):
        claimed_at = NOW - minutes * MINUTE
        Message.objects.filter(pk=message.pk).update(
            state="sending", claimed_at=claimed_at, attempts_made=1, worker="host:7"
        )

    assert sweep(at=NOW).uncertain == 1
    assert sweep(at=NOW).uncertain == 0

    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.state, outcomes(old)) == ("uncertain", ["lost"])
    assert (young.state, outcomes(young)) == ("sending", [])
    attempt = old.attempts.get()
    assert (attempt.worker, attempt.started_at, attempt.finished_at) == ("host:7", NOW - 11 * MINUTE, NOW)


def test_an_answer_that_comes_after_the_sweep_settles_the_doubt(settings: Settings):
    settings.EMAIL_BACKEND = "tests.correspondence.backends.SweptMeanwhile"
    message = acceptance()

    deliver(message.pk, at=NOW)

    message.refresh_from_db()
    assert (message.state, outcomes(message)) == ("sent", ["sent"])


def test_a_worker_that_dies_between_two_letters_leaves_the_attempts_to_the_sweep(settings: Settings):
    settings.EMAIL_BACKEND = "tests.correspondence.backends.DiesAtTheSecond"
    messages = [acceptance(number) for number in range(3)]
    with pytest.raises(MemoryError):
        deliver_due(at=NOW)

    sweep(at=NOW + 9 * MINUTE)
    assert [outcomes(each) for each in messages] == [[], [], []]
    sweep(at=NOW + 11 * MINUTE)

    assert [outcomes(each) for each in messages] == [["sent"], ["lost"], []]
    assert list(Message.objects.order_by("key").values_list("state", "attempts_made")) == [
        ("sent", 1),
        ("uncertain", 1),
        ("queued", 0),
    ]
    first = messages[0].attempts.get()
    assert first.worker != ""
    assert NOW <= first.started_at <= first.finished_at < NOW + MINUTE
    assert sweep(at=NOW + 12 * MINUTE).uncertain == 0
    assert messages[0].attempts.count() == 1


def test_the_servers_last_words_are_kept(sink: Sink):
    message = acceptance()

    deliver_due(at=NOW)

    message.refresh_from_db()
    assert message.detail == message.attempts.get().detail == "250 Taken"
