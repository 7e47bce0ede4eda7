"""Moving workshops to other days; the step stands on the workshop's page."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from correspondence.admin.writing import WritingStep
from participants.queries.invitations import standing_in
from participants.verbs.postponements import REASON_LIMIT, postpone_workshop
from workshops.models import Workshop
from workshops.models.workshops import WORKSHOP_STEPS, WorkshopStage


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


class DaysForm(forms.Form):
    """The new days, and why."""

    starts_on = _day(_("First day"))
    ends_on = _day(_("Last day"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LIMIT,
        help_text=_("The letters quote it as it stands here."),
        widget=forms.Textarea({"rows": 3}),
    )


def _note(rows: Sequence[Workshop]) -> str:
    invited = standing_in(rows).count()
    return ngettext(
        "%(count)d invited person gets a letter with the new calendar file, focal points concerned get one too. "
        "Nominations, selection and answers stand, and the agenda moves along.",
        "%(count)d invited people get a letter with the new calendar file, focal points concerned get one too. "
        "Nominations, selection and answers stand, and the agenda moves along.",
        invited,
    ) % {"count": invited}


def _start(rows: Sequence[Workshop], _now: datetime) -> Mapping[str, date]:
    return {"starts_on": rows[0].starts_on, "ends_on": rows[0].ends_on}


POSTPONE = WritingStep(
    name="postpone",
    label=_("Move to other days"),
    mailing=_("Postponement"),
    place=lambda row: row.reference,
    button=ngettext_lazy("Move %(count)d workshop", "Move %(count)d workshops", "count"),
    done=ngettext_lazy("%(count)d workshop moved.", "%(count)d workshops moved.", "count"),
    note=_note,
    form=DaysForm,
    start=_start,
    fits=lambda row: WorkshopStage.CANCELLED in WORKSHOP_STEPS[row.stage],
    do=lambda row, answers, **how: postpone_workshop(row, **answers, **how),
)
