"""Submissions of national targets."""

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.fields import ReferenceField
from accounts.api.filters import ChoiceFilter, NounFilters, NumberFilter, OrderingFilter, TextFilter
from accounts.api.inputs import parsed
from accounts.api.references import named
from accounts.api.views import PersonalNounViewSet
from accounts.visitors import actor_of
from targets.api.items import TargetItemSerializer
from targets.api.submission_inputs import ReturnInputSerializer, SubmissionInputSerializer, draft
from targets.models import Submission
from targets.models.submissions import SubmissionState
from targets.queries import submissions
from targets.verbs.submissions import accept_submission, return_submission, submit_targets
from workshops.queries import parties, programmes, workshops


class SubmissionSerializer(serializers.ModelSerializer[Submission]):
    """One version of a Party's national targets; the contents of a version never change."""

    programme = ReferenceField("slug")
    workshop = ReferenceField("slug", allow_null=True)
    items = TargetItemSerializer(many=True, read_only=True)

    class Meta:
        model = Submission
        fields = read_only_fields = [
            "id", "programme", "workshop", "party", "version", "state", "submitted_at", "decided_at",
            "return_reason", "note", "items",
        ]  # fmt: skip


class SubmissionFilters(NounFilters):
    """By programme, workshop, Party, version and state."""

    programme = TextFilter(field_name="programme__slug", label="Slug of the programme.")
    workshop = TextFilter(field_name="workshop__slug", label="Slug of the workshop.")
    party = TextFilter(field_name="party_id", label="Code of the Party.")
    version = NumberFilter()
    state = ChoiceFilter(choices=SubmissionState.choices)
    ordering = OrderingFilter(fields=["party", "version", "submitted_at", "state"])


class SubmissionViewSet(PersonalNounViewSet[Submission]):
    """National targets, version by version: organizers see all, focal points and participants those of their Party."""

    serializer_class = SubmissionSerializer
    filterset_class = SubmissionFilters

    def get_queryset(self) -> QuerySet[Submission]:
        """Return the submissions this user may see."""
        joined = submissions.visible_to(self.request.user).select_related("programme", "workshop")
        return joined.prefetch_related("items__areas", "items__global_targets")

    @extend_schema(request=SubmissionInputSerializer, responses={201: SubmissionSerializer})
    def create(self, request: Request) -> Response:
        """Submit the next version of a Party's national targets. A version that waits for review is superseded by it."""
        given = parsed(SubmissionInputSerializer, request)
        user = request.user
        workshop = given.get("workshop")
        submission = submit_targets(
            named(programmes.visible_to(user), given["programme"], by="slug", field="programme"),
            named(parties.visible_to(user), given["party"], field="party"),
            items=[draft(item) for item in given["items"]],
            workshop=named(workshops.visible_to(user), workshop, by="slug", field="workshop") if workshop else None,
            note=given.get("note", ""),
            by=actor_of(request),
            at=timezone.now(),
        )
        return self.shown(submission, 201)

    @extend_schema(request=None, responses=SubmissionSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:  # noqa: ARG002  # the router's signature
        """Accept a submission after review. Compilations take the accepted version."""
        return self.shown(accept_submission(self.get_object(), by=actor_of(request), at=timezone.now()))

    @extend_schema(request=ReturnInputSerializer, responses=SubmissionSerializer)
    @action(detail=True, methods=["post"], url_path="return")
    def send_back(self, request: Request, pk: str) -> Response:  # noqa: ARG002  # the router's signature
        """Return a submission to the Party. The reason says what to change; the Party submits a new version."""
        given = parsed(ReturnInputSerializer, request)
        return self.shown(return_submission(self.get_object(), **given, by=actor_of(request), at=timezone.now()))
