"""What came back: kept once, and drawn conclusions from."""

import logging
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from django.db import DatabaseError, transaction

from accounts.actors import CLOCK
from accounts.states import move
from accounts.verbs.activities import record
from correspondence.mailboxes import TROUBLES, Incoming, configured
from correspondence.models import Bounce, Message, MessageState
from correspondence.models.bounces import BounceKind
from correspondence.models.messages import MESSAGE_STEPS
from correspondence.queries.bounces import ON_THE_WAY, handed_over_at, last_written_to, message_meant
from correspondence.reports import Reading, Report, kept, read
from correspondence.verbs.addresses import mark_dead

log = logging.getLogger(__name__)

BATCH = 200  # mails of one mailbox a run
SECONDS = 120.0  # after them a run takes no further mail; the next one does
RETURNED = {BounceKind.PERMANENT, BounceKind.TEMPORARY, BounceKind.COMPLAINT}
DEADLY = {BounceKind.PERMANENT, BounceKind.COMPLAINT}


@dataclass(slots=True)
class Harvest:
    """What a run over the mailboxes came to: mails read, reports new to us, and mails left for people."""

    mails: int = 0
    recorded: int = 0
    left: int = 0


def record_report(report: Report, *, source: str, at: datetime) -> Bounce | None:
    """Keep a report and do what follows from it; ``None`` when it was kept before.

    A letter that was sent, or of which nobody knew whether it was, comes back by a failure or a complaint; one of unknown fate
    is sent once its delivery is reported; what is in any other state stays as it is. An address dies by a final failure or a
    complaint, if the report names a letter of ours or an address that one was on its way to. Where the letter is known its own
    address counts, never one that the report names instead: who forges a report about the own letter harms nobody else.
    """
    with transaction.atomic():
        message = _locked(message_meant(report))
        bounce, is_new = Bounce.objects.get_or_create(
            source=source,
            source_key=report.key,
            address=message.to_address if message else report.address,
            defaults={
                "message": message,
                "kind": report.kind,
                "status": report.status[:16],
                "detail": _detail(report, message),
                "received_at": at,
            },
        )
        if not is_new:
            return None
        if message is not None:
            _settle(message, bounce, at=at)
        if bounce.kind in DEADLY:
            _bury(message, bounce, at=at)
    return bounce


def _locked(message: Message | None) -> Message | None:
    return message and Message.objects.select_for_update().get(pk=message.pk)


def _detail(report: Report, message: Message | None) -> str:
    """Return the server's words; an address that is not the letter's own (a letter was passed on) is named before them."""
    passed_on = message is not None and report.address.casefold() not in {"", message.to_address.casefold()}
    return kept(f"<{report.address}> {report.detail}" if passed_on else report.detail)


def _settle(message: Message, bounce: Bounce, *, at: datetime) -> None:
    """Change the message's state where the report decides it."""
    before, handed_over = message.state, handed_over_at(message)
    if bounce.kind in RETURNED and MessageState.BOUNCED in MESSAGE_STEPS[before]:
        move(message, MessageState.BOUNCED, MESSAGE_STEPS)
    elif bounce.kind == BounceKind.DELIVERED and before == MessageState.UNCERTAIN:
        move(message, MessageState.SENT, MESSAGE_STEPS)
        message.sent_at = handed_over
    else:
        return
    message.detail, message.claimed_at, message.worker = bounce.detail, None, ""
    message.save(update_fields=["state", "detail", "sent_at", "claimed_at", "worker"])
    record("record_report", message, by=CLOCK, at=at, before=before, report=bounce.kind, status=bounce.status)


def _bury(message: Message | None, bounce: Bounce, *, at: datetime) -> None:
    about = message or last_written_to(bounce.address)
    if about is not None and about.state in ON_THE_WAY:
        mark_dead(about.to_address, bounce, written_at=handed_over_at(about), at=at)


def read_mailbox(*, at: datetime) -> Harvest:
    """Read the reports in the mailbox and the folder of the settings, a bounded number a run; nothing without settings.

    Must stand outside any transaction. Each mail is recorded in one of its own and then put away, so that after a crash in
    between it is read again and recorded no second time. What is no report stays, unread, for people.
    """
    harvest, began = Harvest(), monotonic()
    for mailbox in configured():
        try:
            with mailbox as open_one:
                for mail in open_one.unread(BATCH):
                    _take(mail, harvest, at=at)
                    if monotonic() - began > SECONDS:
                        break
        except TROUBLES as trouble:
            log.warning("The %s of reports could not be read: %s", mailbox.source, trouble)
    return harvest


def _take(mail: Incoming, harvest: Harvest, *, at: datetime) -> None:
    """Record one mail and put it away; a mail that breaks the reader or the database is no reason to leave the others."""
    harvest.mails += 1
    reading = _read(mail)
    try:
        with transaction.atomic(durable=True):
            kept = [record_report(report, source=mail.source, at=at) for report in reading.reports]
    except DatabaseError:
        log.exception("A report could not be recorded; it is read again next time")
        return
    harvest.recorded += len([bounce for bounce in kept if bounce is not None])
    if reading.for_people:
        harvest.left += 1
        mail.leave()
    else:
        mail.put_away()


def _read(mail: Incoming) -> Reading:
    """Read one mail, or say that it is for people when it is too large for a report or no parser gets along with it."""
    if mail.data is None:
        return Reading()
    try:
        return read(mail.data)
    except Exception:  # mails are written by strangers, and detectors fail in their own ways
        log.warning("A mail broke its reader; it is left for people", exc_info=True)
        return Reading()
