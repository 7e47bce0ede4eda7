"""A worker is killed with a mail in its hands: on real services no letter is lost and none goes out twice."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from config.celery import app
from correspondence.models import Message, MessageState
from correspondence.verbs.sweeps import sweep
from tests.correspondence.outbox import acceptance
from tests.correspondence.sink import Sink

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

LETTERS = 200
KILLED_AT = 60
PATIENCE_SECONDS = 30.0
PROJECT = Path(__file__).resolve().parents[2]
COMMAND = (
    sys.executable,
    "-m",
    "celery",
    "--quiet",
    "--app",
    "config",
    "worker",
    "--concurrency",
    "2",
    "--loglevel",
    "WARNING",
)


Start = Callable[[], subprocess.Popen[bytes]]


@pytest.fixture
def broker() -> Iterator[None]:
    """The real broker, empty before and after."""
    app.set_current()
    app.control.purge()
    yield
    app.control.purge()


@pytest.fixture
def start(sink: Sink, tmp_path: Path) -> Iterator[Start]:
    """Start a worker with two children on the tests' own database, the given broker and the sink."""
    database = connection.settings_dict
    login = f"{database['USER']}:{quote(database['PASSWORD'])}"
    environment = os.environ | {
        "DEMO": "1",
        "SECRET_KEY": settings.SECRET_KEY,
        "FIELD_KEYS": ",".join(settings.FIELD_KEYS),
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": f"postgres://{login}@{database['HOST']}:{database['PORT']}/{database['NAME']}",
        "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
    }
    running: list[subprocess.Popen[bytes]] = []

    def worker() -> subprocess.Popen[bytes]:
        with (tmp_path / "worker.log").open("ab") as log:
            command = subprocess.Popen(COMMAND, cwd=PROJECT, env=environment, stdout=log, stderr=log, process_group=0)  # noqa: S603  # ours
        running.append(command)
        return command

    yield worker
    for command in running:
        with suppress(ProcessLookupError):
            os.killpg(command.pid, signal.SIGKILL)
        command.wait()
    print((tmp_path / "worker.log").read_text())  # noqa: T201  # pytest shows it when the test fails


def wait_until(done: Callable[[], bool]) -> bool:
    """Sweep, as beat would, until ``done``; false when patience ends first."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not done():
        if time.monotonic() > until:
            return False
        sweep(at=timezone.now())
        time.sleep(0.3)
    return True


def queued() -> int:
    return Message.objects.filter(state=MessageState.QUEUED).count()


@pytest.mark.usefixtures("broker")
def test_every_letter_is_one_mail_or_known_to_be_in_doubt(start: Start, sink: Sink):
    with transaction.atomic():
        for number in range(LETTERS):
            acceptance(number, address=f"expert{number}@ministry.example", at=timezone.now())
    first = start()
    sink.before_reply = lambda taken: os.killpg(first.pid, signal.SIGKILL) if taken == KILLED_AT else None
    assert wait_until(lambda: first.poll() is not None)
    assert 0 < queued() < LETTERS

    second = start()
    assert wait_until(lambda: queued() == 0)
    second.terminate()
    assert second.wait(PATIENCE_SECONDS) == 0
    sweep(at=timezone.now() + timedelta(minutes=11))

    copies = sink.copies
    doubtful = {f"<{key}@planner.example>" for key in _keys(MessageState.UNCERTAIN)}
    certain = {f"<{key}@planner.example>" for key in _keys(MessageState.SENT)}
    assert set(copies.values()) == {1}
    assert certain <= set(copies)
    assert set(copies) <= certain | doubtful
    assert len(certain) + len(doubtful) == LETTERS
    assert 1 <= len(doubtful) <= 2  # at most what the two children had in hand


def _keys(state: MessageState) -> list[str]:
    return [str(key) for key in Message.objects.filter(state=state).values_list("pk", flat=True)]
