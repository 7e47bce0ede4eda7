"""Putting letters into the outbox, and a person's decisions about them."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.addresses import on_the_wire
from accounts.errors import Invalid, Refused
from accounts.states import Transitions, move, table
from accounts.verbs.activities import record
from correspondence.enclosures import calendar_values, letter_values
from correspondence.facts import CODE_MARKER, Facts
from correspondence.hints import hint
from correspondence.kinds import KINDS
from correspondence.models import Mailing, Message, MessageState
from correspondence.queries.addresses import dead_among
from correspondence.queries.letterheads import Head
from correspondence.queries.letters import known_language, render
from correspondence.verbs.mailings import lock, lock_held
from correspondence.verbs.relay import DELIVER_DUE
from documents.calendars import Event

# What a person may decide, each a part of MESSAGE_STEPS: delivery alone moves what is "sending".
RETRY = table(MessageState, failed=("queued",), uncertain=("queued",))
CANCEL = table(MessageState, queued=("cancelled",), failed=("cancelled",), uncertain=("cancelled",))
CONFIRM = table(MessageState, uncertain=("sent",))
RESTORE = table(MessageState, cancelled=("queued",))  # only what is held

AGAIN = ":again:"
COPIED = (
    "kind", "language", "to_name", "subject", "body", "template_version", "enclosures", "link_key", "link_digest",
    "link_path", "topic", "about_kind", "about_key", "person_key",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a letter goes to; ``language`` is a code of ``settings.LANGUAGES``, another is read as English."""

    name: str
    address: str
    language: str = ""
    person_key: UUID | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A personal link a letter carries: ``path`` has the marker ``{token}``, the token fits ``digest``."""

    key: UUID
    digest: str
    path: str


@dataclass(frozen=True, slots=True)
class Code:
    """A code to sign in that a letter carries: it follows from ``key`` (``accounts.tokens.derive_code``) and is never stored."""

    key: UUID


def queue_message(
    *,
    key: str,
    kind: str,
    recipient: Recipient,
    context: Facts,
    about: Model | None,
    topic: str,
    link: Link | Code | None = None,
    event: Event | None = None,
    mailing: Mailing | None = None,
    at: datetime,
    due_at: datetime | None = None,
) -> Message:
    """Write a letter into the outbox, to be delivered once the transaction is committed and ``due_at`` is reached.

    ``key`` names the occasion: a second call for it returns the message there is. ``context`` holds the facts that
    ``correspondence.kinds`` asks for, ``topic`` is the workshop's reference, ``event`` becomes a calendar file. A letter of a
    ``mailing`` is held until somebody lets it go. Raises ``Invalid`` (``email_invalid``, ``name_unprintable``) for a recipient
    no mail can go to and ``Refused`` (``mailing_released``) when the mailing was let go already: its other letters were
    looked at, this one was not.
    """
    _check(kind, recipient, link, event)
    language = known_language(recipient.language)
    letter = render(kind, language, context)
    values = {
        "kind": kind,
        "language": language,
        "to_name": recipient.name,
        "to_address": on_the_wire(recipient.address),
        "subject": letter.subject,
        "body": letter.body,
        "template_version": letter.version,
        "enclosures": _enclosures(kind, context, letter.head, event, at),
        "mailing": mailing,
        "held": mailing is not None,
        "topic": topic,
        "person_key": recipient.person_key,
        "created_at": at,
        "due_at": due_at or at,
        **_pointers(about, link),
    }
    message, created = _write(key, values, mailing)
    if created and not message.held and message.due_at <= at:
        hint(DELIVER_DUE)
    return message


def _write(key: str, values: Mapping[str, object], mailing: Mailing | None) -> tuple[Message, bool]:
    """Write the row of an occasion, unless it is there; a mailing stays locked, so that it is not let go in between."""
    if mailing is None:
        return Message.objects.get_or_create(key=key, defaults=values)
    with transaction.atomic():
        lock_held(mailing)
        return Message.objects.get_or_create(key=key, defaults=values)


def _check(kind: str, recipient: Recipient, link: Link | Code | None, event: Event | None) -> None:
    known = KINDS[kind]
    for carried, wanted, name in ((Link, known.linked, "personal link"), (Code, known.coded, "code to sign in")):
        if isinstance(link, carried) != wanted:
            raise ValueError(f"Letter “{kind}” {'needs' if wanted else 'has no place for'} a {name}.")
    if event is not None and not known.dated:
        raise ValueError(f"Letter “{kind}” has no place for a calendar file.")
    if any(unicodedata.category(char) in {"Cc", "Zl", "Zp"} for char in recipient.name):
        raise Invalid("name_unprintable", _("Write the name on one line, without control characters."), field="name")


def _enclosures(
    kind: str, context: Facts, head: Head, event: Event | None, at: datetime
) -> dict[str, dict[str, object]]:
    """Return the plain values of what goes with the letter, as they stand on this day."""
    values: dict[str, dict[str, object]] = {}
    if KINDS[kind].printed:
        reference = str(context.get("reference") or context.get("symbol") or "")
        values["letter"] = letter_values(head, reference=reference, on=at.date())
    if event is not None:
        values["calendar"] = calendar_values(event)
    return values


def _pointers(about: Model | None, link: Link | Code | None) -> dict[str, object]:
    pointers: dict[str, object] = {}
    if about is not None:
        pointers |= {"about_kind": about._meta.model_name, "about_key": str(about.pk)}  # noqa: SLF001  # Django's documented Meta API
    if isinstance(link, Link):
        pointers |= {"link_key": link.key, "link_digest": link.digest, "link_path": link.path}
    if isinstance(link, Code):
        pointers |= {"link_key": link.key, "link_path": CODE_MARKER}
    return pointers


def retry_message(message: Message, *, by: Actor, at: datetime) -> Message:
    """Queue a failed or uncertain message again; a person has decided that it may arrive twice.

    Raises ``NotAllowed`` for others than organizers and ``Refused`` (``illegal_step``) for any other state, (``letter_gone``) for
    a letter whose text was purged.
    """
    return _decide(message, MessageState.QUEUED, RETRY, "retry_message", by=by, at=at)


def cancel_message(message: Message, *, by: Actor, at: datetime) -> Message:
    """Withdraw a message that is not on its way, or leave it out of its mailing. Raises as ``retry_message`` does.

    A worker that has reserved the message does not send it: its claim finds another state.
    """
    return _decide(message, MessageState.CANCELLED, CANCEL, "cancel_message", by=by, at=at)


def confirm_message(message: Message, *, by: Actor, at: datetime) -> Message:
    """Say of an uncertain message that it arrived; it counts as sent when it was tried. Raises as ``retry_message`` does."""
    return _decide(message, MessageState.SENT, CONFIRM, "confirm_message", by=by, at=at)


def restore_message(message: Message, *, by: Actor, at: datetime) -> Message:
    """Put a letter that was left out back into its mailing, which is not let go yet.

    Raises as ``retry_message`` does, and ``Refused`` (``not_held``, ``mailing_released``).
    """
    by.require_organizer()
    with transaction.atomic():
        if message.mailing is None or not message.held:
            raise Refused("not_held", _("This letter belongs to no mailing that waits to be sent."))
        lock_held(message.mailing)
        return _decide(message, MessageState.QUEUED, RESTORE, "restore_message", by=by, at=at)


def _decide(message: Message, to: MessageState, allowed: Transitions, verb: str, *, by: Actor, at: datetime) -> Message:
    by.require_organizer()
    with transaction.atomic():
        mailing = (
            lock(message.mailing) if message.mailing is not None else None
        )  # before its letters, as everybody does
        message = Message.objects.select_for_update().get(pk=message.pk)
        before = message.state
        if to == MessageState.QUEUED:
            _require_text(message)
        move(message, to, allowed)
        if to == MessageState.QUEUED:
            message.due_at = at
            message.held = mailing is not None and mailing.released_at is None
        if to == MessageState.SENT:
            message.sent_at = message.claimed_at or at
        message.claimed_at, message.worker = None, ""
        message.save(update_fields=["state", "held", "due_at", "sent_at", "claimed_at", "worker"])
        record(verb, message, by=by, at=at, before=before)
        if to == MessageState.QUEUED and not message.held:
            hint(DELIVER_DUE)
    return message


def _require_text(message: Message) -> None:
    if not message.body:
        raise Refused(
            "letter_gone", _("The text of this letter is no longer kept, as it was long ago or to a person erased.")
        )


def _require_no_code(message: Message) -> None:
    if message.link_path == CODE_MARKER:
        raise Refused(
            "code_not_resent", _("A code to sign in is not sent again; whoever needs one asks for a new one.")
        )


def resend_message(message: Message, *, address: str = "", by: Actor, at: datetime) -> Message:
    """Write a settled letter once more, word for word, to ``address`` or where it went before; a person has decided so.

    The copy has an occasion of its own (``…:again:1``) and keeps link and enclosures. Raises ``NotAllowed``, ``Invalid``
    (``email_invalid``) and ``Refused`` (``still_waiting``) while the letter or another copy of it is not settled,
    (``address_dead``) when mail no longer reaches the address, (``code_not_resent``) for a code to sign in: it goes to the
    registered address alone, and is over in minutes, (``letter_gone``) for a letter whose text was purged.
    """
    by.require_organizer()
    _require_text(message)
    _require_no_code(message)
    occasion = message.key.partition(AGAIN)[0]
    to_address = on_the_wire(address) if address else message.to_address
    if dead_among([to_address]):
        raise Refused(
            "address_dead",
            _("Mail no longer reaches %(address)s; enter another address first.") % {"address": to_address},
        )
    with transaction.atomic():
        # locked by itself: who waited here must see the copy made before
        Message.objects.select_for_update().get(key=occasion)
        of_occasion = Q(key=occasion) | Q(key__startswith=occasion + AGAIN)
        copies = {each.pk: each for each in Message.objects.select_for_update().filter(of_occasion).order_by("pk")}
        if any(each.state in {MessageState.QUEUED, MessageState.SENDING} for each in copies.values()):
            raise Refused("still_waiting", _("This letter, or a copy of it, still waits to be sent."))
        copy = Message.objects.create(
            key=f"{occasion}{AGAIN}{len(copies)}",
            to_address=to_address,
            created_at=at,
            due_at=at,
            **{name: getattr(copies[message.pk], name) for name in COPIED},
        )
        record("resend_message", copy, by=by, at=at, copy_of=str(message.pk))
        hint(DELIVER_DUE)
    return copy
