"""The mail server goes away and comes back; an organizer stops the mail and starts it again."""

import logging
import threading
from datetime import datetime, timedelta

import pytest
from celery import Celery
from pytest_django import Settings

from accounts.actors import CLOCK, Actor
from accounts.errors import NotAllowed
from accounts.models import ActivityEntry
from correspondence.models import Message, Relay
from correspondence.verbs.delivery import deliver_due
from correspondence.verbs.relay import mark_away, start_mail, stop_mail
from correspondence.verbs.sweeps import sweep
from correspondence.wire import Wire
from tests.conftest import NOW
from tests.correspondence.conftest import Commit, hints
from tests.correspondence.outbox import acceptance
from tests.correspondence.sink import Sink

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


@pytest.fixture
def away(settings: Settings) -> None:
    """Nobody listens where the mail server should be."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1


@pytest.mark.usefixtures("away")
def test_without_a_mail_server_every_letter_keeps_its_tries_and_the_queue_pauses(caplog: pytest.LogCaptureFixture):
    acceptance(1)
    acceptance(2)

    with caplog.at_level(logging.ERROR):
        assert deliver_due(at=NOW) == 0

    assert set(Message.objects.values_list("state", "attempts_made", "worker")) == {("queued", 0, "")}
    relay = Relay.objects.get()
    assert relay.away_since is not None
    assert NOW <= relay.away_since < NOW + SECOND
    assert relay.failures == 1
    assert "refused" in relay.detail
    assert "The mail server is away" in caplog.text
    assert ActivityEntry.objects.filter(verb="mark_away").count() == 1


def test_a_server_that_stays_away_is_tried_ever_more_rarely():
    waits, at = [], NOW
    for _ in range(6):
        relay = mark_away("Connection refused", at=at)
        assert relay.retry_at is not None
        waits.append((relay.retry_at - at).total_seconds())
        at = relay.retry_at

    assert waits == [30, 60, 120, 300, 300, 300]
    assert Relay.objects.get().away_since == NOW
    assert ActivityEntry.objects.filter(verb="mark_away").count() == 1


def test_two_workers_that_find_the_server_away_count_once():
    mark_away("Connection refused", at=NOW)

    mark_away("Connection refused", at=NOW + SECOND)

    assert Relay.objects.get().failures == 1


@pytest.mark.usefixtures("away")
def test_nothing_is_tried_before_the_next_try_is_due():
    acceptance()
    deliver_due(at=NOW)

    deliver_due(at=NOW + 10 * SECOND)

    assert Relay.objects.get().failures == 1
    deliver_due(at=NOW + 31 * SECOND)
    assert Relay.objects.get().failures == 2


def test_a_server_that_is_back_is_told_so_once(sink: Sink):
    mark_away("Connection refused", at=NOW)
    acceptance()

    assert deliver_due(at=NOW + 31 * SECOND) == 1

    relay = Relay.objects.get()
    assert (relay.away_since, relay.retry_at, relay.failures, relay.detail) == (None, None, 0, "")
    assert ActivityEntry.objects.filter(verb="mark_back").count() == 1
    assert len(sink.mails) == 1


def test_a_server_that_closes_the_connection_in_between_is_called_again(sink: Sink):
    sink.replies["p1@ministry.example"] = "421 4.3.2 Shutting down"
    for number in (1, 2):
        acceptance(number, address=f"p{number}@ministry.example")

    assert deliver_due(at=NOW) == 2

    assert dict(Message.objects.values_list("to_address", "state")) == {
        "p1@ministry.example": "queued",
        "p2@ministry.example": "sent",
    }
    assert Message.objects.get(to_address="p1@ministry.example").detail == "421 4.3.2 Shutting down"


def test_a_server_gone_in_the_middle_leaves_the_rest_unreserved(sink: Sink):
    sink.before_reply = lambda _taken: sink.stop_listening()
    sink.hang_up_at = "DATA"
    for number in range(3):
        acceptance(number)

    assert deliver_due(at=NOW) == 1

    states = sorted(Message.objects.values_list("state", "attempts_made", "worker", "claimed_at"))
    assert states == [("queued", 0, "", None), ("queued", 0, "", None), ("uncertain", 1, "", None)]
    assert Relay.objects.get().failures == 1


def test_a_letter_named_to_the_server_and_then_withdrawn_is_not_sent(sink: Sink):
    def withdraw(taken: int) -> None:
        if taken == 1:
            withdrawn.set()

    withdrawn = threading.Event()
    sink.before_reply = withdraw
    letters = [acceptance(number, address=f"p{number}@ministry.example") for number in range(3)]
    begin = Wire.begin

    def begin_and_withdraw(wire: Wire, message: Message, *, at: datetime) -> None:
        begin(wire, message, at=at)
        if withdrawn.is_set():
            withdrawn.clear()
            Message.objects.filter(pk=letters[1].pk).update(state="cancelled")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Wire, "begin", begin_and_withdraw)
        assert deliver_due(at=NOW) == 2

    assert sink.recipients == ["p0@ministry.example", "p2@ministry.example"]
    assert [mail["To"].addresses[0].addr_spec for mail in sink.mails] == sink.recipients
    assert list(Message.objects.order_by("key").values_list("state", flat=True)) == ["sent", "cancelled", "sent"]


@pytest.mark.django_db(transaction=True)
def test_an_organizer_stops_the_mail_and_starts_it_again(organizer: Actor, broker: Celery):
    acceptance()
    stop_mail(by=organizer, at=NOW)
    hints(broker)

    assert deliver_due(at=NOW) == 0
    start_mail(by=organizer, at=NOW)

    assert hints(broker) == ["correspondence.tasks.deliver_due_messages"]
    assert deliver_due(at=NOW) == 1
    assert list(ActivityEntry.objects.values_list("verb", flat=True).order_by("at", "id")) == [
        "stop_mail",
        "start_mail",
    ]


def test_starting_the_mail_tries_a_server_that_was_away_at_once(organizer: Actor):
    mark_away("Connection refused", at=NOW)
    acceptance()

    start_mail(by=organizer, at=NOW + SECOND)

    assert deliver_due(at=NOW + SECOND) == 1


def test_the_sweep_asks_for_no_worker_while_the_mail_is_stopped(organizer: Actor, commit: Commit, broker: Celery):
    with commit():
        acceptance()
    hints(broker)
    stop_mail(by=organizer, at=NOW)

    with commit():
        sweep(at=NOW)

    assert hints(broker) == []


@pytest.mark.parametrize("verb", [stop_mail, start_mail])
def test_only_organizers_stop_and_start(verb):
    with pytest.raises(NotAllowed):
        verb(by=Actor(label="guest"), at=NOW)
    assert not CLOCK.user
