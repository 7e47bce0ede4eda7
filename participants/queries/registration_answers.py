"""The organizers' own questions: which are asked of whom, and what was answered."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from participants.models import Registration, RegistrationQuestion
from participants.models.asked import AnswerKind
from workshops.models import Workshop

Answers = Mapping[UUID, Any]
YES, NO = "yes", "no"


def questions_of(workshop: Workshop) -> list[RegistrationQuestion]:
    """Return the questions a workshop asks now, in their order."""
    return list(workshop.registration_questions.filter(closed_at__isnull=True))


def given(registration: Registration) -> dict[UUID, Any]:
    """Return the answers of a registration by question, as text, number, truth value, key or list of keys."""
    return {each.question_id: json.loads(each.value) for each in registration.answers.all()}


def applying(questions: Sequence[RegistrationQuestion], answers: Answers) -> list[RegistrationQuestion]:
    """Return the questions that are asked of somebody who answered so; of a chain of conditions each must hold."""
    asked: dict[UUID, RegistrationQuestion] = {}
    waiting = list(questions)
    while True:
        now = [each for each in waiting if _holds(each, asked, answers)]
        if not now:
            return [each for each in questions if each.pk in asked]
        asked |= {each.pk: each for each in now}
        waiting = [each for each in waiting if each.pk not in asked]


def _holds(question: RegistrationQuestion, asked: Mapping[UUID, Any], answers: Answers) -> bool:
    key = question.depends_on_id
    return key is None or (key in asked and question.depends_value in keys_of(answers.get(key)))


def keys_of(answer: Any) -> set[str]:
    """Return what a condition can be compared with: ``yes`` or ``no``, the key of a choice, or several."""
    if isinstance(answer, bool):
        return {YES if answer else NO}
    return set(answer) if isinstance(answer, list) else {str(answer)} if answer is not None else set()


def options_of(question: RegistrationQuestion) -> list[str]:
    """Return the keys that an answer may have: of the choices, or ``yes`` and ``no``."""
    if question.kind == AnswerKind.YES_NO:
        return [YES, NO]
    return [option["key"] for option in question.options]
