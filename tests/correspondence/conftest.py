"""A broker inside the test, and a mail server that answers as told."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial

import pytest
from celery import Celery
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from config.celery import app
from tests.correspondence.sink import Sink

Commit = Callable[[], AbstractContextManager[object]]


@pytest.fixture(autouse=True)
def broker() -> Iterator[Celery]:
    """An app whose broker is this process's memory; it takes what the verbs hint at."""
    stand_in = Celery("stand-in", broker="memory://", set_as_current=False)
    stand_in.set_current()
    yield stand_in
    stand_in.control.purge()
    stand_in.close()
    app.set_current()


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    """A mail server on loopback, and the settings that lead to it."""
    with Sink() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield running


@pytest.fixture
def commit(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Commit:
    """Enter it around verbs whose transaction is to count as committed."""
    return partial(django_capture_on_commit_callbacks, execute=True)


def hints(broker: Celery) -> list[str]:
    """Take the tasks that were asked for off the broker."""
    with broker.connection_for_read() as connection:
        queue = connection.SimpleQueue("celery", queue_opts={"durable": True})
        return [queue.get_nowait().headers["task"] for _ in range(queue.qsize())]
