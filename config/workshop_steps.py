"""What an organizer can do with a workshop: each step one verb of a floor above it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from accounts.actors import Actor
from accounts.admin.moments import MomentForm, end_of_day, in_days
from accounts.admin.steps import Step
from correspondence.admin.writing import WritingStep
from correspondence.models import Mailing
from participants.admin.call_steps import recipients
from participants.admin.terms import TermsForm, terms_in, usual_answers
from participants.models import Call
from participants.queries.calls import signatories
from participants.queries.invitations import standing_in
from participants.verbs.calls import open_call
from participants.verbs.cancellations import cancel_workshop
from targets.verbs.compilations import request_compilation
from targets.verbs.requests import ask_for_targets
from workshops.models import Workshop
from workshops.models.workshops import WORKSHOP_STEPS, WorkshopStage
from workshops.verbs.workshops import advance

CALL_DAYS = 42
TARGET_DAYS = 60
AFTER = frozenset({WorkshopStage.HELD, WorkshopStage.REPORTED})


class CallForm(MomentForm, TermsForm):
    """When nominations close, and the terms of the call."""

    field_order = ("day", "time", "zone", "seats_per_party")


def _call_note(rows: Sequence[Workshop]) -> str:
    today = timezone.now().date()
    letters = sum(recipients(signatories(Call(workshop=row), today)) for row in rows)
    return ngettext(
        "%(count)d focal point gets a letter with a personal link to nominate.",
        "%(count)d focal points get a letter, each with a personal link to nominate.",
        letters,
    ) % {"count": letters}


def _call_start(rows: Sequence[Workshop], now: datetime) -> dict[str, object]:
    seats = rows[0].programme.seats_per_party_min
    return end_of_day(CALL_DAYS, now) | usual_answers() | {"seats_per_party": seats}


def _open_call(workshop: Workshop, answers: Mapping[str, Any], *, mailing: Mailing, by: Actor, at: datetime) -> Call:
    return open_call(
        workshop,
        deadline_at=answers["moment"],
        deadline_zone=answers["zone"],
        seats_per_party=answers["seats_per_party"],
        terms=terms_in(answers),
        mailing=mailing,
        by=by,
        at=at,
    )


def _reference(workshop: Workshop) -> str:
    return workshop.reference


def can_become(stage: WorkshopStage) -> Any:
    """Return the test whether a workshop can move to a stage."""
    return lambda workshop: stage in WORKSHOP_STEPS[workshop.stage]


OPEN_CALL = WritingStep(
    name="open_call",
    label=gettext_lazy("Open the call"),
    mailing=gettext_lazy("Call for nominations"),
    place=_reference,
    button=ngettext_lazy("Open %(count)d call", "Open %(count)d calls", "count"),
    done=ngettext_lazy("%(count)d call opened.", "%(count)d calls opened.", "count"),
    note=_call_note,
    form=CallForm,
    start=_call_start,
    fits=can_become(WorkshopStage.CALLED),
    do=_open_call,
)
HELD = Step(
    name="held",
    label=gettext_lazy("Mark as held"),
    button=ngettext_lazy("Mark %(count)d workshop as held", "Mark %(count)d workshops as held", "count"),
    done=ngettext_lazy("%(count)d workshop marked as held.", "%(count)d workshops marked as held.", "count"),
    note=lambda _rows: _("The first mark of presence does this too."),
    fits=can_become(WorkshopStage.HELD),
    do=lambda row, _answers, by, at: advance(row, WorkshopStage.HELD, by=by, at=at),
)
ASK_TARGETS = WritingStep(
    name="ask_targets",
    label=gettext_lazy("Ask for national targets"),
    mailing=gettext_lazy("Request for national targets"),
    place=_reference,
    button=ngettext_lazy("Ask the Parties of %(count)d workshop", "Ask the Parties of %(count)d workshops", "count"),
    done=ngettext_lazy("%(count)d letter written.", "%(count)d letters written.", "count"),
    note=lambda _rows: _(
        "The CBD focal points of the Parties served get a letter each; who was asked before gets none."
    ),
    form=MomentForm,
    start=lambda rows, now: in_days(TARGET_DAYS, rows[0].zone, now),
    counts=int,
    fits=lambda row: row.stage in AFTER,
    do=lambda row, answers, **how: ask_for_targets(row, due_at=answers["moment"], **how),
)
COMPILE = Step(
    name="compile",
    label=gettext_lazy("Compile the targets"),
    button=ngettext_lazy("Ask for %(count)d compilation", "Ask for %(count)d compilations", "count"),
    done=ngettext_lazy("%(count)d compilation asked for.", "%(count)d compilations asked for.", "count"),
    note=lambda _rows: _("It takes the accepted submissions of the moment and is made in the background."),
    fits=lambda row: row.stage in AFTER,
    do=lambda row, _answers, by, at: request_compilation(row.programme, workshop=row, by=by, at=at),
)
REPORTED = Step(
    name="reported",
    label=gettext_lazy("Mark as reported"),
    button=ngettext_lazy("Mark %(count)d workshop as reported", "Mark %(count)d workshops as reported", "count"),
    done=ngettext_lazy("%(count)d workshop marked as reported.", "%(count)d workshops marked as reported.", "count"),
    fits=can_become(WorkshopStage.REPORTED),
    do=lambda row, _answers, by, at: advance(row, WorkshopStage.REPORTED, by=by, at=at),
)


def _cancel_note(rows: Sequence[Workshop]) -> str:
    invited = standing_in(rows).count()
    return ngettext(
        "The call ends, and %(count)d invited person is told that the invitation no longer stands. This cannot be undone.",
        "The call ends, and %(count)d invited people are told that the invitation no longer stands. This cannot be undone.",
        invited,
    ) % {"count": invited}


CANCEL = WritingStep(
    name="cancel",
    label=gettext_lazy("Cancel the workshop"),
    mailing=gettext_lazy("Cancellation"),
    place=_reference,
    grave=True,
    button=ngettext_lazy("Cancel %(count)d workshop", "Cancel %(count)d workshops", "count"),
    done=ngettext_lazy("%(count)d workshop cancelled.", "%(count)d workshops cancelled.", "count"),
    note=_cancel_note,
    fits=can_become(WorkshopStage.CANCELLED),
    do=lambda row, _answers, **how: cancel_workshop(row, **how),
)
