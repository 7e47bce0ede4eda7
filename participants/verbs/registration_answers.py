"""The stage of the organizers' own questions."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid
from participants.models import Invitation, Registration, RegistrationAnswer, RegistrationQuestion
from participants.models.asked import AnswerKind
from participants.models.registrations import RegistrationStage
from participants.queries.registration_answers import applying, options_of, questions_of
from participants.verbs.names import clean_text
from participants.verbs.registrations import hold, keep

LIMITS = {AnswerKind.LINE: 200, AnswerKind.TEXT: 2000}
NUMBER_MOST = 1_000_000


def save_answers(invitation: Invitation, answers: Mapping[UUID, Any], *, by: Actor, at: datetime) -> Registration:
    """Save what was answered, by question; an answer to a question that is not asked of this person is deleted.

    Raises as ``hold`` does and ``Invalid`` (``answer_missing``, ``answer_off``, ``too_long``) whose field is the question's id.
    """
    with transaction.atomic():
        row = hold(invitation, RegistrationStage.QUESTIONS, by=by, at=at)
        questions = questions_of(row.invitation.nomination.call.workshop)
        cleaned = {each.pk: clean_answer(each, answers.get(each.pk)) for each in questions}
        asked = applying(questions, cleaned)
        for each in asked:
            if each.needed and cleaned[each.pk] in (None, "", []):
                raise Invalid("answer_missing", _("Answer this question."), field=str(each.pk))
        keep(row, RegistrationStage.QUESTIONS, by=by, at=at)
        kept = {each.pk: cleaned[each.pk] for each in asked if cleaned[each.pk] not in (None, "", [])}
        row.answers.exclude(question__in=kept).delete()
        for key, value in kept.items():
            RegistrationAnswer.objects.update_or_create(
                registration=row, question_id=key, defaults={"value": json.dumps(value), "saved_at": at}
            )
    return row


def clean_answer(question: RegistrationQuestion, value: Any) -> Any:
    """Return an answer as it is kept; ``None`` for none. Raises ``Invalid`` (``answer_off``, ``too_long``)."""
    if value is None or value == "":
        return None
    field, limit = str(question.pk), LIMITS.get(AnswerKind(question.kind))
    if limit is not None and isinstance(value, str):
        return clean_text(value, limit=limit, field=field)
    if limit is not None or not _fits(question, value):
        raise Invalid("answer_off", _("This is no answer to the question; choose or enter it again."), field=field)
    return [key for key in options_of(question) if key in value] if isinstance(value, list) else value


def _fits(question: RegistrationQuestion, value: Any) -> bool:
    match question.kind:
        case AnswerKind.YES_NO:
            return isinstance(value, bool)
        case AnswerKind.CHOICE:
            return value in options_of(question)
        case AnswerKind.CHOICES:
            return isinstance(value, list) and set(map(str, value)) <= set(options_of(question))
        case AnswerKind.NUMBER:
            return type(value) is int and 0 <= value <= NUMBER_MOST
    return _is_day(value)


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False
