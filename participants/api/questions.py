"""Questions about a computed selection, answered in the background."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.inputs import parsed
from accounts.api.references import named
from accounts.models import User
from accounts.visitors import actor_of
from participants.api.reserves import ReservesViewSet
from participants.api.selection_inputs import QuestionInputSerializer
from participants.models import SelectionQuestion
from participants.queries import nominations
from participants.queries.computing import visible_questions
from participants.verbs.questions import ask
from workshops.queries import contributions


class ReasonSerializer(serializers.Serializer[Any]):
    """A code, and the facts that a sentence needs to say it; what facts there are depends on the code."""

    code = serializers.CharField(read_only=True)
    facts = serializers.DictField(read_only=True)


class SelectionQuestionSerializer(serializers.ModelSerializer[SelectionQuestion]):
    """A question and, once it is answered, the answer as codes with their facts.

    kind is why-not, about nomination, or one-more, a seat that contribution would pay; contribution is null for a seat at
    nobody's cost. `price` names the first level that gets worse when the person is taken in (`rules`: none can hold it),
    `one-more` who enters and who leaves, by nomination.
    """

    answer = ReasonSerializer(many=True, read_only=True)
    asked_by = serializers.StringRelatedField[User](allow_null=True)

    class Meta:
        model = SelectionQuestion
        fields = read_only_fields = [
            "id", "kind", "nomination", "contribution", "state", "answer", "asked_by", "asked_at",
        ]  # fmt: skip


class QuestionsViewSet(ReservesViewSet):
    """What the selections' view says of questions."""

    @extend_schema(responses=SelectionQuestionSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def questions(self, request: Request, pk: str) -> Response:  # noqa: ARG002  # the router's signature
        """List what was asked about a selection. The newest question is first."""
        asked = visible_questions(request.user).filter(selection=self.get_object()).select_related("asked_by")
        return Response(SelectionQuestionSerializer(asked.order_by("-asked_at", "-id"), many=True).data)

    @extend_schema(request=QuestionInputSerializer, responses={202: SelectionQuestionSerializer})
    @questions.mapping.post
    def ask(self, request: Request, pk: str) -> Response:
        """Ask why somebody is not in, or who would come in with one more seat. A worker answers; read the questions for it.

        A question that was asked before is returned with its answer and not computed again.
        """
        given = parsed(QuestionInputSerializer, request)
        selection = self.get_object()
        about: dict[str, Any] = {}
        if "why_not" in given:
            of_call = nominations.visible_to(request.user).filter(call=selection.call_id)
            about["why_not"] = named(of_call, given["why_not"], field="why_not")
        elif given["one_more_by"] is not None:
            paying = contributions.visible_to(request.user)
            about["one_more_by"] = named(paying, given["one_more_by"], field="one_more_by")
        question = ask(selection, **about, by=actor_of(request), at=timezone.now())
        where = self.reverse_action("questions", args=[pk])
        shown = SelectionQuestionSerializer(question).data
        return Response(shown, status=status.HTTP_202_ACCEPTED, headers={"Location": where})
