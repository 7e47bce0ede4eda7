"""Asking the background for work: a hint may be lost, the row in the database is the truth."""

import logging
from dataclasses import dataclass

from celery import current_app
from django.db import connection, transaction
from kombu.exceptions import KombuError

log = logging.getLogger(__name__)

STALE_AFTER_SECONDS = 120


@dataclass(frozen=True, slots=True)
class _Publish:
    task: str
    args: tuple[str, ...]

    def __call__(self) -> None:
        try:
            current_app.send_task(self.task, self.args, expires=STALE_AFTER_SECONDS)
        except (KombuError, OSError) as error:
            log.warning("No worker was told of %s: %s. The next sweep will.", self.task, error)


def hint(task: str, *args: str) -> None:
    """Ask a worker to run ``task`` with ``args`` once the open transaction is committed; best effort.

    Equal hints of one transaction are sent once. A hint that no worker takes within two minutes is dropped and a broker
    that is down is logged: whoever hints has a sweep that finds the row anyway.
    """
    publish = _Publish(task, args)
    # What waits already was registered in a savepoint that encloses this one or is released: it lives as long as we do.
    if publish not in (waiting[1] for waiting in connection.run_on_commit):
        transaction.on_commit(publish, robust=True)
