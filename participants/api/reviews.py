"""Reviews and the criteria they are given on; as blind as the pages."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from accounts.api.fields import LocalizedField
from accounts.api.filters import BooleanFilter, NounFilters, OrderingFilter, TextFilter, UUIDFilter
from accounts.api.inputs import ClosedSerializer, parsed
from accounts.api.views import PersonalNounViewSet
from accounts.visitors import actor_of
from participants.api.papers import PapersViewSet
from participants.models import Criterion, Mark, Review
from participants.models.reviews import MOST_POINTS
from participants.queries import reviews
from participants.verbs.criteria import MOST_CRITERIA
from participants.verbs.reviews import NOTE_LIMIT, score


class CriterionSerializer(serializers.ModelSerializer[Criterion]):
    """One criterion of a call: 0 to most points are given on it, and each counts weight times."""

    name = LocalizedField(read_only=True)

    class Meta:
        model = Criterion
        fields = read_only_fields = ["id", "call", "position", "name", "weight", "most"]


class CriterionFilters(NounFilters):
    """By call and workshop."""

    call = UUIDFilter(field_name="call_id")
    workshop = TextFilter(field_name="call__workshop__slug", label="Slug of the workshop.")
    ordering = OrderingFilter(fields=["position"])


class CriterionViewSet(PersonalNounViewSet[Criterion]):
    """What nominees are scored on: organizers see all, reviewers those of the calls they review."""

    serializer_class = CriterionSerializer
    filterset_class = CriterionFilters

    def get_queryset(self) -> QuerySet[Criterion]:
        """Return the criteria this user may see."""
        return reviews.visible_criteria(self.request.user).order_by("call", "position")


class MarkSerializer(serializers.ModelSerializer[Mark]):
    """The points on one criterion."""

    class Meta:
        model = Mark
        fields = read_only_fields = ["criterion", "points"]


class ReviewSerializer(serializers.ModelSerializer[Review]):
    """One reviewer's scores of one nominee; points are 0 to 100. What was set aside counts no more."""

    call = serializers.UUIDField(source="nomination.call_id", read_only=True)
    reviewer = serializers.CharField(source="reviewer.user", read_only=True, help_text="Who scored.")
    marks = MarkSerializer(many=True, read_only=True)

    class Meta:
        model = Review
        fields = read_only_fields = [
            "id", "call", "nomination", "reviewer", "points", "marks", "note", "scored_at", "set_aside_at",
            "set_aside_reason",
        ]  # fmt: skip


class ReviewFilters(NounFilters):
    """By call, workshop, nomination and whether it counts."""

    call = UUIDFilter(field_name="nomination__call_id")
    workshop = TextFilter(field_name="nomination__call__workshop__slug", label="Slug of the workshop.")
    nomination = UUIDFilter(field_name="nomination_id")
    counts = BooleanFilter(
        field_name="set_aside_at", lookup_expr="isnull", label="Whether it counts: it was not set aside."
    )
    ordering = OrderingFilter(fields=["scored_at", "points"])


class ReviewViewSet(PersonalNounViewSet[Review]):
    """Reviews: a reviewer sees the own ones, and others' of a nominee once the own one is in; organizers see all.

    An organizer who reviews a call sees its reviews as a reviewer does.
    """

    serializer_class = ReviewSerializer
    filterset_class = ReviewFilters

    def get_queryset(self) -> QuerySet[Review]:
        """Return the reviews this user may see, the first one first."""
        seen = reviews.visible_to(self.request.user).select_related("nomination", "reviewer__user")
        return seen.prefetch_related("marks").order_by("scored_at", "id")


class MarkInputSerializer(ClosedSerializer):
    """Points on one criterion of the call."""

    criterion = serializers.UUIDField()
    points = serializers.IntegerField(min_value=0, max_value=MOST_POINTS)


class ReviewInputSerializer(ClosedSerializer):
    """Points on every criterion of the call, and a note."""

    marks = MarkInputSerializer(many=True, max_length=MOST_CRITERIA)  # type: ignore[call-arg]  # taken with many=True
    note = serializers.CharField(required=False, allow_blank=True, max_length=NOTE_LIMIT)

    def validate_marks(self, marks: list[dict[str, Any]]) -> dict[Any, int]:
        """Return the points by criterion; each is named once."""
        given = {each["criterion"]: each["points"] for each in marks}
        if len(given) < len(marks):
            raise serializers.ValidationError(_("A criterion is named twice."), code="named_twice")
        return given


class ReviewedViewSet(PapersViewSet):
    """What the nominations' view says of reviews."""

    @extend_schema(request=ReviewInputSerializer, responses={201: ReviewSerializer})
    @action(detail=True, methods=["post"])
    def reviews(self, request: Request, pk: str) -> Response:
        """Score a nominee of a call one reviews. The own review that counted before is set aside.

        Refused with 403 (`compatriot`) for nominees of the own Government, and with 409 (`others_seen`) for a second time
        once another reviewer's scores can be seen.
        """
        given = parsed(ReviewInputSerializer, request)
        # A reviewer does not see nominations as this noun shows them, with addresses; the verb says who may be scored.
        nomination = get_object_or_404(reviews.within_reach(request.user), pk=pk)
        review = score(nomination, given.pop("marks"), **given, by=actor_of(request), at=timezone.now())
        fresh = reviews.visible_to(request.user).select_related("nomination", "reviewer__user").get(pk=review.pk)
        address = reverse("api-reviews-detail", args=[review.pk], request=request)
        return Response(ReviewSerializer(fresh).data, status=status.HTTP_201_CREATED, headers={"Location": address})
