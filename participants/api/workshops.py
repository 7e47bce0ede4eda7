"""Workshops: what can be done with one once people are asked to it."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.inputs import ClosedSerializer, parsed
from accounts.visitors import actor_of
from participants.verbs.logistics import NOTE_LIMIT, send_logistics_note
from participants.verbs.postponements import REASON_LIMIT, postpone_workshop
from workshops.api.workshops import WorkshopSerializer, WorkshopViewSet


class PostponementInputSerializer(ClosedSerializer):
    """The new days, and the reason that the letters quote."""

    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    reason = serializers.CharField(max_length=REASON_LIMIT)


class NoteInputSerializer(ClosedSerializer):
    """A text on travel and logistics; an empty line begins a paragraph."""

    note = serializers.CharField(max_length=NOTE_LIMIT)


class LettersSerializer(serializers.Serializer[dict[str, int]]):
    """How many letters were written."""

    letters = serializers.IntegerField(read_only=True)


class AttendedWorkshopViewSet(WorkshopViewSet):
    """Workshops: where, when, for which Parties, and how far each has come."""

    @extend_schema(request=PostponementInputSerializer, responses=WorkshopSerializer)
    @action(detail=True, methods=["post"], permission_classes=[IsAuthenticated])
    def postpone(self, request: Request, slug: str) -> Response:  # noqa: ARG002  # the router's signature
        """Move a workshop to other days. Who is invited, selected or was asked gets a letter."""
        given = parsed(PostponementInputSerializer, request)
        return self.shown(postpone_workshop(self.get_object(), **given, by=actor_of(request), at=timezone.now()))

    @extend_schema(request=NoteInputSerializer, responses=LettersSerializer)
    @action(detail=True, methods=["post"], permission_classes=[IsAuthenticated])
    def note(self, request: Request, slug: str) -> Response:  # noqa: ARG002  # the router's signature
        """Send a note to the participants. Everyone who accepted gets it; the same note on the same day once."""
        given = parsed(NoteInputSerializer, request)
        letters = send_logistics_note(self.get_object(), **given, by=actor_of(request), at=timezone.now())
        return Response({"letters": letters})
