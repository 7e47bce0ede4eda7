"""Focal points."""

from datetime import date

from django.db.models import QuerySet
from rest_framework import serializers

from accounts.api.filters import ChoiceFilter, DayFilter, NounFilters, OrderingFilter, TextFilter
from accounts.api.views import PersonalNounViewSet
from participants.api.persons import ContactSerializer
from participants.models import FocalPoint
from participants.models.focal_points import FocalPointKind
from participants.queries import focal_points


class FocalPointSerializer(serializers.ModelSerializer[FocalPoint]):
    """A mandate in the half-open range of days [valid_from, valid_to)."""

    person = ContactSerializer(read_only=True)

    class Meta:
        model = FocalPoint
        fields = read_only_fields = ["id", "party", "kind", "person", "valid_from", "valid_to", "designation"]


class FocalPointFilters(NounFilters):
    """By Party, kind and day."""

    party = TextFilter(field_name="party_id", label="Code of the Party.")
    kind = ChoiceFilter(choices=FocalPointKind.choices)
    on = DayFilter(method="keep_standing", label="Mandates that stand on this day.")
    ordering = OrderingFilter(fields=["party", "kind", "valid_from"])

    def keep_standing(self, rows: QuerySet[FocalPoint], name: str, day: date) -> QuerySet[FocalPoint]:  # noqa: ARG002
        """Keep the mandates that stand on the day."""
        return rows.filter(pk__in=focal_points.standing(day))


class FocalPointViewSet(PersonalNounViewSet[FocalPoint]):
    """Mandates of focal points: organizers see all, others their own and those of their Party."""

    serializer_class = FocalPointSerializer
    filterset_class = FocalPointFilters

    def get_queryset(self) -> QuerySet[FocalPoint]:
        """Return the mandates this user may see."""
        return focal_points.visible_to(self.request.user).select_related("person__organization")
