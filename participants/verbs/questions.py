"""Questions about a computed proposal: asked by an organizer, answered by a worker with a solution of its own."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, Refused
from accounts.verbs.activities import record
from correspondence.hints import hint
from participants.models import Nomination, Selection, SelectionQuestion
from participants.models.questions import QuestionKind, QuestionState
from participants.models.selections import Origin, SelectionState
from participants.queries.computing import ATTEMPTS, unanswered
from participants.queries.problems import problem_in
from participants.verbs.proposals import locked
from planning.seats import Answer, Problem
from workshops.models import Contribution

ANSWER = "participants.tasks.answer_question"


def ask(
    selection: Selection,
    *,
    why_not: Nomination | None = None,
    one_more_by: Contribution | None = None,
    by: Actor,
    at: datetime,
) -> SelectionQuestion:
    """Ask why somebody is not in, or who would come in with one more seat: paid by a contribution, or by nobody.

    The same question is not asked twice: what is there is returned. Raises ``NotAllowed``, ``Invalid``
    (``not_in_selection``) and ``Refused`` (``not_computed``).
    """
    by.require_organizer()
    with transaction.atomic():
        selection = locked(selection)
        if selection.origin != Origin.COMPUTED or selection.state not in {
            SelectionState.PROPOSED,
            SelectionState.APPROVED,
        }:
            raise Refused("not_computed", _("Questions are about a selection that was computed."))
        if why_not is not None and str(why_not.pk) not in problem_in(selection.inputs).by_key:
            raise Invalid("not_in_selection", _("This person takes no seat for Parties here."), field="nomination")
        kind = QuestionKind.ONE_MORE if why_not is None else QuestionKind.WHY_NOT
        same = selection.questions.filter(kind=kind, nomination=why_not, contribution=one_more_by)
        question = same.exclude(state=QuestionState.FAILED).first()
        if question is None:
            question = SelectionQuestion.objects.create(
                selection=selection,
                kind=kind,
                nomination=why_not,
                contribution=one_more_by,
                asked_by=by.user,
                asked_at=at,
            )
            record("ask", selection, by=by, at=at, kind=kind.value)
            hint(ANSWER, str(question.pk))
    return question


def answer_question(question_id: UUID | str, *, at: datetime) -> SelectionQuestion | None:
    """Answer a question from the selection's frozen inputs; ``None`` when there is nothing to claim."""
    if not unanswered(at).filter(pk=question_id).update(beat_at=at, attempts=F("attempts") + 1):
        return None
    question = SelectionQuestion.objects.select_related("selection").get(pk=question_id)
    problem = problem_in(question.selection.inputs)
    answer = _as_computed(problem)
    found = _why_not(problem, answer, question) if question.nomination_id else _one_more(problem, answer, question)
    with transaction.atomic():
        row = SelectionQuestion.objects.select_for_update().get(pk=question.pk)
        row.state, row.answer, row.beat_at = QuestionState.ANSWERED, found, None
        row.save(update_fields=["state", "answer", "beat_at"])
    return row


def sweep_questions(*, at: datetime) -> int:
    """Hint at questions that no living worker is at; one that has cost three workers is given up. Return how many."""
    unanswered(at).filter(attempts__gte=ATTEMPTS).update(state=QuestionState.FAILED)
    keys = list(unanswered(at).values_list("pk", flat=True))
    with transaction.atomic():
        for key in keys:
            hint(ANSWER, str(key))
    return len(keys)


def _as_computed(problem: Problem) -> Answer:
    """Return the answer of the inputs as they were solved: overrides are no part of the question."""
    from planning.selection import select  # noqa: PLC0415  # HiGHS is loaded in a worker alone

    return select(problem)


def _why_not(problem: Problem, answer: Answer, question: SelectionQuestion) -> list[dict[str, Any]]:
    from planning.questions import why_not  # noqa: PLC0415

    price = why_not(problem, answer, str(question.nomination_id))
    return [{"code": "price", "facts": asdict(price)}]


def _one_more(problem: Problem, answer: Answer, question: SelectionQuestion) -> list[dict[str, Any]]:
    from planning.questions import one_more  # noqa: PLC0415

    room = next(iter(problem.room))
    donor, money = _paying(problem, answer, question)
    found = one_more(problem, answer, room, donor=donor, money=money)
    return [{"code": "one-more", "facts": {"enters": list(found.enters), "leaves": list(found.leaves), "money": money}}]


def _paying(problem: Problem, answer: Answer, question: SelectionQuestion) -> tuple[str, int]:
    """Return the budget of the contribution asked about, and the money that brings the first whom it may pay in."""
    if question.contribution_id is None:
        return "", 0
    from planning.reasons import explain  # noqa: PLC0415

    budgets = {
        each["key"]
        for each in question.selection.inputs["donors"]
        if each["contribution"] == str(question.contribution_id)
    }
    for reserve in explain(problem, answer)[1]:
        for key in reserve.payers:
            if key in budgets:
                return key, problem.by_key[reserve.key].cost
    return (min(budgets), 0) if budgets else ("", 0)
