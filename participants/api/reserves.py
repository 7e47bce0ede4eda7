"""The reserves of a selection."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import PersonalNounViewSet
from participants.models import Selection
from participants.queries.reserves import Place, standing_of


class ReservePartSerializer(serializers.Serializer[Any]):
    """What one contribution would pay of a journey, in the selection's currency."""

    contribution = serializers.UUIDField(read_only=True)
    amount = serializers.DecimalField(max_digits=10, decimal_places=2, read_only=True)


class ReserveSerializer(serializers.Serializer[Any]):
    """A reserve with its place in the order and where it stands today, as a code and as a sentence.

    parts say which contributions would pay for whoever moves up; none where no donor needs to, and for who does not move up.
    """

    nomination = serializers.UUIDField(source="entry.nomination_id", read_only=True)
    position = serializers.IntegerField(source="entry.position", read_only=True)
    place = serializers.ChoiceField(choices=Place.choices, read_only=True)
    sentence = serializers.CharField(read_only=True)
    parts = ReservePartSerializer(many=True, read_only=True)


class ReservesViewSet(PersonalNounViewSet[Selection]):
    """What the selections' view says of reserves."""

    @extend_schema(responses=ReserveSerializer(many=True))
    @action(detail=True, methods=["get"], filterset_class=None, pagination_class=None)
    def reserves(self, request: Request, pk: str) -> Response:  # noqa: ARG002  # the router's signature
        """List the reserves of a decision, in order, and say who moves up next; none before it is approved."""
        return Response(ReserveSerializer(standing_of(self.get_object()), many=True).data)
