"""Delivery of plain letters: the outbox against a bare SMTP loop, into the same mail server."""

import smtplib
from collections.abc import Iterator
from functools import partial

from django.conf import settings
from django.db import transaction

from benchmarks.figures import Figure, fastest
from benchmarks.scene import AT
from correspondence.models import Message, MessageState
from correspondence.verbs.delivery import deliver_due
from correspondence.verbs.messages import Recipient, queue_message
from correspondence.wire import compose

LETTERS = 500
ROUNDS = 3


def measure() -> Iterator[Figure]:
    """Measure ``mail.plain``: letters a second."""
    for number in range(ROUNDS):
        _queue(number)
    mails = [(each.to_address, compose(each, at=AT).message().as_bytes()) for each in Message.objects.all()[:LETTERS]]
    ours, bare = fastest(ROUNDS, _deliver, partial(_bare, mails))
    sent = Message.objects.filter(state=MessageState.SENT).count()
    if sent != LETTERS * ROUNDS:
        raise RuntimeError(f"{sent} of {LETTERS * ROUNDS} letters were sent")
    yield Figure(
        name="mail.plain",
        value=LETTERS / ours,
        unit="letters/s",
        limit=LETTERS / bare,
        rows=LETTERS,
        note="deliver_due: claim, attempt, send, record; limit: finished mails by bare smtplib on one kept connection",
    )


def _queue(number: int) -> None:
    with transaction.atomic():
        for place in range(LETTERS):
            queue_message(
                key=f"bench:{number}:{place}",
                kind="acceptance-received",
                recipient=Recipient(f"Expert {place}", f"expert{place}@ministry.example", "en"),
                context={"name": f"Expert {place}", "workshop": "Workshop", "reference": f"ANNEX2-AMM-{place:03}"},
                about=None,
                topic="ANNEX2-AMM",
                at=AT,
            )


def _deliver() -> None:
    """Deliver one round's letters, in the batches a worker takes."""
    tried = 0
    while tried < LETTERS:
        tried += deliver_due(at=AT)


def _bare(mails: list[tuple[str, bytes]]) -> None:
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT) as server:
        for address, data in mails:
            server.sendmail(settings.DEFAULT_FROM_EMAIL, [address], data)
