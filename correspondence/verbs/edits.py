"""Changing the text of a letter that is held: it has left nobody's desk yet."""

from copy import copy
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, Refused
from accounts.verbs.activities import record
from correspondence.drafts import faults_of_letter, tidy
from correspondence.enclosures import enclosed, why_unprintable
from correspondence.models import Message, MessageState
from documents.pdf import Undisplayable


def edit_message(message: Message, *, subject: str, body: str, by: Actor, at: datetime) -> Message:
    """Give a held letter another subject and text; the log says that it was edited, not how it reads.

    ``{link}`` stays where the personal link is to stand, on a line of its own between empty lines. Raises ``NotAllowed``,
    ``Invalid`` about ``subject`` or ``body`` (the codes of ``correspondence.drafts.faults_of_letter``, and ``unprintable``) and
    ``Refused`` (``not_held``) for a letter that is not held any more.
    """
    by.require_organizer()
    subject, body = tidy(subject, body)
    for fault in faults_of_letter(subject, body, linked=message.link_key is not None):
        raise fault
    _check_printable(message, subject, body)
    with transaction.atomic():
        message = Message.objects.select_for_update().get(pk=message.pk)
        if not message.held or message.state != MessageState.QUEUED:
            raise Refused("not_held", _("This letter is not held back any more; it stays as it is."))
        changed = [name for name, text in (("subject", subject), ("body", body)) if getattr(message, name) != text]
        if changed:
            message.subject, message.body = subject, body
            message.save(update_fields=["subject", "body"])
            record("edit_message", message, by=by, at=at, fields=changed)
    return message


def _check_printable(message: Message, subject: str, body: str) -> None:
    """Make the letter's files as delivery will, outside any transaction: what cannot be printed is told now, not then."""
    draft = copy(message)
    draft.subject, draft.body = subject, body
    try:
        enclosed(draft)
    except Undisplayable as error:
        raise Invalid("unprintable", why_unprintable(error.signs), field="body") from error
