"""Putting a workshop off until further notice, and telling everyone who counts on it."""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.verbs.activities import record
from correspondence.facts import Days
from correspondence.models import Mailing
from documents.calendars import Event
from participants.models import Nomination
from participants.verbs.announcements import News, announce, checked_reason, lock_with_call
from participants.verbs.letters import event_for
from workshops.models import Workshop
from workshops.verbs.workshops import put_off


def put_off_workshop(
    workshop: Workshop, reason: str, *, mailing: Mailing | None = None, by: Actor, at: datetime
) -> Workshop:
    """Take its days from a workshop until ``postpone_workshop`` gives new ones, and tell everyone (``announce``).

    The event is taken out of the calendars of invited people; its next change brings it back. Nominations, selection and
    answers stand (E26), and an open call stays open until its deadline. Raises ``NotAllowed``, ``Invalid`` (``reason_missing``,
    ``too_long``) and ``Refused`` (``workshop_over``, ``put_off_already``).
    """
    by.require_organizer()
    reason = checked_reason(reason)
    with transaction.atomic():
        workshop, call = lock_with_call(workshop)
        before = Days(workshop.starts_on, workshop.ends_on)
        put_off(workshop)
        news = News(
            kind="put-off", told={"previous": before, "reason": reason}, at=at, mailing=mailing, event=_withdrawn
        )
        letters = announce(workshop, call, news)
        days = [before.first.isoformat(), before.last.isoformat()]
        record("put_off_workshop", workshop, by=by, at=at, letters=letters, before=days, reason=reason)
    return workshop


def _withdrawn(nomination: Nomination, at: datetime) -> Event:
    """Return the event that takes a workshop out of calendars under the revision it has: the next one brings it back."""
    return event_for(nomination, at, cancelled=True)
