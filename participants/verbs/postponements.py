"""Moving a workshop to other days, and telling everyone who counts on it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid
from accounts.verbs.activities import record
from correspondence.facts import Days
from correspondence.models import Mailing
from participants.models import Call, Invitation, PersonalLink
from participants.models.calls import CallState
from participants.models.invitations import InvitationState
from participants.verbs.announcements import News, announce, checked_reason, lock_with_call
from participants.verbs.invitations import link_end
from participants.verbs.links import prolong_links
from participants.verbs.promotions import fill_seats
from workshops.models import Workshop
from workshops.verbs.workshops import move_days


def postpone_workshop(
    workshop: Workshop,
    starts_on: date,
    ends_on: date,
    reason: str,
    *,
    by: Actor,
    at: datetime,
    mailing: Mailing | None = None,
) -> Workshop:
    """Give a workshop other days, also after it was put off, and tell everyone who counts on it (``announce``).

    Who is invited gets the new calendar file. Nominations, selection and answers stand (E26); reserves move up to the seats
    given up while it was put off. Raises ``NotAllowed``, ``Invalid`` (``days_past``, ``days_reversed``, ``days_far``,
    ``deadline_after_start``, ``respond_by_after_start``, ``reason_missing``, ``too_long``) and ``Refused`` (``workshop_over``,
    ``same_days``).
    """
    by.require_organizer()
    reason = checked_reason(reason)
    with transaction.atomic():
        workshop, call = lock_with_call(workshop)
        before, was_put_off = Days(workshop.starts_on, workshop.ends_on), workshop.put_off
        move_days(workshop, starts_on, ends_on, at=at)
        _check_what_is_due(workshop, call)
        prolong_links(PersonalLink.objects.filter(invitation__nomination__call__workshop=workshop), link_end(workshop))
        news = News(kind="postponement", told={"previous": before, "reason": reason}, at=at, mailing=mailing)
        letters = announce(workshop, call, news)
        record(
            "postpone_workshop",
            workshop,
            by=by,
            at=at,
            letters=letters,
            before=[before.first.isoformat(), before.last.isoformat()],
            days=[starts_on.isoformat(), ends_on.isoformat()],
            reason=reason,
        )
        if was_put_off and call is not None:  # seats given up meanwhile waited for the days
            call.workshop = workshop
            fill_seats(call, at=at)
    return workshop


def _check_what_is_due(workshop: Workshop, call: Call | None) -> None:
    """Refuse days before which nominations or answers are still awaited."""

    def too_late(due: datetime) -> bool:
        return due.astimezone(ZoneInfo(workshop.zone)).date() >= workshop.starts_on

    if call is not None and call.state == CallState.OPEN and too_late(call.deadline_at):
        raise Invalid(
            "deadline_after_start",
            _("The call is open until after this day; choose a later one, or close the call."),
            field="starts_on",
        )
    waiting = Invitation.objects.filter(nomination__call__workshop=workshop, state=InvitationState.OPEN)
    answer = waiting.aggregate(last=Max("respond_by"))["last"]
    if answer is not None and too_late(answer):
        raise Invalid("respond_by_after_start", _("Answers to invitations are due after this day."), field="starts_on")
