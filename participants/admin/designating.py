"""What is asked when a mandate is recorded, changed, ended or passed on, and the steps that call the verbs."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.actors import Actor
from accounts.admin.steps import Step
from accounts.portal.forms import AddressField
from correspondence.admin.writing import WritingStep
from participants.models import FocalPoint
from participants.verbs.deputies import end_deputy, name_deputy
from participants.verbs.focal_points import (
    DESIGNATION_LIMIT,
    change_mandate,
    designate,
    end_mandate,
    holder_named,
)
from participants.verbs.persons import LIMITS

ACCEPTED_FILES = ".pdf,.docx,.jpg,.jpeg,.png"
LANGUAGES = [("", _("The person's, else the Party's")), *settings.LANGUAGES]

if TYPE_CHECKING:
    _FocalPointForm = forms.ModelForm[FocalPoint]
else:  # Django's class takes no parameter when it runs
    _FocalPointForm = forms.ModelForm


def _day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    box = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=box, help_text=help_text)


def _language() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Language of correspondence"), choices=LANGUAGES, required=False)


def _scan() -> forms.FileField:
    return forms.FileField(
        label=_("Scan of the letter"),
        required=False,
        help_text=_("PDF, DOCX, JPEG or PNG, under 10 MB."),
        widget=forms.FileInput({"accept": ACCEPTED_FILES}),
    )


def _tell() -> forms.BooleanField:
    return forms.BooleanField(label=_("Tell the person by a letter"), required=False)


def letter_of(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the scan of a form as the verbs take it: its bytes and its name, or nothing."""
    file = answers.get("scan")
    if not file:
        return {}
    file.seek(0)  # one scan may stand for several mandates
    return {"letter": file.read(), "letter_name": file.name}


class DesignationEntry(_FocalPointForm):
    """A mandate as its letter tells it."""

    # Not the model's own field, which is the stored file.
    scan = _scan()
    tell = _tell()

    class Meta:
        model = FocalPoint
        fields = ("party", "person", "kind", "valid_from", "valid_to", "designation", "language")


class EndForm(forms.Form):
    """The first day on which the mandate no longer stands."""

    on = _day(_("Ends before"))


class ChangeForm(forms.Form):
    """How to write about a mandate, and the letter that made it."""

    language = _language()
    designation = forms.CharField(
        label=_("Letter of designation"),
        max_length=DESIGNATION_LIMIT,
        required=False,
        help_text=_("Reference and date."),
    )
    scan = _scan()


class HolderForm(forms.Form):
    """Somebody who is to hold a mandate: known by name and address together, else recorded."""

    name = forms.CharField(
        label=_("Name"), max_length=LIMITS["name"], help_text=_("As the person writes it; one name is enough.")
    )
    email = AddressField(label=_("E-mail address"))
    position = forms.CharField(label=_("Position"), max_length=LIMITS["position"], required=False)


class SuccessorForm(HolderForm):
    """Who follows, from when, by which letter."""

    valid_from = _day(_("From"), help_text=_("The mandate before this ends on that day and stays in the history."))
    designation = forms.CharField(
        label=_("Letter of designation"), max_length=DESIGNATION_LIMIT, help_text=_("Reference and date.")
    )
    language = _language()
    scan = _scan()
    tell = _tell()


class DeputyForm(HolderForm):
    """Who may stand in, and until when."""

    language = _language()
    until = _day(_("Ends before"), required=False, help_text=_("Left empty, the deputy stands as long as the mandate."))


def _end(mandate: FocalPoint, answers: Mapping[str, Any], *, by: Actor, at: datetime) -> FocalPoint:
    if mandate.deputy_of_id is not None:
        return end_deputy(mandate, on=answers["on"], by=by, at=at)
    return end_mandate(mandate, on=answers["on"], by=by, at=at)


def _change(mandate: FocalPoint, answers: Mapping[str, Any], *, by: Actor, at: datetime) -> FocalPoint:
    said = {name: answers[name] for name in ("language", "designation")}
    return change_mandate(mandate, **said, **letter_of(answers), by=by, at=at)


def _succeed(mandate: FocalPoint, answers: Mapping[str, Any], **how: Any) -> FocalPoint:
    by, at = how["by"], how["at"]
    said = {name: answers[name] for name in ("valid_from", "designation", "language", "tell")} | letter_of(answers)
    with transaction.atomic():  # nobody is recorded for a mandate that is refused
        person = holder_named(
            answers["name"],
            answers["email"],
            position=answers["position"],
            rehearsal=mandate.person.rehearsal,
            by=by,
            at=at,
        )
        return designate(mandate.party, person, mandate.kind, succeeds=mandate, **said, **how)


END = Step(
    name="end",
    label=_("End the mandate"),
    grave=True,
    button=ngettext_lazy("End %(count)d mandate", "End %(count)d mandates", "count"),
    done=ngettext_lazy("%(count)d mandate ended.", "%(count)d mandates ended.", "count"),
    note=lambda _rows: _(
        "From that day on the person can no longer nominate or submit for the Party. Deputies end on the same day."
    ),
    form=EndForm,
    start=lambda _rows, now: {"on": now.date()},
    fits=lambda mandate: mandate.valid_to is None,
    do=_end,
)
CHANGE = Step(
    name="change",
    label=_("Change language or letter"),
    button=ngettext_lazy("Change %(count)d mandate", "Change %(count)d mandates", "count"),
    done=ngettext_lazy("%(count)d mandate changed.", "%(count)d mandates changed.", "count"),
    note=lambda _rows: _("Without a new scan the one there is stays."),
    form=ChangeForm,
    start=lambda rows, _now: {"language": rows[0].language, "designation": rows[0].designation},
    do=_change,
)
SUCCESSOR = WritingStep(
    name="successor",
    label=_("Record a successor"),
    mailing=_("Designations recorded"),
    place=lambda mandate: mandate.party_id,
    button=ngettext_lazy(
        "Record the successor for %(count)d mandate", "Record the successor for %(count)d mandates", "count"
    ),
    done=ngettext_lazy("%(count)d successor recorded.", "%(count)d successors recorded.", "count"),
    note=lambda _rows: _("The mandate ends on the day the successor's begins; its deputies end with it."),
    form=SuccessorForm,
    start=lambda _rows, now: {"valid_from": now.date(), "tell": True},
    fits=lambda mandate: mandate.deputy_of_id is None,
    do=_succeed,
)
NAME_DEPUTY = WritingStep(
    name="name_deputy",
    label=_("Name a deputy"),
    mailing=_("Deputies named"),
    place=lambda mandate: mandate.party_id,
    button=ngettext_lazy("Name a deputy for %(count)d mandate", "Name a deputy for %(count)d mandates", "count"),
    done=ngettext_lazy("%(count)d deputy named.", "%(count)d deputies named.", "count"),
    note=lambda _rows: _("A deputy may nominate and submit for the Party as the focal point does."),
    form=DeputyForm,
    fits=lambda mandate: mandate.deputy_of_id is None and mandate.valid_to is None,
    do=lambda mandate, answers, **how: name_deputy(mandate, **answers, **how),
)
