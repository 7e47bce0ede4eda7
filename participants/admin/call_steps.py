"""What an organizer can do with calls."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from accounts.actors import Actor
from accounts.admin.moments import MomentForm, later_on_its_clock
from accounts.admin.steps import Step
from correspondence.admin.writing import WritingStep
from participants.admin.terms import TermsForm, answers_of, terms_in
from participants.models import Call
from participants.models.calls import CallState
from participants.queries.calls import signatories, without_answer
from participants.verbs.calls import close_call
from participants.verbs.extensions import REASON_LIMIT, extend_call
from participants.verbs.reminders import remind_call
from participants.verbs.terms import change_call
from workshops.models.workshops import WorkshopStage

EXTENSION_DAYS = 14


def recipients(mandates: QuerySet[Any]) -> int:
    """How many letters go to these mandates: one a person and Party, whatever the number of mandates."""
    return len(set(mandates.order_by().values_list("person_id", "party_id")))


def _reminder_note(rows: Sequence[Call]) -> str:
    today = timezone.now().date()
    letters = sum(recipients(without_answer(call, today)) for call in rows)
    return ngettext(
        "%(count)d focal point of Parties without a nomination gets a letter, unless one went out today.",
        "%(count)d focal points of Parties without a nomination get a letter, unless one went out today.",
        letters,
    ) % {"count": letters}


def _extension_note(rows: Sequence[Call]) -> str:
    today = timezone.now().date()
    letters = sum(recipients(signatories(call, today)) for call in rows)
    return ngettext(
        "%(count)d focal point gets a letter with the new deadline and a personal link. A closed call opens again.",
        "%(count)d focal points get a letter with the new deadline and a personal link each. A closed call opens again.",
        letters,
    ) % {"count": letters}


def _extension_start(rows: Sequence[Call], now: datetime) -> dict[str, object]:
    first = rows[0]
    return later_on_its_clock(EXTENSION_DAYS, max(now, first.deadline_at), first.deadline_zone)


class ExtensionForm(MomentForm):
    """The new deadline, and why."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=REASON_LIMIT,
        required=False,
        help_text=gettext_lazy("If you give one, the letters quote it."),
        widget=forms.Textarea({"rows": 2}),
    )


def _extend(call: Call, answers: Mapping[str, Any], **how: Any) -> Call:
    return extend_call(call, answers["moment"], answers["zone"], reason=answers["reason"], **how)


def _change_note(rows: Sequence[Call]) -> str:
    return ngettext(
        "Nobody is written to; focal points read the new terms on their page.",
        "All %(count)d calls get the same terms. Nobody is written to; focal points read them on their page.",
        len(rows),
    ) % {"count": len(rows)}


def _change(call: Call, answers: Mapping[str, Any], *, by: Actor, at: datetime) -> Call:
    return change_call(call, terms_in(answers), seats_per_party=answers["seats_per_party"], by=by, at=at)


REMIND = WritingStep(
    name="remind",
    label=gettext_lazy("Remind the silent Parties"),
    mailing=gettext_lazy("Reminder of a call"),
    place=lambda call: call.workshop.reference,
    button=ngettext_lazy("Remind for %(count)d call", "Remind for %(count)d calls", "count"),
    done=ngettext_lazy("%(count)d reminder written.", "%(count)d reminders written.", "count"),
    note=_reminder_note,
    counts=int,
    fits=lambda call: call.state == CallState.OPEN,
    do=lambda call, _answers, **how: remind_call(call, **how),
)
EXTEND = WritingStep(
    name="extend",
    label=gettext_lazy("Extend the deadline"),
    mailing=gettext_lazy("Extension of a call"),
    place=lambda call: call.workshop.reference,
    button=ngettext_lazy("Extend %(count)d call", "Extend %(count)d calls", "count"),
    done=ngettext_lazy("%(count)d call extended.", "%(count)d calls extended.", "count"),
    note=_extension_note,
    form=ExtensionForm,
    start=_extension_start,
    # Until a selection is made a call that was closed may open again.
    fits=lambda call: call.state != CallState.CANCELLED and call.workshop.stage == WorkshopStage.CALLED,
    do=_extend,
)
CHANGE = Step(
    name="change_terms",
    label=gettext_lazy("Change the terms"),
    button=ngettext_lazy("Change the terms of %(count)d call", "Change the terms of %(count)d calls", "count"),
    done=ngettext_lazy("The terms of %(count)d call changed.", "The terms of %(count)d calls changed.", "count"),
    note=_change_note,
    form=TermsForm,
    start=lambda rows, _now: answers_of(rows[0]),
    fits=lambda call: call.state == CallState.OPEN,
    do=_change,
)
CLOSE = Step(
    name="close",
    label=gettext_lazy("Close the call"),
    button=ngettext_lazy("Close %(count)d call", "Close %(count)d calls", "count"),
    done=ngettext_lazy("%(count)d call closed.", "%(count)d calls closed.", "count"),
    note=lambda _rows: _("No nomination comes in after that."),
    fits=lambda call: call.state == CallState.OPEN,
    do=lambda call, _answers, by, at: close_call(call, by=by, at=at),
)
