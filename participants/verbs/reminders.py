"""Reminders: to Parties that have not nominated, to invited people who have not answered."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from accounts.actors import CLOCK, Actor
from accounts.verbs.activities import record
from correspondence.facts import Moment
from correspondence.models import Mailing
from participants.models import Call, Invitation
from participants.models.links import LinkPurpose
from participants.queries.calls import closing_within, without_answer
from participants.queries.invitations import due_within
from participants.verbs.calls import notify
from participants.verbs.invitations import link_end
from participants.verbs.letters import already_written, key_for, write_to_nominee
from participants.verbs.links import issue_link
from participants.verbs.terms import FARTHEST_REMINDER

# Days before an answer is due on which the clock reminds; a call has days of its own. Each day's reminder goes out once.
INVITATION_DAYS = (3,)


def remind_call(call: Call, *, mailing: Mailing | None = None, by: Actor, at: datetime) -> int:
    """Write to the focal points of every Party without a nomination; return how many letters. At most one letter a day.

    Raises ``NotAllowed`` for others than organizers and the clock.
    """
    by.require_organizer()
    with transaction.atomic():
        written = notify(
            call,
            list(without_answer(call, at.date())),
            kind="call-reminder",
            at=at,
            occasion=at.date().isoformat(),
            mailing=mailing,
        )
        if written:
            record("remind_call", call, by=by, at=at, letters=written)
    return written


def remind_invitation(invitation: Invitation, *, occasion: str, at: datetime) -> bool:
    """Remind one invited person of the answer due; whether a letter was written now for this occasion."""
    nomination = invitation.nomination
    workshop = nomination.call.workshop
    if not nomination.person.email or already_written([key_for(nomination, "invitation-reminder", occasion)]):
        return False
    with transaction.atomic():
        link = issue_link(
            nomination.person, LinkPurpose.INVITATION, at=at, expires_at=link_end(workshop), invitation=invitation
        )
        write_to_nominee(
            nomination,
            "invitation-reminder",
            at=at,
            link=link,
            occasion=occasion,
            respond_by=Moment(invitation.respond_by, workshop.zone),
        )
    return True


def send_due(*, at: datetime) -> int:
    """Send what the clock owes at ``at``; return how many letters. Running it again sends nothing twice."""
    written = 0
    for call in closing_within(at, FARTHEST_REMINDER):
        days = _nearest(_after_news(call), call.deadline_at - at)
        written += _remind_on(call, days, at) if days is not None else 0
    for each in due_within(at, max(INVITATION_DAYS)):
        days = _nearest(INVITATION_DAYS, each.respond_by - at)
        written += days is not None and remind_invitation(each, occasion=f"{days}d", at=at)
    return written


def _after_news(call: Call) -> list[int]:
    """Return the days of reminders that come after Parties were last told of the deadline."""
    extended = call.extensions.aggregate(last=Max("extended_at"))["last"]
    time_given = call.deadline_at - (extended or call.opened_at)
    return [each for each in call.reminder_days if timedelta(days=each) < time_given]


def _nearest(days: Iterable[int], left: timedelta) -> int | None:
    """Return the day whose reminder is due with so much time left: the last one that has come, if one has."""
    return min((each for each in days if left <= timedelta(days=each)), default=None)


def _remind_on(call: Call, days: int, at: datetime) -> int:
    occasion = f"{call.deadline_at.date().isoformat()}:{days}d"  # a later deadline is reminded of anew
    with transaction.atomic():
        written = notify(call, list(without_answer(call, at.date())), kind="call-reminder", at=at, occasion=occasion)
        if written:
            record("remind_call", call, by=CLOCK, at=at, letters=written, days=days)
    return written
