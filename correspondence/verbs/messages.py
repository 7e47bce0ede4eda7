"""Putting letters into the outbox, and a person's decisions about them."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.addresses import on_the_wire
from accounts.errors import Invalid
from accounts.states import move
from accounts.verbs.activities import record
from correspondence.enclosures import calendar_values, letter_values
from correspondence.facts import Facts
from correspondence.hints import hint
from correspondence.kinds import KINDS
from correspondence.models import Mailing, Message, MessageState
from correspondence.models.messages import MESSAGE_STEPS
from correspondence.queries.letterheads import letterhead
from correspondence.queries.letters import known_language, render
from correspondence.verbs.relay import DELIVER_DUE
from documents.calendars import Event


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a letter goes to; ``language`` is a code of ``settings.LANGUAGES``, another is read as English."""

    name: str
    address: str
    language: str = ""
    person_key: UUID | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A personal address a letter carries: ``path`` has the marker ``{token}``, the token fits ``digest``."""

    key: UUID
    digest: str
    path: str


def queue_message(
    *,
    key: str,
    kind: str,
    recipient: Recipient,
    context: Facts,
    about: Model | None,
    topic: str,
    link: Link | None = None,
    event: Event | None = None,
    mailing: Mailing | None = None,
    at: datetime,
    due_at: datetime | None = None,
) -> Message:
    """Write a letter into the outbox, to be delivered once the transaction is committed and ``due_at`` is reached.

    ``key`` names the occasion: a second call for it returns the message there is. ``context`` holds the facts that
    ``correspondence.kinds`` asks for, ``topic`` is the workshop's reference, ``event`` becomes a calendar file. A letter of a
    ``mailing`` that is not let go yet is held. Raises ``Invalid`` (``email_invalid``, ``name_unprintable``) for a recipient
    no mail can go to.
    """
    _check(kind, recipient, link, event)
    language = known_language(recipient.language)
    letter = render(kind, language, context)
    message, created = Message.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "language": language,
            "to_name": recipient.name,
            "to_address": on_the_wire(recipient.address),
            "subject": letter.subject,
            "body": letter.body,
            "template_version": letter.version,
            "enclosures": _enclosures(kind, language, context, event, at),
            "mailing": mailing,
            "held": mailing is not None and mailing.released_at is None,
            "topic": topic,
            "person_key": recipient.person_key,
            "created_at": at,
            "due_at": due_at or at,
            **_pointers(about, link),
        },
    )
    if created and not message.held and message.due_at <= at:
        hint(DELIVER_DUE)
    return message


def _check(kind: str, recipient: Recipient, link: Link | None, event: Event | None) -> None:
    known = KINDS[kind]
    if (link is not None) != known.linked:
        raise ValueError(f"Letter “{kind}” {'has no place for' if link else 'needs'} a personal link.")
    if event is not None and not known.dated:
        raise ValueError(f"Letter “{kind}” has no place for a calendar file.")
    if any(unicodedata.category(char) in {"Cc", "Zl", "Zp"} for char in recipient.name):
        raise Invalid("name_unprintable", _("Write the name on one line, without control characters."), field="name")


def _enclosures(
    kind: str, language: str, context: Facts, event: Event | None, at: datetime
) -> dict[str, dict[str, object]]:
    """Return the plain values of what goes with the letter, as they stand on this day."""
    values: dict[str, dict[str, object]] = {}
    if KINDS[kind].printed:
        reference = str(context.get("reference") or context.get("symbol") or "")
        values["letter"] = letter_values(letterhead(language), reference=reference, on=at.date())
    if event is not None:
        values["calendar"] = calendar_values(event)
    return values


def _pointers(about: Model | None, link: Link | None) -> dict[str, object]:
    pointers: dict[str, object] = {}
    if about is not None:
        pointers |= {"about_kind": about._meta.model_name, "about_key": str(about.pk)}  # noqa: SLF001  # Django's documented Meta API
    if link is not None:
        pointers |= {"link_key": link.key, "link_digest": link.digest, "link_path": link.path}
    return pointers


def retry_message(message: Message, *, by: Actor, at: datetime) -> Message:
    """Queue a failed or uncertain message again; a person has decided that it may arrive twice.

    Raises ``NotAllowed`` for others than organizers and ``Refused`` (``illegal_step``) for any other state.
    """
    message = _decide(message, MessageState.QUEUED, "retry_message", by=by, at=at)
    hint(DELIVER_DUE)
    return message


def cancel_message(message: Message, *, by: Actor, at: datetime) -> Message:
    """Withdraw a message that is not on its way. Raises as ``retry_message`` does."""
    return _decide(message, MessageState.CANCELLED, "cancel_message", by=by, at=at)


def _decide(message: Message, to: MessageState, verb: str, *, by: Actor, at: datetime) -> Message:
    by.require_organizer()
    with transaction.atomic():
        message = Message.objects.select_for_update().get(pk=message.pk)
        before = message.state
        move(message, to, MESSAGE_STEPS)
        if to == MessageState.QUEUED:
            message.due_at = at
        message.save(update_fields=["state", "due_at"])
        record(verb, message, by=by, at=at, before=before)
    return message
