"""Sessions of workshops."""

from django.db.models import QuerySet
from rest_framework import serializers

from accounts.api.fields import LocalizedField, ReferenceField
from accounts.api.filters import ChoiceFilter, NounFilters, OrderingFilter, TextFilter
from accounts.api.views import NounViewSet
from workshops.models import Session
from workshops.models.sessions import SessionKind
from workshops.queries import sessions


class SessionSerializer(serializers.ModelSerializer[Session]):
    """A part of the agenda, with the curriculum item it deals with."""

    workshop = ReferenceField("slug")
    curriculum_item = ReferenceField("code", allow_null=True)
    title = LocalizedField(read_only=True)

    class Meta:
        model = Session
        fields = read_only_fields = [
            "id", "workshop", "curriculum_item", "kind", "title", "room", "starts_at", "ends_at",
        ]  # fmt: skip


class SessionFilters(NounFilters):
    """By workshop, programme, kind and curriculum item."""

    workshop = TextFilter(field_name="workshop__slug", label="Slug of the workshop.")
    programme = TextFilter(field_name="workshop__programme__slug", label="Slug of the programme.")
    curriculum_item = TextFilter(field_name="curriculum_item__code", label="Code of the curriculum item: C1, C2, …")
    kind = ChoiceFilter(choices=SessionKind.choices)
    ordering = OrderingFilter(fields=["starts_at", "room"])


class SessionViewSet(NounViewSet[Session]):
    """Sessions of the workshops' agendas."""

    serializer_class = SessionSerializer
    filterset_class = SessionFilters

    def get_queryset(self) -> QuerySet[Session]:
        """Return the sessions this user may see."""
        return sessions.visible_to(self.request.user).select_related("workshop", "curriculum_item")
