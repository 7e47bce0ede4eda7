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


class ReserveSerializer(serializers.Serializer[Any]):
    """A reserve with its place in the order and where it stands today, as a code and as a sentence.

    payer is the contribution that would pay for whoever moves up; null where no donor needs to, and for who does not move up.
    """

    nomination = serializers.UUIDField(source="entry.nomination_id", read_only=True)
    position = serializers.IntegerField(source="entry.position", read_only=True)
    place = serializers.ChoiceField(choices=Place.choices, read_only=True)
    sentence = serializers.CharField(read_only=True)
    payer = serializers.UUIDField(read_only=True, allow_null=True)


class ReservesViewSet(PersonalNounViewSet[Selection]):
    """What the selections' view says of reserves."""

    @extend_schema(responses=ReserveSerializer(many=True))
    @action(detail=True, methods=["get"], filterset_class=None, pagination_class=None)
    def reserves(self, request: Request, pk: str) -> Response:  # noqa: ARG002  # the router's signature
        """List the reserves of a decision, in order, and say who moves up next; none before it is approved."""
        return Response(ReserveSerializer(standing_of(self.get_object()), many=True).data)
