"""What ``benchmarks.mail`` measures: fill an outbox and let a real worker empty it."""

import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from celery import current_app
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from accounts.identifiers import uuid7
from benchmarks.figures import Figure
from benchmarks.invitations import queue_letter
from correspondence.compose import as_bytes, compose
from correspondence.models import Message, MessageAttempt
from correspondence.queries.messages import due, free
from correspondence.verbs.relay import DELIVER_DUE

SLOTS = 2
PLAIN, PRINTED, LONG = 3000, 1000, 17000
QUEUED = 100_000
PATIENCE = 120.0
WORKER = (
    sys.executable, "-m", "celery", "--quiet", "--app", "config", "worker", "--concurrency", str(SLOTS),
    "--without-gossip", "--without-mingle", "--loglevel", "ERROR",
)  # fmt: skip


@contextmanager
def worker() -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker with two slots, and give it when it answers."""
    with subprocess.Popen(WORKER, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:  # noqa: S603  # ours
        while not current_app.control.ping(timeout=0.5):
            if process.poll() is not None:
                raise RuntimeError("the worker did not start")
        try:
            yield process
        finally:
            process.terminate()


def fill(count: int, *, kind: str) -> None:
    """Put letters into the outbox, held: a hundred written by the verb, the others copies of these rows."""
    with transaction.atomic():  # before the worker sees them
        written = [queue_letter(number, kind=kind, at=timezone.now()) for number in range(min(count, 100))]
        Message.objects.update(held=True)
    fields = [field.attname for field in Message._meta.concrete_fields]  # noqa: SLF001  # Django's documented Meta API
    copies = (
        Message(
            **{name: getattr(written[number % 100], name) for name in fields}
            | {"id": uuid7(), "key": f"copy:{number}", "held": True}
        )
        for number in range(len(written), count)
    )
    Message.objects.bulk_create(copies, batch_size=1000)


def deliver(count: int) -> float:
    """Let the held letters go and return the seconds until the last is sent."""
    began = time.perf_counter()
    Message.objects.update(held=False)
    current_app.send_task(DELIVER_DUE)
    while due(timezone.now()).exists() or Message.objects.filter(state="sent").count() < count:
        time.sleep(0.02)
        if time.perf_counter() - began > PATIENCE:
            raise TimeoutError(f"{Message.objects.exclude(state='sent').count()} letters wait")
    return time.perf_counter() - began


def bare(count: int) -> float:
    """Return the seconds in which a bare loop on one kept connection sends as many finished mails."""
    rows = list(Message.objects.order_by("key")[:50])
    mails = [(row.to_address, as_bytes(compose(row, at=timezone.now()))) for row in rows]
    began = time.perf_counter()
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT) as server:
        for number in range(count):
            address, data = mails[number % len(mails)]
            server.sendmail(settings.DEFAULT_FROM_EMAIL, [address], data)
    return time.perf_counter() - began


def empty() -> None:
    """Forget all letters, once the worker has written the last attempts, which it does after the letters are sent."""
    began = time.perf_counter()
    while Message.objects.filter(state="sent").exclude(worker="").exists():
        time.sleep(0.02)
        if time.perf_counter() - began > PATIENCE:
            raise TimeoutError("the worker keeps letters that were sent")
    MessageAttempt.objects.all().delete()
    Message.objects.all().delete()


def rate(name: str, count: int, kind: str, note: str) -> Figure:
    """Measure letters a second through the worker beside the bare loop, in turns."""
    fastest_ours, fastest_bare = PATIENCE, PATIENCE
    for _ in range(2):
        empty()
        fill(count, kind=kind)
        fastest_bare = min(fastest_bare, bare(count))
        fastest_ours = min(fastest_ours, deliver(count))
    return Figure(name, count / fastest_ours, "letters/s", count / fastest_bare, count, note)


def memory(process: subprocess.Popen[bytes]) -> Figure:
    """Compare what the worker's slots hold after 20,000 letters with what they held before the last 17,000."""
    empty()
    before = resident(process.pid)
    fill(LONG, kind="acceptance-received")
    deliver(LONG)
    note = f"memory of the worker and its {SLOTS} slots after 20,000 letters; limit: before the last {LONG}"
    return Figure("mail.memory", resident(process.pid), "MB", before, LONG, note)


def resident(pid: int) -> float:
    """Return the resident memory of a process and its children in MB (Linux)."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    pages = [int(Path(f"/proc/{each}/statm").read_text().split()[1]) for each in (str(pid), *children)]
    return sum(pages) * 4096 / 1e6


def claim() -> Figure:
    """Measure how long it takes to find and lock a batch with few and with 100,000 letters in the queue."""
    empty()
    fill(100, kind="acceptance-received")
    Message.objects.update(held=False)
    few = batch()
    columns = [field.column for field in Message._meta.concrete_fields if field.column not in {"id", "key"}]  # noqa: SLF001
    names = ", ".join(f'"{each}"' for each in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO correspondence_message (id, key, {names}) SELECT gen_random_uuid(), 'many:' || n || key, {names}"  # noqa: S608  # our own columns
            f" FROM correspondence_message, generate_series(1, {QUEUED // 100}) n WHERE key NOT LIKE 'many:%'"
        )
        cursor.execute("ANALYZE correspondence_message")
    note = f"to find and lock a batch of 50 with {QUEUED:,} letters queued; limit: with 100"
    return Figure("mail.claim", batch() * 1000, "ms", few * 1000, QUEUED, note)


def batch() -> float:
    """Return the seconds that reserving a batch takes, the shortest of several."""
    taken = []
    at = timezone.now() + timedelta(days=1)
    for _ in range(20):
        began = time.perf_counter()
        with transaction.atomic():
            rows = list(free(at).select_for_update(skip_locked=True)[:50])
            Message.objects.filter(pk__in=[row.pk for row in rows]).update(worker="bench")
        taken.append(time.perf_counter() - began)
    return min(taken)


def measure() -> Iterator[Figure]:
    """Measure ``mail.plain``, ``mail.pdf``, ``mail.memory`` and ``mail.claim``."""
    call_command("migrate", verbosity=0)
    with worker() as process:
        yield rate(
            "mail.plain",
            PLAIN,
            "acceptance-received",
            f"worker with {SLOTS} slots; limit: bare smtplib, one connection",
        )
        yield rate("mail.pdf", PRINTED, "invitation", "the same with PDF letter and calendar file made and enclosed")
        yield memory(process)
    yield claim()
