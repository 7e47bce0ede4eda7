"""Outputs of workshops."""

from django.db.models import QuerySet
from rest_framework import serializers

from accounts.api.fields import ReferenceField
from accounts.api.filters import NounFilters, OrderingFilter, TextFilter
from accounts.api.views import NounViewSet
from correspondence.api.files import StoredFileSerializer
from workshops.models import Output
from workshops.queries import outputs


class OutputSerializer(serializers.ModelSerializer[Output]):
    """One piece of evidence for one expectation at one workshop."""

    workshop = ReferenceField("slug")
    expectation = ReferenceField("code")
    file = StoredFileSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Output
        fields = read_only_fields = ["id", "workshop", "expectation", "title", "text", "file", "recorded_on"]


class OutputFilters(NounFilters):
    """By workshop, programme and expectation."""

    workshop = TextFilter(field_name="workshop__slug", label="Slug of the workshop.")
    programme = TextFilter(field_name="workshop__programme__slug", label="Slug of the programme.")
    expectation = TextFilter(field_name="expectation__code", label="Code of the expectation: O1, P1, …")
    ordering = OrderingFilter(fields=["recorded_on", "title"])


class OutputViewSet(NounViewSet[Output]):
    """What the workshops yielded, as evidence for the programme's expected outcomes and outputs; no row means none yet."""

    serializer_class = OutputSerializer
    filterset_class = OutputFilters

    def get_queryset(self) -> QuerySet[Output]:
        """Return the outputs this user may see."""
        return outputs.visible_to(self.request.user).select_related("workshop", "expectation", "file")
