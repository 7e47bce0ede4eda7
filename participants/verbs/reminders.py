"""Reminders: to Parties that have not nominated, to invited people who have not answered."""

from datetime import datetime, timedelta

from django.db import transaction

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

# Days before the deadline on which the clock reminds, farthest first; each day's reminder goes out once.
CALL_DAYS = (7, 2)
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
    for call in closing_within(at, max(CALL_DAYS)):
        written += _remind_on(call, _nearest(CALL_DAYS, call.deadline_at - at), at)
    for each in due_within(at, max(INVITATION_DAYS)):
        written += remind_invitation(each, occasion=f"{_nearest(INVITATION_DAYS, each.respond_by - at)}d", at=at)
    return written


def _nearest(days: tuple[int, ...], left: timedelta) -> int:
    return min(each for each in days if left <= timedelta(days=each))


def _remind_on(call: Call, days: int, at: datetime) -> int:
    occasion = f"{call.deadline_at.date().isoformat()}:{days}d"  # a later deadline is reminded of anew
    with transaction.atomic():
        written = notify(call, list(without_answer(call, at.date())), kind="call-reminder", at=at, occasion=occasion)
        if written:
            record("remind_call", call, by=CLOCK, at=at, letters=written, days=days)
    return written
