"""Selections."""

from django.db.models import QuerySet
from rest_framework import serializers

from accounts.api.filters import ChoiceFilter, NounFilters, OrderingFilter, TextFilter, UUIDFilter
from accounts.models import User
from participants.api.reserves import ReservesViewSet
from participants.api.selection_papers import SelectionPapersViewSet
from participants.models import Selection, SelectionEntry
from participants.models.selections import SelectionState
from participants.queries import selections


class SelectionEntrySerializer(serializers.ModelSerializer[SelectionEntry]):
    """What the selection says of one nomination, and why; reserves have a place from 1 up."""

    class Meta:
        model = SelectionEntry
        fields = read_only_fields = ["nomination", "outcome", "position", "reason"]


class SelectionSerializer(serializers.ModelSerializer[Selection]):
    """One decision on all nominations of a call."""

    entries = SelectionEntrySerializer(many=True, read_only=True)
    decided_by = serializers.StringRelatedField[User]()

    class Meta:
        model = Selection
        fields = read_only_fields = [
            "id", "call", "number", "state", "seats", "decided_by", "decided_at", "note", "entries",
        ]  # fmt: skip


class SelectionFilters(NounFilters):
    """By call, workshop and state."""

    call = UUIDFilter(field_name="call_id")
    workshop = TextFilter(field_name="call__workshop__slug", label="Slug of the workshop.")
    state = ChoiceFilter(choices=SelectionState.choices)
    ordering = OrderingFilter(fields=["decided_at", "number"])


class SelectionViewSet(ReservesViewSet, SelectionPapersViewSet):
    """Selections with a reason for every nomination; the organizers' own papers."""

    serializer_class = SelectionSerializer
    filterset_class = SelectionFilters

    def get_queryset(self) -> QuerySet[Selection]:
        """Return the selections this user may see."""
        return selections.visible_to(self.request.user).select_related("decided_by").prefetch_related("entries")
