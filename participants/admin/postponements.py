"""New days, put off until further notice, moved online: the steps stand on the workshop's page."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from correspondence.admin.writing import WritingStep
from participants.queries.invitations import standing_in
from participants.verbs.announcements import REASON_LIMIT
from participants.verbs.moves_online import move_online
from participants.verbs.postponements import postpone_workshop
from participants.verbs.put_offs import put_off_workshop
from workshops.models import Workshop
from workshops.models.workshops import WORKSHOP_STEPS, WorkshopStage


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


def _reason() -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        max_length=REASON_LIMIT,
        help_text=_("The letters quote it as it stands here."),
        widget=forms.Textarea({"rows": 3}),
    )


class DaysForm(forms.Form):
    """The new days, and why."""

    starts_on = _day(_("First day"))
    ends_on = _day(_("Last day"))
    reason = _reason()


class ReasonForm(forms.Form):
    """Why."""

    reason = _reason()


class RoomForm(forms.Form):
    """The virtual room, and why."""

    web_address = forms.URLField(
        label=_("Address of the room"),
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text=_("Invited people alone are told it. Leave it empty to tell it later by the same step."),
    )
    reason = _reason()


def _ahead(row: Workshop) -> bool:
    return WorkshopStage.CANCELLED in WORKSHOP_STEPS[row.stage]


def _note(rows: Sequence[Workshop]) -> str:
    invited = standing_in(rows).count()
    return ngettext(
        "%(count)d invited person gets a letter with the new calendar file; nominees and focal points concerned get one too. "
        "Nominations, selection and answers stand, and the agenda moves along.",
        "%(count)d invited people get a letter with the new calendar file; nominees and focal points concerned get one too. "
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
    fits=_ahead,
    do=lambda row, answers, **how: postpone_workshop(row, **answers, **how),
)


def _put_off_note(rows: Sequence[Workshop]) -> str:
    invited = standing_in(rows).count()
    return ngettext(
        "%(count)d invited person gets a letter that takes the workshop out of the calendar; nominees and focal points concerned "
        "get one too. Nominations, selection and answers stand, an open call stays open until its deadline.",
        "%(count)d invited people get a letter that takes the workshop out of the calendar; nominees and focal points concerned "
        "get one too. Nominations, selection and answers stand, an open call stays open until its deadline.",
        invited,
    ) % {"count": invited}


PUT_OFF = WritingStep(
    name="put_off",
    label=_("Put off until further notice"),
    mailing=_("Postponement until further notice"),
    place=lambda row: row.reference,
    button=ngettext_lazy("Put off %(count)d workshop", "Put off %(count)d workshops", "count"),
    done=ngettext_lazy("%(count)d workshop put off.", "%(count)d workshops put off.", "count"),
    note=_put_off_note,
    form=ReasonForm,
    fits=lambda row: _ahead(row) and not row.put_off,
    do=lambda row, answers, **how: put_off_workshop(row, **answers, **how),
)


def _online_note(rows: Sequence[Workshop]) -> str:
    invited = standing_in(rows).count()
    return ngettext(
        "%(count)d invited person gets a letter with the room and the new calendar file; nominees and focal points concerned get "
        "one too. Nominations, selection and answers stand; letters for visas are no longer written.",
        "%(count)d invited people get a letter with the room and the new calendar file; nominees and focal points concerned get "
        "one too. Nominations, selection and answers stand; letters for visas are no longer written.",
        invited,
    ) % {"count": invited}


MOVE_ONLINE = WritingStep(
    name="move_online",
    label=_("Move online"),
    mailing=_("Moved online"),
    place=lambda row: row.reference,
    button=ngettext_lazy("Move %(count)d workshop online", "Move %(count)d workshops online", "count"),
    done=ngettext_lazy("%(count)d workshop moved online.", "%(count)d workshops moved online.", "count"),
    note=_online_note,
    form=RoomForm,
    start=lambda rows, _now: {"web_address": rows[0].web_address if rows[0].online else ""},
    fits=lambda row: _ahead(row) and not row.put_off,
    do=lambda row, answers, **how: move_online(row, **answers, **how),
)
