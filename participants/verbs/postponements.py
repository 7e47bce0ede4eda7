"""Moving a workshop to other days, and telling everyone who counts on it."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid
from accounts.verbs.activities import record
from correspondence.facts import Days, Fact
from correspondence.models import Mailing, Message
from documents.calendars import Event
from participants.models import Call, FocalPoint, Invitation, Nomination, PersonalLink
from participants.models.calls import CallState
from participants.models.invitations import InvitationState
from participants.models.nominations import NominationState
from participants.queries.calls import concerned
from participants.queries.wording import facts
from participants.verbs.invitations import link_end, standing_invitations
from participants.verbs.letters import event_for, language_of, write_to, write_to_nominee
from participants.verbs.links import prolong_links
from workshops.models import Workshop
from workshops.verbs.workshops import move_days

REASON_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class _News:
    """What all letters of one postponement say."""

    previous: Days
    reason: str
    mailing: Mailing | None
    at: datetime

    def to_nominee(self, nomination: Nomination, event: Event | None = None) -> Message | None:
        """Write to somebody invited, with the event as it is now, or selected, without one."""
        return write_to_nominee(
            nomination,
            "postponement",
            at=self.at,
            occasion=str(nomination.call.workshop.revision),
            event=event,
            mailing=self.mailing,
            previous=self.previous,
            reason=self.reason,
        )

    def to_focal_point(self, mandate: FocalPoint, workshop: Workshop) -> Message | None:
        """Write to a focal point, who has no nomination of the own and no seat to put into a calendar."""
        language = language_of(mandate.person, mandate.party, mandate)
        told: dict[str, Fact] = {"previous": self.previous, "reason": self.reason, "reference": ""}
        return write_to(
            mandate.person,
            "postponement",
            key=f"postponement:{workshop.pk}:{mandate.person_id}:{workshop.revision}",
            language=language,
            context={**facts(workshop, self.at.date(), language), **told},
            about=workshop,
            workshop=workshop,
            at=self.at,
            mailing=self.mailing,
        )


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
    """Move a workshop to other days and write to who is invited (with the new calendar file), selected or was asked.

    Nominations, selection and answers stand. Of the focal points those are written to whose Party has a live nomination, and
    while the call is open everyone it asks. Raises ``NotAllowed``, ``Invalid`` (``days_past``, ``days_reversed``, ``days_far``,
    ``deadline_after_start``, ``respond_by_after_start``, ``reason_missing``, ``too_long``) and ``Refused``
    (``workshop_over``, ``same_days``).
    """
    by.require_organizer()
    reason = _checked(reason)
    with transaction.atomic():
        # The call's row before the workshop's, as everywhere: who nominates or selects takes them in this order too.
        live_calls = Call.objects.select_for_update().exclude(state=CallState.CANCELLED)
        call = live_calls.filter(workshop=workshop).first()
        workshop = (
            Workshop.objects.select_for_update(of=("self",)).select_related("programme", "host").get(pk=workshop.pk)
        )
        before = Days(workshop.starts_on, workshop.ends_on)
        move_days(workshop, starts_on, ends_on, at=at)
        _check_what_is_due(workshop, call)
        prolong_links(PersonalLink.objects.filter(invitation__nomination__call__workshop=workshop), link_end(workshop))
        letters = _tell(workshop, call, _News(before, reason, mailing, at))
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
    return workshop


def _checked(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise Invalid("reason_missing", _("Say why; the letters quote it."), field="reason")
    if len(reason) > REASON_LIMIT:
        raise Invalid("too_long", _("Use at most %(limit)d characters.") % {"limit": REASON_LIMIT}, field="reason")
    return reason


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


def _tell(workshop: Workshop, call: Call | None, news: _News) -> int:
    """Write to everyone once; return how many letters."""
    invitations = list(standing_invitations().filter(nomination__call__workshop=workshop))
    letters = [news.to_nominee(each.nomination, event_for(each.nomination, news.at)) for each in invitations]
    uninvited = list(_selected(workshop))
    letters += [news.to_nominee(each) for each in uninvited]
    told = {each.nomination.person_id for each in invitations} | {each.person_id for each in uninvited}
    mandates = {each.person_id: each for each in concerned(call, news.at.date())} if call is not None else {}
    letters += [news.to_focal_point(each, workshop) for key, each in mandates.items() if key not in told]
    return sum(each is not None for each in letters)


def _selected(workshop: Workshop) -> QuerySet[Nomination]:
    """Return those selected who wait for their invitation; their letter of selection named the days before."""
    return (
        Nomination.objects.filter(call__workshop=workshop, state=NominationState.SELECTED, invitation__isnull=True)
        .select_related("person", "party", "call__workshop__host")
        .order_by("reference")
    )
