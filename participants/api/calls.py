"""Calls for nominations."""

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from accounts.api.fields import LocalizedField, NumberListField, ReferenceField, TextListField
from accounts.api.filters import ChoiceFilter, NounFilters, OrderingFilter, TextFilter
from accounts.api.inputs import ClosedSerializer, parsed
from accounts.visitors import actor_of
from participants.api.rules import RulesViewSet
from participants.api.selections import SelectionDetailSerializer
from participants.models import Call, CallExtension
from participants.models.calls import CallState
from participants.queries import calls
from participants.verbs.extensions import REASON_LIMIT, extend_call
from participants.verbs.proposals import request_proposal


class CallExtensionSerializer(serializers.ModelSerializer[CallExtension]):
    """One extension: the deadline before and the one after; what was sent before is judged by the one before."""

    class Meta:
        model = CallExtension
        fields = read_only_fields = [
            "extended_at", "previous_at", "previous_zone", "deadline_at", "deadline_zone", "reason",
        ]  # fmt: skip


class CallSerializer(serializers.ModelSerializer[Call]):
    """A call to one workshop; deadline_at is in UTC, deadline_zone the zone it was set in.

    funded_seats of each eligible Party are financed; funded_lists are regions or lists of them that make a Party eligible on
    the day of the call, none means every Party. reminder_days are days before the deadline.
    """

    workshop = ReferenceField("slug")
    thematic_areas = LocalizedField(read_only=True)
    criteria = LocalizedField(read_only=True)
    funding = LocalizedField(read_only=True)
    tracks = TextListField(read_only=True)
    sectors = TextListField(read_only=True)
    papers = TextListField(read_only=True)
    reminder_days = NumberListField(read_only=True)
    funded_lists = TextListField(read_only=True)
    extensions = CallExtensionSerializer(many=True, read_only=True)

    class Meta:
        model = Call
        fields = read_only_fields = [
            "id", "symbol", "file_reference", "issued_on", "workshop", "state", "opened_at", "deadline_at", "deadline_zone",
            "extensions", "late_policy", "reminder_days", "seats_per_party", "tracks", "planning_signatures", "sectors",
            "papers", "thematic_areas", "criteria", "funding", "funded_seats", "funded_lists",
        ]  # fmt: skip


class ExtensionInputSerializer(ClosedSerializer):
    """Until when nominations are taken, a moment and the IANA zone whose clock the letters name; and why, which they quote."""

    deadline_at = serializers.DateTimeField()
    deadline_zone = serializers.CharField(max_length=60)
    reason = serializers.CharField(max_length=REASON_LIMIT, allow_blank=True, default="")


class CallFilters(NounFilters):
    """By workshop, programme and state."""

    workshop = TextFilter(field_name="workshop__slug", label="Slug of the workshop.")
    programme = TextFilter(field_name="workshop__programme__slug", label="Slug of the programme.")
    state = ChoiceFilter(choices=CallState.choices)
    ordering = OrderingFilter(fields=["opened_at", "deadline_at"])


class CallViewSet(RulesViewSet):
    """Calls for nominations: organizers see all, focal points those to their Party, nominees their own."""

    serializer_class = CallSerializer
    filterset_class = CallFilters

    def get_queryset(self) -> QuerySet[Call]:
        """Return the calls this user may see."""
        return calls.visible_to(self.request.user).select_related("workshop").prefetch_related("extensions")

    @extend_schema(request=ExtensionInputSerializer, responses=CallSerializer)
    @action(detail=True, methods=["post"])
    def extend(self, request: Request, pk: str) -> Response:  # noqa: ARG002  # the router's signature
        """Extend a call. Every focal point who may nominate gets a letter, and a closed call opens again."""
        given = parsed(ExtensionInputSerializer, request)
        return self.shown(extend_call(self.get_object(), **given, by=actor_of(request), at=timezone.now()))

    @extend_schema(request=None, responses={202: SelectionDetailSerializer})
    @action(detail=True, methods=["post"])
    def propose(self, request: Request, pk: str) -> Response:  # noqa: ARG002
        """Ask for a proposal by the rules of a closed call. A worker computes it; its address tells at which level it is.

        Rules that nobody has set are set as usual.
        """
        selection = request_proposal(self.get_object(), by=actor_of(request), at=timezone.now())
        where = reverse("api-selections-detail", args=[selection.pk], request=request)
        shown = SelectionDetailSerializer(selection).data
        return Response(shown, status=status.HTTP_202_ACCEPTED, headers={"Location": where})
