"""Telling everyone who counts on a workshop that it is not as it was: nominees, invited people and focal points (E26)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from accounts.errors import Invalid
from correspondence.facts import Fact
from correspondence.kinds import KINDS
from correspondence.models import Mailing, Message
from documents.calendars import Event
from participants.models import Call, FocalPoint, Nomination
from participants.models.calls import CallState
from participants.models.nominations import GONE, NominationState
from participants.queries.calls import concerned
from participants.queries.wording import facts
from participants.verbs.invitations import standing_invitations
from participants.verbs.letters import event_for, language_of, write_to, write_to_nominee
from workshops.models import Workshop

REASON_LIMIT = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What all letters of one announcement say: ``told`` to everyone, ``told_inside`` to who is invited alone.

    ``event`` makes the calendar file of an invited person; by default the workshop as it is now.
    """

    kind: str
    told: Mapping[str, Fact]
    at: datetime
    mailing: Mailing | None = None
    told_inside: Mapping[str, Fact] = field(default_factory=dict)
    event: Callable[[Nomination, datetime], Event | None] = event_for

    def to_invited(self, nomination: Nomination) -> Message | None:
        """Write to somebody invited, with the event as it is now."""
        return self._to_nominee(nomination, {**self.told, **self.told_inside}, self.event(nomination, self.at))

    def to_nominee(self, nomination: Nomination) -> Message | None:
        """Write to a nominee without a seat to put into a calendar."""
        return self._to_nominee(nomination, self.told, None)

    def _to_nominee(self, nomination: Nomination, told: Mapping[str, Any], event: Event | None) -> Message | None:
        occasion = str(nomination.call.workshop.revision)
        return write_to_nominee(
            nomination, self.kind, at=self.at, occasion=occasion, event=event, mailing=self.mailing, **told
        )

    def to_focal_point(self, mandate: FocalPoint, workshop: Workshop) -> Message | None:
        """Write to a focal point, who has no nomination of the own."""
        language = language_of(mandate.person, mandate.party, mandate)
        known = {**facts(workshop, self.at.date(), language), **self.told, "reference": ""}
        return write_to(
            mandate.person,
            self.kind,
            key=f"{self.kind}:{workshop.pk}:{mandate.person_id}:{workshop.revision}",
            language=language,
            context={name: fact for name, fact in known.items() if name in KINDS[self.kind].facts},
            about=workshop,
            workshop=workshop,
            at=self.at,
            mailing=self.mailing,
        )


def checked_reason(reason: str) -> str:
    """Return a reason as letters quote it. Raises ``Invalid`` (``reason_missing``, ``too_long``)."""
    reason = reason.strip()
    if not reason:
        raise Invalid("reason_missing", _("Say why; the letters quote it."), field="reason")
    if len(reason) > REASON_LIMIT:
        raise Invalid("too_long", _("Use at most %(limit)d characters.") % {"limit": REASON_LIMIT}, field="reason")
    return reason


def lock_with_call(workshop: Workshop) -> tuple[Workshop, Call | None]:
    """Lock a workshop and its live call and return both; the caller holds the transaction."""
    # The call's row before the workshop's, as everywhere: who nominates or selects takes them in this order too.
    live = Call.objects.select_for_update().exclude(state=CallState.CANCELLED)
    call = live.filter(workshop=workshop).first()
    rows = Workshop.objects.select_for_update(of=("self",)).select_related("programme", "host")
    return rows.get(pk=workshop.pk), call


def announce(workshop: Workshop, call: Call | None, news: News) -> int:
    """Write to everyone once; return how many letters.

    Those are who has an open or accepted invitation, who is nominated and not decided on or waits for the invitation, and of
    the focal points those whose Party has a live nomination, while the call is open everyone it asks.
    """
    invitations = list(standing_invitations().filter(nomination__call__workshop=workshop))
    waiting = list(_waiting(workshop))
    prefetch_related_objects([workshop], "host__names")
    for nomination in (*(each.nomination for each in invitations), *waiting):
        nomination.call.workshop = workshop  # one row for all letters, with the names of its host
    letters = [news.to_invited(each.nomination) for each in invitations]
    told = {each.nomination.person_id for each in invitations}
    for nomination in waiting:
        if nomination.person_id not in told:  # two lists in dispute may name the same person
            told.add(nomination.person_id)
            letters.append(news.to_nominee(nomination))
    mandates = {each.person_id: each for each in concerned(call, news.at.date())} if call is not None else {}
    letters += [news.to_focal_point(each, workshop) for key, each in mandates.items() if key not in told]
    return sum(each is not None for each in letters)


def _waiting(workshop: Workshop) -> QuerySet[Nomination]:
    """Return the live nominations without an invitation that were not refused."""
    return (
        Nomination.objects.filter(call__workshop=workshop, invitation__isnull=True)
        .exclude(state__in=(*GONE, NominationState.NOT_SELECTED))
        .select_related("person", "party", "call")
        .order_by("reference")
    )
