"""Calls for nominations."""

from django.db.models import QuerySet
from rest_framework import serializers

from accounts.api.fields import LocalizedField, ReferenceField
from accounts.api.filters import ChoiceFilter, NounFilters, OrderingFilter, TextFilter
from accounts.api.views import PersonalNounViewSet
from participants.models import Call
from participants.models.calls import CallState
from participants.queries import calls


class CallSerializer(serializers.ModelSerializer[Call]):
    """A call to one workshop; deadline_at is in UTC, deadline_zone the zone it was set in."""

    workshop = ReferenceField("slug")
    criteria = LocalizedField(read_only=True)

    class Meta:
        model = Call
        fields = read_only_fields = [
            "id", "symbol", "workshop", "state", "opened_at", "deadline_at", "deadline_zone", "seats_per_party",
            "criteria",
        ]  # fmt: skip


class CallFilters(NounFilters):
    """By workshop, programme and state."""

    workshop = TextFilter(field_name="workshop__slug", label="Slug of the workshop.")
    programme = TextFilter(field_name="workshop__programme__slug", label="Slug of the programme.")
    state = ChoiceFilter(choices=CallState.choices)
    ordering = OrderingFilter(fields=["opened_at", "deadline_at"])


class CallViewSet(PersonalNounViewSet[Call]):
    """Calls for nominations: organizers see all, focal points those to their Party, nominees their own."""

    serializer_class = CallSerializer
    filterset_class = CallFilters

    def get_queryset(self) -> QuerySet[Call]:
        """Return the calls this user may see."""
        return calls.visible_to(self.request.user).select_related("workshop")
