"""What a registration says, read back to its person before and after confirming."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from documents.dates import full_day
from participants.models import Registration
from participants.models.invitations import InvitationState
from participants.models.registrations import RegistrationStage
from participants.portal.invited import Invited, invited
from participants.portal.question_forms import QuestionsForm
from participants.portal.registrations import FORMS, SEALED, Step, start_of, steps_of
from participants.queries.asked import closed, closes_at
from participants.queries.registration_answers import given, questions_of
from participants.queries.registrations import of_invitation
from participants.queries.travel_documents import masked_number, warnings
from participants.queries.visas import rule_for
from workshops.models import Party


class Told(NamedTuple):
    """One stage: its place in the list, what was told there as label and words, and whether this door opens it."""

    step: Step
    rows: list[tuple[str, str]]
    opens: bool


@require_safe
@invited
def told(request: HttpRequest, door: Invited) -> HttpResponse:
    """Show all that was told, the numbers of documents but for their ends, and take the word that it is right."""
    registration, now = of_invitation(door.invitation), timezone.now()
    if registration is None or door.invitation.state != InvitationState.ACCEPTED:
        return redirect(door.here)
    steps, workshop = steps_of(door, registration), door.invitation.nomination.call.workshop
    context = {
        "workshop": workshop,
        "practice": workshop.programme.rehearsal_of_id,
        "registration": registration,
        "stages": [_read(door, registration, step, now) for step in steps],
        "lacking": [each for each in steps if each.needed and not each.done],
        "warnings": warnings(registration) if door.fresh else [],
        "rule": rule_for(registration) if door.fresh else None,
        "closed": closed(workshop, now),
        "closes_at": closes_at(workshop),
        "door": door,
    }
    return render(request, "my/told.html", context)


def _read(door: Invited, registration: Registration, step: Step, at: datetime) -> Told:
    opens = door.fresh or step.stage not in SEALED
    rows = list(_rows(_form(door, registration, step.stage, at))) if opens and step.done else []
    return Told(step, rows, opens)


def _form(door: Invited, registration: Registration, stage: RegistrationStage, at: datetime) -> forms.Form:
    """Return the form of a stage as its page would begin: labels and choices are said there once."""
    if stage == RegistrationStage.QUESTIONS:
        questions = questions_of(door.invitation.nomination.call.workshop)
        return QuestionsForm(questions=questions, answers=given(registration))
    return FORMS[stage](initial=start_of(door, stage, registration, at))


def _rows(form: forms.Form) -> Iterator[tuple[str, str]]:
    """Yield label and words of each field that says something; of a second document nothing but for its number."""
    start: Mapping[str, Any] = form.initial
    for name, field in form.fields.items():
        if name not in start or (name.startswith("second_") and not start.get("second_number")):
            continue
        words = _words(field, start[name], masked=name.endswith("number"))
        if words:
            yield str(field.label), words


def _words(field: forms.Field, value: Any, *, masked: bool) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(field.widget, forms.HiddenInput) or not value:
        return ""
    if isinstance(field, forms.ModelChoiceField):
        return str(value if isinstance(value, Party) else Party.objects.filter(pk=value).first() or "")
    if isinstance(field, forms.DateField):
        return full_day(value if isinstance(value, date) else date.fromisoformat(value), get_language() or "en")
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in cast("Iterable[tuple[Any, Any]]", field.choices)}
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(labels.get(str(key), str(key)) for key in chosen)
    return masked_number(value) if masked else str(value)
