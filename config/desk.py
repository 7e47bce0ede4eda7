"""The organizer's desk: what is due, late or blocked, and where every workshop stands.

Each figure is one grouped query over all workshops shown, so that the desk asks the database the same number of times for
one workshop and for a hundred.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Min, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.admin.displays import deadline, full_day
from accounts.models import ActivityEntry, User
from correspondence.models import Message
from participants.models import Attendance, Call, Invitation, Nomination, Registration, Selection
from participants.models.calls import CallState
from participants.models.invitations import InvitationState
from participants.models.nominations import GONE, NominationState
from targets.models import Submission
from targets.models.submissions import SubmissionState
from workshops.models import Coverage, Workshop
from workshops.models.workshops import WorkshopStage
from workshops.queries import workshops

UNDELIVERED = ("failed", "uncertain", "bounced")
LATEST = 15


@dataclass(frozen=True, slots=True)
class Figures:
    """How far a workshop is, in numbers; ``nominated`` and ``submissions`` count Parties, ``attended`` people."""

    parties: int
    nominated: int
    nominations: int
    selected: int
    invited: int
    accepted: int
    declined: int
    registered: int
    attended: int
    submissions: int
    queued: int
    sent: int
    failed: int


@dataclass(frozen=True, slots=True)
class Due:
    """The next date of a workshop: what is due, at which moment of which zone or on which local day."""

    what: str | Promise
    at: datetime | date
    zone: str

    def told(self, now: datetime) -> str:
        """Return the date with weekday and distance, and with zone where a moment is meant."""
        if isinstance(self.at, datetime):
            return deadline(self.at, self.zone, now)
        return full_day(self.at, now.astimezone(ZoneInfo(self.zone)).date())


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of the desk."""

    workshop: Workshop
    figures: Figures
    due: Due | None

    @property
    def is_practice(self) -> bool:
        """Whether the workshop belongs to a practice copy."""
        return self.workshop.programme.rehearsal_of_id is not None


def standings(user: User | AnonymousUser, *, only: UUID | None = None) -> list[Standing]:
    """Return every workshop the user may see (or the one asked for) with its figures and its next date."""
    seen = workshops.visible_to(user).select_related("programme", "host").order_by("starts_on", "slug")
    rows = list(seen.filter(pk=only) if only else seen)
    keys = [row.pk for row in rows]
    figures = _figures(rows, keys)
    dates = _dates(keys)
    return [Standing(row, figures[row.pk], _next_date(row, dates.get(row.pk, {}))) for row in rows]


def _figures(rows: Iterable[Workshop], keys: list[UUID]) -> dict[UUID, Figures]:
    served = _counted(Coverage.objects.filter(workshop__in=keys), "workshop")
    nominated = Nomination.objects.filter(call__workshop__in=keys).exclude(state__in=GONE)
    answered = _counted(nominated, "call__workshop", of="party")
    nominations = _by_state(nominated, "call__workshop")
    invited = Invitation.objects.filter(nomination__call__workshop__in=keys)
    invitations = _by_state(invited, "nomination__call__workshop")
    registered, attended = _present(keys)
    submitted = Submission.objects.filter(workshop__in=keys).exclude(state=SubmissionState.SUPERSEDED)
    submissions = _counted(submitted, "workshop", of="party")
    mail = _by_state(Message.objects.filter(topic__in=[row.reference for row in rows]), "topic")
    return {
        row.pk: Figures(
            parties=served[row.pk],
            nominated=answered[row.pk],
            nominations=_sum(nominations, row.pk),
            selected=nominations[row.pk, NominationState.SELECTED],
            invited=_sum(invitations, row.pk),
            accepted=invitations[row.pk, InvitationState.ACCEPTED],
            declined=invitations[row.pk, InvitationState.DECLINED],
            registered=registered[row.pk],
            attended=attended[row.pk],
            submissions=submissions[row.pk],
            queued=mail[row.reference, "queued"] + mail[row.reference, "sending"],
            sent=mail[row.reference, "sent"],
            failed=sum(mail[row.reference, state] for state in UNDELIVERED),
        )
        for row in rows
    }


def _present(keys: list[UUID]) -> tuple[Counter[Any], Counter[Any]]:
    """Count who is registered and who was seen, by workshop."""
    path = "invitation__nomination__call__workshop"
    standing = {"registered_at__isnull": False, "invitation__state": InvitationState.ACCEPTED}
    registered = Registration.objects.filter(**standing, **{f"{path}__in": keys})
    seen = Attendance.objects.filter(**{f"registration__{path}__in": keys})
    return _counted(registered, path), _counted(seen, f"registration__{path}", of="registration")


def _counted(rows: QuerySet[Any], by: str, *, of: str = "pk") -> Counter[Any]:
    """Count distinct values of ``of`` for each value of ``by``."""
    return Counter(dict(rows.order_by().values_list(by).annotate(Count(of, distinct=True))))


def _by_state(rows: QuerySet[Any], by: str) -> Counter[tuple[Any, str]]:
    counted = rows.order_by().values_list(by, "state").annotate(Count("pk"))
    return Counter({(key, state): number for key, state, number in counted})


def _sum(counted: Counter[tuple[Any, str]], key: object) -> int:
    return sum(number for (of, _state), number in counted.items() if of == key)


def _dates(keys: list[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return by workshop the open call's deadline with its zone, and the first answer that is due."""
    dates: dict[UUID, dict[str, Any]] = {}
    for call in Call.objects.filter(workshop__in=keys, state=CallState.OPEN):
        dates.setdefault(call.workshop_id, {})["deadline"] = (call.deadline_at, call.deadline_zone)
    waiting = Invitation.objects.filter(nomination__call__workshop__in=keys, state=InvitationState.OPEN)
    for key, due in waiting.order_by().values_list("nomination__call__workshop").annotate(Min("respond_by")):
        dates.setdefault(key, {})["answer"] = due
    return dates


def _next_date(workshop: Workshop, dates: Mapping[str, Any]) -> Due | None:
    if "deadline" in dates:
        return Due(_("Nominations close"), *dates["deadline"])
    if "answer" in dates:
        return Due(_("First answer due"), dates["answer"], workshop.zone)
    if workshop.put_off or workshop.stage in {WorkshopStage.HELD, WorkshopStage.REPORTED, WorkshopStage.CANCELLED}:
        return None
    return Due(_("First day"), workshop.starts_on, workshop.zone)


def latest_about(workshop: Workshop) -> QuerySet[ActivityEntry]:
    """Return the latest entries of the activity log about a workshop, its calls and their selections."""
    about = Q(subject_kind="workshop", subject_key=str(workshop.pk))
    for kind, keys in (
        ("call", Call.objects.filter(workshop=workshop).values_list("pk", flat=True)),
        ("selection", Selection.objects.filter(call__workshop=workshop).values_list("pk", flat=True)),
    ):
        about |= Q(subject_kind=kind, subject_key__in=[str(key) for key in keys])
    return ActivityEntry.objects.filter(about)[:LATEST]
