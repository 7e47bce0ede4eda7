"""Moving a workshop from its venue into a virtual room, and telling everyone who counts on it."""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.verbs.activities import record
from correspondence.models import Mailing
from participants.queries.notifications import web_address as public_address
from participants.verbs.announcements import News, announce, checked_reason, lock_with_call
from workshops.models import Workshop
from workshops.verbs.workshops import hold_online, require_days


def move_online(
    workshop: Workshop, reason: str, web_address: str = "", *, mailing: Mailing | None = None, by: Actor, at: datetime
) -> Workshop:
    """Hold a workshop in the virtual room at ``web_address`` (told later when empty), and tell everyone (``announce``).

    The room is told to who is invited, with a new calendar file; the others are told the workshop's page. Nominations,
    selection and answers stand (E26). Called again it gives another room. Raises ``NotAllowed``, ``Invalid``
    (``reason_missing``, ``too_long``, ``web_address_wrong``) and ``Refused`` (``workshop_over``, ``online_already``,
    ``workshop_put_off``).
    """
    by.require_organizer()
    reason = checked_reason(reason)
    with transaction.atomic():
        workshop, call = lock_with_call(workshop)
        require_days(workshop)
        hold_online(workshop, web_address.strip())
        page = public_address(workshop)
        news = News(
            kind="moved-online",
            told={"reason": reason, "web": page},
            told_inside={"web": workshop.web_address or page},
            at=at,
            mailing=mailing,
        )
        letters = announce(workshop, call, news)
        record("move_online", workshop, by=by, at=at, letters=letters, reason=reason)
    return workshop
