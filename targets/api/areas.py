"""Areas of national targets."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.filters import NounFilters, OrderingFilter, TextFilter, UUIDFilter
from accounts.api.views import PersonalNounViewSet
from targets.models import Area
from targets.queries import areas


@extend_schema_field({"type": "object", "nullable": True, "additionalProperties": True})
class GeometryOutField(serializers.JSONField):
    """A GeoJSON geometry in WGS 84, or null when only the name is known."""


class AreaSerializer(serializers.ModelSerializer[Area]):
    """A named area, with the submission and the Party it belongs to."""

    submission = serializers.UUIDField(source="item.submission_id", read_only=True)
    party = serializers.CharField(source="item.submission.party_id", read_only=True)
    geometry = GeometryOutField(read_only=True)

    class Meta:
        model = Area
        fields = read_only_fields = ["id", "item", "submission", "party", "name", "geometry", "hectares_stated"]


class AreaFilters(NounFilters):
    """By Party, programme, submission and name."""

    party = TextFilter(field_name="item__submission__party_id", label="Code of the Party.")
    programme = TextFilter(field_name="item__submission__programme__slug", label="Slug of the programme.")
    submission = UUIDFilter(field_name="item__submission_id")
    search = TextFilter(field_name="name", lookup_expr="icontains", label="Part of the name.")
    ordering = OrderingFilter(fields=["name", "hectares_stated"])


class AreaViewSet(PersonalNounViewSet[Area]):
    """Areas to conserve or restore, of the submissions the user may see."""

    serializer_class = AreaSerializer
    filterset_class = AreaFilters

    def get_queryset(self) -> QuerySet[Area]:
        """Return the areas this user may see."""
        return areas.visible_to(self.request.user).select_related("item__submission")
