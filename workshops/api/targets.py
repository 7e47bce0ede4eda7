"""Global targets."""

from django.db.models import QuerySet
from rest_framework import serializers

from accounts.api.fields import LocalizedField, TextListField
from accounts.api.filters import BooleanFilter, NounFilters, NumberFilter, OrderingFilter, TextFilter
from accounts.api.views import SLUG_PATTERN, NounViewSet
from workshops.models import Framework, Target
from workshops.queries import targets


class FrameworkSerializer(serializers.ModelSerializer[Framework]):
    """A set of targets; it exists from the day it was adopted."""

    title = LocalizedField(read_only=True)

    class Meta:
        model = Framework
        fields = read_only_fields = ["slug", "title", "adopted_on", "due_on", "source"]


class TargetSerializer(serializers.ModelSerializer[Target]):
    """One global target, by a code that is unique over all frameworks."""

    framework = FrameworkSerializer(read_only=True)
    title = LocalizedField(read_only=True)
    summary = LocalizedField(read_only=True)
    elements = TextListField(read_only=True)

    class Meta:
        model = Target
        fields = read_only_fields = [
            "code", "framework", "number", "goal", "title", "summary", "elements", "due_on", "area_based",
        ]  # fmt: skip


class TargetFilters(NounFilters):
    """By framework and by what is measured."""

    framework = TextFilter(field_name="framework_id", label="Slug of the framework: aichi, kmgbf, …")
    number = NumberFilter()
    area_based = BooleanFilter(label="Whether progress is measured in hectares.")
    ordering = OrderingFilter(fields=["code", "number", "due_on"])


class TargetViewSet(NounViewSet[Target]):
    """Global targets (Aichi, Kunming-Montreal, land degradation neutrality, Bonn Challenge) with their frameworks."""

    serializer_class = TargetSerializer
    filterset_class = TargetFilters
    lookup_field = "code"
    lookup_value_regex = SLUG_PATTERN

    def get_queryset(self) -> QuerySet[Target]:
        """Return the targets this user may see."""
        return targets.visible_to(self.request.user).select_related("framework")
