"""Changing the text of a letter that is held: it has left nobody's desk yet."""

import unicodedata
from copy import copy
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.actors import Actor
from accounts.errors import Invalid, Refused
from accounts.verbs.activities import record
from correspondence.enclosures import enclosed, why_unprintable
from correspondence.facts import LINK_MARKER
from correspondence.models import Message, MessageState
from correspondence.page import blocks
from correspondence.queries.letters import SUBJECT_LIMIT
from documents.pdf import Undisplayable

BODY_LIMIT = 20_000  # characters
_BREAKS = frozenset({"Cc", "Zl", "Zp"})


def edit_message(message: Message, *, subject: str, body: str, by: Actor, at: datetime) -> Message:
    """Give a held letter another subject and text; the log says that it was edited, not how it reads.

    ``{link}`` stays where the personal link is to stand, on a line of its own between empty lines and as often as before.
    Raises ``NotAllowed``, ``Invalid`` about ``subject`` or ``body`` (``empty``, ``too_long``, ``unprintable``, ``link_moved``)
    and ``Refused`` (``not_held``) for a letter that is not held any more.
    """
    by.require_organizer()
    subject, body = subject.strip(), _tidy(body)
    _check_subject(subject)
    _check_body(body)
    _check_printable(message, subject, body)
    with transaction.atomic():
        message = Message.objects.select_for_update().get(pk=message.pk)
        if not message.held or message.state != MessageState.QUEUED:
            raise Refused("not_held", _("This letter is not held back any more; it stays as it is."))
        _check_link(message.body, body)
        changed = [name for name, text in (("subject", subject), ("body", body)) if getattr(message, name) != text]
        if changed:
            message.subject, message.body = subject, body
            message.save(update_fields=["subject", "body"])
            record("edit_message", message, by=by, at=at, fields=changed)
    return message


def _tidy(body: str) -> str:
    lines = body.replace("\r\n", "\n").replace("\t", " ").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip() + "\n"


def _check_subject(subject: str) -> None:
    if not subject:
        raise Invalid("empty", _("A letter needs a subject."), field="subject")
    if len(subject) > SUBJECT_LIMIT:
        raise Invalid("too_long", _("Use at most %(limit)d characters.") % {"limit": SUBJECT_LIMIT}, field="subject")
    if any(unicodedata.category(char) in _BREAKS for char in subject):
        raise Invalid("unprintable", _("Write the subject on one line, without control characters."), field="subject")
    if LINK_MARKER in subject:
        raise Invalid("link_moved", _("The personal link stands in no subject."), field="subject")


def _check_body(body: str) -> None:
    if not body.strip():
        raise Invalid("empty", _("A letter needs a text."), field="body")
    if len(body) > BODY_LIMIT:
        raise Invalid("too_long", _("Use at most %(limit)d characters.") % {"limit": BODY_LIMIT}, field="body")
    if any(unicodedata.category(char) in _BREAKS and char != "\n" for char in body):
        raise Invalid("unprintable", _("The text holds control characters; write it without them."), field="body")


def _check_printable(message: Message, subject: str, body: str) -> None:
    """Make the letter's files as delivery will, outside any transaction: what cannot be printed is told now, not then."""
    draft = copy(message)
    draft.subject, draft.body = subject, body
    try:
        enclosed(draft)
    except Undisplayable as error:
        raise Invalid("unprintable", why_unprintable(error.signs), field="body") from error


def _check_link(before: str, after: str) -> None:
    wanted = before.count(LINK_MARKER)
    alone = sum(block.form == "link" for block in blocks(after))
    if after.count(LINK_MARKER) == wanted == alone:
        return
    if not wanted:
        raise Invalid("link_moved", _("This letter carries no personal link: leave {link} out."), field="body")
    text = ngettext(
        "Keep the line {link} %(count)d time, between empty lines: the personal link stands there.",
        "Keep the line {link} %(count)d times, between empty lines: the personal link stands there.",
        wanted,
    )
    raise Invalid("link_moved", text % {"count": wanted}, field="body")
