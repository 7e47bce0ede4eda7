"""Another expert in the seat of one who was selected, as the Party's letter says (E29)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.actors import Actor
from accounts.admin.steps import Step
from accounts.portal.forms import AddressField
from participants.admin.nomination_steps import signature_form, signature_of
from participants.models import Nomination
from participants.models.nominations import NominationState, Sector
from participants.models.persons import Gender
from participants.verbs.candidates import Candidate
from participants.verbs.persons import LIMITS
from participants.verbs.substitutions import REASON_LIMIT, Substitute, substitute

ABOUT = ("name", "email", "passport_name", "gender", "language", "position", "phone")


def _line(label: Any, field: str, *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, max_length=LIMITS[field], required=required)


class ExpertForm(forms.Form):
    """Who comes instead, and why."""

    name = _line(_("name"), "name", required=True)
    email = AddressField(label=_("e-mail address"))
    passport_name = _line(_("name as in the passport"), "passport_name")
    gender = forms.ChoiceField(label=_("gender"), choices=Gender, initial=Gender.UNKNOWN)
    language = forms.ChoiceField(label=_("language"), choices=[("", "–"), *settings.LANGUAGES], required=False)
    position = _line(_("position"), "position")
    phone = _line(_("telephone"), "phone")
    sector = forms.ChoiceField(label=_("sector"), choices=Sector)
    reason = forms.CharField(label=_("reason"), max_length=REASON_LIMIT, widget=forms.Textarea({"rows": 2}))
    sunk = forms.DecimalField(
        label=_("spent on the first journey"),
        required=False,
        min_value=0,
        max_digits=10,
        decimal_places=2,
        help_text=_("What cannot be had back, in the currency of the selection; it stays charged to who was to pay."),
    )


def _form(rows: Sequence[Nomination]) -> type[forms.Form]:
    signed = signature_form(rows) if any(row.party_id for row in rows) else forms.Form
    return type("SubstituteForm", (ExpertForm, signed), {})


def _substitute(row: Nomination, answers: Mapping[str, Any], *, by: Actor, at: datetime) -> Nomination:
    details = Substitute(
        candidate=Candidate(**{name: answers[name] for name in ABOUT}),
        sector=answers["sector"],
        reason=answers["reason"],
        letter_date=answers.get("letter_date"),
        signature=signature_of(answers) if row.party_id else None,
        sunk=answers["sunk"],
    )
    return substitute(row, details, by=by, at=at)


SUBSTITUTE = Step(
    name="substitute",
    label=_("Put another in the seat"),
    button=ngettext_lazy("Replace %(count)d person", "Replace %(count)d people", "count"),
    done=ngettext_lazy("%(count)d person replaced.", "%(count)d people replaced.", "count"),
    grave=True,
    note=lambda _rows: _(
        "Seat and money follow to the other, who is invited at once if the first was. The first is told, and what was asked for "
        "the journey is deleted. Choose one person at a time."
    ),
    asks=_form,
    start=lambda rows, now: {"letter_date": now.date(), "sector": rows[0].sector},
    fits=lambda row: row.state == NominationState.SELECTED,
    do=_substitute,
)
