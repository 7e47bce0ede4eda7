"""Reports that several workers read at once: each is kept once and nobody waits for ever, on SQLite and on PostgreSQL."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from correspondence.models import Bounce, DeadAddress, Message
from correspondence.reports import Report
from correspondence.verbs.bounces import record_report
from tests.conftest import NOW
from tests.correspondence.outbox import acceptance

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs: Callable[[], Bounce | None]) -> list[Bounce | None]:
    """Run jobs in threads of their own."""

    def run(job: Callable[[], Bounce | None]) -> Bounce | None:
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=8) as pool:
        return list(pool.map(run, jobs))


def sent(number: int) -> Message:
    message = acceptance(number)
    Message.objects.filter(pk=message.pk).update(state="sent", sent_at=NOW)
    return message


def job(message: Message, key: str) -> Callable[[], Bounce | None]:
    report = Report("permanent", "", key, (str(message.pk),), "5.1.1", "User unknown")
    return lambda: record_report(report, source="mailbox", at=NOW)


def test_one_report_read_by_many_is_kept_once():
    message = sent(1)

    kept = at_once(*[job(message, "<one@mx.example>")] * 6)

    assert len([each for each in kept if each is not None]) == 1
    assert Bounce.objects.count() == DeadAddress.objects.count() == 1


def test_many_letters_that_come_back_from_one_address_kill_it_once():
    messages = [sent(number) for number in range(6)]
    waiting = [acceptance(number) for number in range(10, 14)]

    kept = at_once(*[job(message, f"<{message.pk}@mx.example>") for message in messages])

    assert None not in kept
    assert DeadAddress.objects.count() == 1
    assert {each.state for each in Message.objects.filter(pk__in=[message.pk for message in messages])} == {"bounced"}
    assert {each.state for each in Message.objects.filter(pk__in=[message.pk for message in waiting])} == {"failed"}
