"""Calls for nominations."""

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.fields import LocalizedField, ReferenceField
from accounts.api.filters import ChoiceFilter, NounFilters, OrderingFilter, TextFilter
from accounts.api.inputs import ClosedSerializer, parsed
from accounts.api.views import PersonalNounViewSet
from accounts.visitors import actor_of
from participants.models import Call
from participants.models.calls import CallState
from participants.queries import calls
from participants.verbs.extensions import extend_call


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


class ExtensionInputSerializer(ClosedSerializer):
    """Until when nominations are taken: a moment, and the IANA zone whose clock the letters name."""

    deadline_at = serializers.DateTimeField()
    deadline_zone = serializers.CharField(max_length=60)


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

    @extend_schema(request=ExtensionInputSerializer, responses=CallSerializer)
    @action(detail=True, methods=["post"])
    def extend(self, request: Request, pk: str) -> Response:  # noqa: ARG002  # the router's signature
        """Extend a call. Every focal point who may nominate gets a letter, and a closed call opens again."""
        given = parsed(ExtensionInputSerializer, request)
        return self.shown(extend_call(self.get_object(), **given, by=actor_of(request), at=timezone.now()))
