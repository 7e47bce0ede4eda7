"""Two workers never have one message, on whichever database: threads with connections of their own stand for them."""

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import pytest
from django.core import mail
from django.db import connection, connections

from correspondence.models import Message, MessageAttempt
from correspondence.verbs.delivery import deliver, deliver_due
from tests.conftest import NOW
from tests.correspondence.outbox import acceptance

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS = 4
T = TypeVar("T")


def at_once(folder: Path, work: Callable[[], T]) -> list[T]:
    """Do ``work`` in several threads at once, each with a database connection of its own, and return their results.

    The tests' SQLite database lives in memory, where connections do not wait for each other: the workers get a copy of it
    in a file, as the planner has one, and it is copied back. On PostgreSQL they open the tests' database itself.
    """
    file = folder / "workers.sqlite3" if connection.vendor == "sqlite" else None
    start = threading.Barrier(WORKERS)

    def worker() -> T:
        if file is not None:
            own = connections["default"].copy()
            own.settings_dict["NAME"] = str(file)
            connections["default"] = own
        try:
            start.wait(10)
            return work()
        finally:
            connections["default"].close()

    if file is not None:
        _copy_out(file)
    with ThreadPoolExecutor(WORKERS) as pool:
        results = [each.result() for each in [pool.submit(worker) for _ in range(WORKERS)]]
    if file is not None:
        _copy_back(file)
    return results


def _copy_out(file: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(file)) as copy:
        connection.connection.backup(copy)


def _copy_back(file: Path) -> None:
    with closing(sqlite3.connect(file)) as copy:
        copy.backup(connection.connection)


def test_of_four_workers_one_delivers_a_message(tmp_path: Path):
    message = acceptance()

    delivered = at_once(tmp_path, lambda: deliver(message.pk, at=NOW))

    assert sum(each is not None for each in delivered) == 1
    assert len(mail.outbox) == 1
    message.refresh_from_db()
    assert (message.state, message.attempts_made) == ("sent", 1)


def test_four_workers_share_the_outbox(tmp_path: Path):
    for number in range(40):
        acceptance(number)

    tried = at_once(tmp_path, lambda: deliver_due(at=NOW))

    assert sum(tried) == 40
    assert len({each.message()["Message-ID"] for each in mail.outbox}) == len(mail.outbox) == 40
    assert Message.objects.filter(state="sent").count() == 40
    assert MessageAttempt.objects.count() == 40


def test_of_four_verbs_at_once_one_writes_the_letter_of_an_occasion(tmp_path: Path):
    written = at_once(tmp_path, acceptance)

    assert len({each.pk for each in written}) == 1
    assert Message.objects.count() == 1
