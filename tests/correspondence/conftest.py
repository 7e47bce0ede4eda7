"""A mail server that answers as told, and what the broker was asked for."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial

import pytest
from celery import Celery
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from tests.correspondence.sink import Sink

Commit = Callable[[], AbstractContextManager[object]]


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
