"""The form of the organizers' own questions, made of their rows in the page's language."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.texts import localized
from participants.models import Invitation, RegistrationQuestion
from participants.models.asked import AnswerKind
from participants.portal.forms import day_field
from participants.portal.registration_forms import StageForm
from participants.queries.registration_answers import NO, YES, Answers, applying
from participants.verbs.registration_answers import NUMBER_MOST, save_answers


def field_for(question: RegistrationQuestion) -> forms.Field:
    """Return the field that takes an answer to a question; whether it must be answered is the verb's to say."""
    options = [(option["key"], localized(option["label"])) for option in question.options]
    field = _MAKERS[AnswerKind(question.kind)](options)
    field.label, field.help_text, field.required = localized(question.label), localized(question.help), False
    return field


_MAKERS: Mapping[AnswerKind, Callable[[list[tuple[str, str]]], forms.Field]] = {
    AnswerKind.LINE: lambda _options: forms.CharField(widget=forms.TextInput(attrs={"dir": "auto"})),
    AnswerKind.TEXT: lambda _options: forms.CharField(widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})),
    AnswerKind.YES_NO: lambda _options: forms.ChoiceField(
        choices=[(YES, _("Yes")), (NO, _("No"))], widget=forms.RadioSelect
    ),
    AnswerKind.CHOICE: lambda options: forms.ChoiceField(choices=[("", "–"), *options]),
    AnswerKind.CHOICES: lambda options: forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple),
    AnswerKind.NUMBER: lambda _options: forms.IntegerField(min_value=0, max_value=NUMBER_MOST),
    AnswerKind.DAY: lambda _options: day_field(""),
}


class QuestionsForm(StageForm):
    """The questions asked of somebody who answered so far as ``answers`` and what is sent say.

    Without scripts a question that depends on an answer appears when the page comes back: ``opened`` says that some did, which
    the sender has not seen yet (``seen`` names those that were on the page).
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, questions: Sequence[RegistrationQuestion] = (), answers: Answers | None = None, **kwargs: Any
    ) -> None:
        self.known: Mapping[UUID, Any] = answers or {}
        start = {str(key): _as_shown(value) for key, value in self.known.items()}
        super().__init__(*args, **kwargs | {"initial": start})
        sent = {each.pk: _sent(each, self.data) for each in questions if str(each.pk) in self.data}
        self.shown = applying(questions, {**self.known, **sent})
        self.fields |= {str(each.pk): field_for(each) for each in self.shown}
        self._had_seen = set(self.data.get("seen", "").split())
        self.initial["seen"] = " ".join(str(each.pk) for each in self.shown)
        if isinstance(self.data, QueryDict):  # the page that comes back has seen more than the one that was sent
            sent_again = self.data.copy()
            sent_again["seen"] = self.initial["seen"]
            self.data = sent_again
        self.dress()

    def answers(self) -> dict[UUID, Any]:
        """Return what was answered, by question."""
        return {each.pk: _as_kept(each, self.cleaned_data.get(str(each.pk))) for each in self.shown}

    def opened(self) -> bool:
        """Whether the answers just given ask for more, which the page shows when it comes back."""
        unanswered = {str(each.pk) for each in self.shown if str(each.pk) not in self.data}
        return not unanswered <= self._had_seen

    def store(self, invitation: Invitation, *, by: Actor, at: datetime) -> None:
        save_answers(invitation, self.answers(), by=by, at=at)


def _sent(question: RegistrationQuestion, data: Any) -> Any:
    key = str(question.pk)
    return data.getlist(key) if question.kind == AnswerKind.CHOICES else data.get(key)


def _as_shown(value: Any) -> Any:
    return (YES if value else NO) if isinstance(value, bool) else value


def _as_kept(question: RegistrationQuestion, value: Any) -> Any:
    if question.kind == AnswerKind.YES_NO and value:
        return value == YES
    return value.isoformat() if isinstance(value, date) else value
