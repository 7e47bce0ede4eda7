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
from participants.api.statistics import counted, describes_statistics
from participants.verbs.announcements import REASON_LIMIT
from participants.verbs.logistics import NOTE_LIMIT, send_logistics_note
from participants.verbs.moves_online import move_online
from participants.verbs.postponements import postpone_workshop
from participants.verbs.put_offs import put_off_workshop
from workshops.api.workshops import WorkshopSerializer, WorkshopViewSet


class PostponementInputSerializer(ClosedSerializer):
    """The new days, and the reason that the letters quote."""

    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    reason = serializers.CharField(max_length=REASON_LIMIT)


class PutOffInputSerializer(ClosedSerializer):
    """The reason that the letters quote."""

    reason = serializers.CharField(max_length=REASON_LIMIT)


class OnlineInputSerializer(ClosedSerializer):
    """The virtual room, which invited people alone are told, or nothing to tell it later; and the reason."""

    web_address = serializers.URLField(max_length=300, allow_blank=True, default="")
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
        """Give a workshop other days, also after it was put off. Everyone invited, nominated or asked gets a letter."""
        given = parsed(PostponementInputSerializer, request)
        return self.shown(postpone_workshop(self.get_object(), **given, by=actor_of(request), at=timezone.now()))

    @extend_schema(request=PutOffInputSerializer, responses=WorkshopSerializer)
    @action(detail=True, methods=["post"], url_path="put-off", permission_classes=[IsAuthenticated])
    def put_off(self, request: Request, slug: str) -> Response:  # noqa: ARG002  # the router's signature
        """Put a workshop off until further notice. Everyone invited, nominated or asked gets a letter."""
        given = parsed(PutOffInputSerializer, request)
        return self.shown(put_off_workshop(self.get_object(), **given, by=actor_of(request), at=timezone.now()))

    @extend_schema(request=OnlineInputSerializer, responses=WorkshopSerializer)
    @action(detail=True, methods=["post"], url_path="move-online", permission_classes=[IsAuthenticated])
    def move_online(self, request: Request, slug: str) -> Response:  # noqa: ARG002  # the router's signature
        """Hold a workshop in a virtual room. Everyone invited, nominated or asked gets a letter."""
        given = parsed(OnlineInputSerializer, request)
        return self.shown(move_online(self.get_object(), **given, by=actor_of(request), at=timezone.now()))

    @extend_schema(request=NoteInputSerializer, responses=LettersSerializer)
    @action(detail=True, methods=["post"], permission_classes=[IsAuthenticated])
    def note(self, request: Request, slug: str) -> Response:  # noqa: ARG002  # the router's signature
        """Send a note to the participants. Everyone who accepted gets it; the same note on the same day once."""
        given = parsed(NoteInputSerializer, request)
        letters = send_logistics_note(self.get_object(), **given, by=actor_of(request), at=timezone.now())
        return Response({"letters": letters})

    @describes_statistics
    @action(detail=True, permission_classes=[IsAuthenticated])
    def statistics(self, request: Request, slug: str) -> Response:  # noqa: ARG002  # the router's signature
        """Count the people of a workshop by a field, from the nomination to the attendance (organizers)."""
        return counted(request, self.get_object())
