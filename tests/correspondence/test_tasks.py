"""What the background is asked to do with the outbox; every task may run twice or not at all."""

from datetime import UTC, datetime

import pytest
from celery import Celery
from django.core import mail

from correspondence.models import Message
from correspondence.tasks import deliver_due_messages, sweep_outbox
from correspondence.verbs.relay import DELIVER_DUE
from tests.correspondence.conftest import hints
from tests.correspondence.outbox import acceptance

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def three_letters(broker: Celery) -> None:
    """Three letters in the outbox whose hints were lost."""
    for number in range(3):
        acceptance(number)
    hints(broker)


@pytest.mark.usefixtures("three_letters")
def test_a_worker_delivers_what_is_due_now_and_a_second_run_does_nothing(broker: Celery):
    acceptance(4, due_at=datetime(9999, 1, 1, tzinfo=UTC))

    deliver_due_messages()
    deliver_due_messages()

    assert len(mail.outbox) == 3
    assert hints(broker) == []


@pytest.mark.usefixtures("three_letters")
def test_with_more_than_a_batch_a_worker_calls_another(broker: Celery, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("correspondence.tasks.BATCH", 2)

    deliver_due_messages()

    assert len(mail.outbox) == 3
    assert hints(broker) == [DELIVER_DUE]


@pytest.mark.usefixtures("three_letters")
def test_the_sweep_finds_letters_that_no_hint_reached(broker: Celery):
    sweep_outbox()

    assert hints(broker) == [DELIVER_DUE]
    assert Message.objects.filter(state="queued").count() == 3
