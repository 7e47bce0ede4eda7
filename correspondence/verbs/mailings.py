"""Mailings: the letters of one act of an organizer are held together, looked at, and let go or discarded together."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Refused
from accounts.verbs.activities import record
from correspondence.hints import hint
from correspondence.models import Mailing, Message, MessageState
from correspondence.verbs.relay import DELIVER_DUE

TITLE_LIMIT = 200  # characters, as the column


def begin_mailing(title: str, *, by: Actor, at: datetime) -> Mailing:
    """Begin a mailing: what a verb is given it for is held until somebody lets it go. Raises ``NotAllowed``."""
    by.require_organizer()
    with transaction.atomic():
        mailing = Mailing.objects.create(title=title[:TITLE_LIMIT], begun_by=by.user, begun_at=at)
        record("begin_mailing", mailing, by=by, at=at)
    return mailing


def drop_if_empty(mailing: Mailing, *, by: Actor, at: datetime) -> bool:
    """Delete a mailing for which no letter was written; return whether that was so."""
    by.require_organizer()
    with transaction.atomic():
        locked = lock(mailing)
        if locked.messages.exists():
            return False
        record("drop_mailing", locked, by=by, at=at)
        mailing.delete()
    return True


@contextmanager
def writing(title: str, *, by: Actor, at: datetime) -> Iterator[Mailing]:
    """Give a mailing for the verbs inside; it is gone again when they wrote no letter."""
    mailing = begin_mailing(title, by=by, at=at)
    try:
        yield mailing
    finally:
        drop_if_empty(mailing, by=by, at=at)


def release_mailing(mailing: Mailing, *, by: Actor, at: datetime) -> int:
    """Let the held letters of a mailing go, all at once; return how many.

    Raises ``NotAllowed`` and ``Refused`` (``mailing_released`` when somebody has let it go, ``nothing_held`` when every letter
    was left out).
    """
    by.require_organizer()
    with transaction.atomic():
        locked = lock_held(mailing)
        count = _held(locked).update(held=False, due_at=at)
        if not count:
            raise Refused("nothing_held", _("No letter of this mailing waits to be sent."))
        locked.released_at = at
        locked.save(update_fields=["released_at"])
        record("release_mailing", locked, by=by, at=at, letters=count)
        hint(DELIVER_DUE)
    return count


def discard_mailing(mailing: Mailing, *, by: Actor, at: datetime) -> int:
    """Cancel all held letters of a mailing; return how many. What they were to tell of (invitations, selections) stays.

    Raises as ``release_mailing`` does.
    """
    by.require_organizer()
    with transaction.atomic():
        locked = lock_held(mailing)
        count = _held(locked).update(state=MessageState.CANCELLED)
        if not count:
            raise Refused("nothing_held", _("No letter of this mailing waits to be sent."))
        record("discard_mailing", locked, by=by, at=at, letters=count)
    return count


def lock(mailing: Mailing) -> Mailing:
    """Return the mailing as it stands, locked; whoever locks letters of it too locks the mailing first."""
    return Mailing.objects.select_for_update().get(pk=mailing.pk)


def lock_held(mailing: Mailing) -> Mailing:
    """Return the mailing, locked. Raises ``Refused`` (``mailing_released``) when it was let go already."""
    locked = lock(mailing)
    if locked.released_at is not None:
        raise Refused("mailing_released", _("The letters of this mailing were sent already."))
    return locked


def _held(mailing: Mailing) -> QuerySet[Message]:
    return mailing.messages.filter(state=MessageState.QUEUED, held=True)
