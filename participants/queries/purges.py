"""What is due to go: workshops long over, nominations long decided, registrations of who no longer comes."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import ActivityEntry, User
from participants.models import Nomination, Purge, Registration, RegistrationTerms, Selection
from participants.models.calls import CallState
from participants.models.invitations import STANDING
from participants.models.nominations import NominationState
from participants.models.selections import SelectionState
from workshops.models import Workshop
from workshops.models.workshops import WorkshopStage

STALE = timedelta(days=2)


def visible_to(user: User | AnonymousUser) -> QuerySet[Purge]:
    """Return the purges a user may see: organizers all, others none."""
    return Purge.objects.all() if isinstance(user, User) and user.is_organizer else Purge.objects.none()


def troubled(at: datetime) -> Purge | None:
    """Return the last purge when it failed in part, was cut off, or is older than two days; else nothing."""
    last = Purge.objects.first()
    if last is None or (not last.problem and last.ended_at is not None and last.started_at > at - STALE):
        return None
    return last if last.ended_at is not None or last.started_at < at - timedelta(hours=6) else None


def over(at: datetime, days: int, *, passports: bool = False) -> list[UUID]:
    """Return the workshops whose last day there, or cancellation, was more than so many days ago.

    One that is put off is not over. ``passports`` counts the days that a workshop's own terms name, where it has terms.
    """
    last = at.date() + timedelta(days=1)
    rows = Workshop.objects.filter(Q(stage=WorkshopStage.CANCELLED) | Q(put_off=False, ends_on__lt=last))
    found = list(rows.order_by().values_list("pk", "stage", "ends_on", "zone"))
    cancelled = _cancelled_on(pk for pk, stage, _day, _zone in found if stage == WorkshopStage.CANCELLED)
    own = dict(RegistrationTerms.objects.values_list("workshop", "passport_days")) if passports else {}
    return [
        pk
        for pk, _stage, day, zone in found
        if at.astimezone(ZoneInfo(zone)).date() > cancelled.get(pk, day) + timedelta(days=own.get(pk, days))
    ]


def _cancelled_on(workshops: Iterable[UUID]) -> dict[UUID, date]:
    """Return on which day workshops were cancelled, from the activity log."""
    log = ActivityEntry.objects.filter(
        verb="cancel_workshop", subject_kind="workshop", subject_key__in=[str(key) for key in workshops]
    )
    return {UUID(key): at.astimezone(UTC).date() for key, at in log.order_by("at").values_list("subject_key", "at")}


def leaving() -> QuerySet[Registration]:
    """Return the registrations of those who no longer come: their invitation ended."""
    return Registration.objects.exclude(invitation__state__in=STANDING)


def not_selected(at: datetime, days: int) -> QuerySet[Nomination]:
    """Return the nominations of who was not selected, so many days after the decision on the call.

    Without a decision the days count from the deadline, once the workshop is over. Reserves wait for that in any case: until
    then they may move up.
    """
    before = at - timedelta(days=days)
    decisions = Selection.objects.filter(call=OuterRef("call"), state=SelectionState.APPROVED)
    undecided = Q(call__deadline_at__lt=before) & ~Q(call__state=CallState.OPEN) & Q(call__workshop__in=over(at, 0))
    rows = Nomination.objects.exclude(state=NominationState.SELECTED)
    rows = rows.exclude(Q(state=NominationState.RESERVE) & ~Q(call__workshop__in=over(at, 0)))
    return rows.filter(Q(Exists(decisions.filter(decided_at__lt=before))) | (~Exists(decisions) & undecided))
