"""Invitations and the answers to them."""

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.fields import ReferenceField
from accounts.api.filters import ChoiceFilter, NounFilters, OrderingFilter, TextFilter, UUIDFilter
from accounts.api.inputs import ClosedSerializer, parsed
from accounts.api.views import PersonalNounViewSet
from accounts.visitors import actor_of
from participants.api.persons import PersonSerializer
from participants.models import Invitation
from participants.models.invitations import InvitationState
from participants.models.visas import VisaState
from participants.queries import invitations
from participants.verbs.invitations import REASON_LIMIT, accept, decline
from participants.verbs.visas import ENDING, NOTE_LIMIT, end_for_visa, support_visa


class InvitationSerializer(serializers.ModelSerializer[Invitation]):
    """One invitation a nomination; the answer is due by respond_by (UTC)."""

    reference = serializers.CharField(source="nomination.reference", read_only=True)
    workshop = ReferenceField("slug", source="nomination.call.workshop")
    party = serializers.CharField(source="nomination.party_id", read_only=True, allow_null=True)
    person = PersonSerializer(source="nomination.person", read_only=True)

    class Meta:
        model = Invitation
        fields = read_only_fields = [
            "id", "nomination", "reference", "workshop", "party", "person", "state", "invited_at", "respond_by",
            "responded_at", "decline_reason",
        ]  # fmt: skip


class DeclineInputSerializer(ClosedSerializer):
    """Why the invitation is declined; may be left out."""

    reason = serializers.CharField(required=False, allow_blank=True, max_length=REASON_LIMIT)


class VisaEndInputSerializer(ClosedSerializer):
    """Why no visa came, and what the mission said."""

    state = serializers.ChoiceField([(each.value, each.label) for each in ENDING])
    note = serializers.CharField(required=False, allow_blank=True, max_length=NOTE_LIMIT)


class InvitationFilters(NounFilters):
    """By call, workshop, Party and state."""

    call = UUIDFilter(field_name="nomination__call_id")
    workshop = TextFilter(field_name="nomination__call__workshop__slug", label="Slug of the workshop.")
    party = TextFilter(field_name="nomination__party_id", label="Code of the Party that nominated.")
    state = ChoiceFilter(choices=InvitationState.choices)
    ordering = OrderingFilter(fields=["invited_at", "respond_by", "responded_at", "state"])


class InvitationViewSet(PersonalNounViewSet[Invitation]):
    """Invitations: organizers see all, focal points those of their Party's nominees, invited people their own."""

    serializer_class = InvitationSerializer
    filterset_class = InvitationFilters

    def get_queryset(self) -> QuerySet[Invitation]:
        """Return the invitations this user may see."""
        return invitations.visible_to(self.request.user).select_related(
            "nomination__call__workshop", "nomination__person__organization"
        )

    @extend_schema(request=None, responses=InvitationSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:  # noqa: ARG002  # the router's signature
        """Accept an invitation. The invited person does so, or an organizer for them."""
        return self.shown(accept(self.get_object(), by=actor_of(request), at=timezone.now()))

    @extend_schema(request=DeclineInputSerializer, responses=InvitationSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str) -> Response:  # noqa: ARG002  # the router's signature
        """Decline an invitation, also after accepting it. The next reserve moves up to the seat."""
        given = parsed(DeclineInputSerializer, request)
        return self.shown(decline(self.get_object(), **given, by=actor_of(request), at=timezone.now()))

    @extend_schema(request=VisaEndInputSerializer, responses=InvitationSerializer)
    @action(detail=True, methods=["post"], url_path="end-for-visa")
    def end_for_visa(self, request: Request, pk: str) -> Response:  # noqa: ARG002  # the router's signature
        """Say that a visa was refused or came too late. The next reserve moves up; the country is not counted as absent."""
        given = parsed(VisaEndInputSerializer, request)
        state = VisaState(given.pop("state"))
        return self.shown(end_for_visa(self.get_object(), state, **given, by=actor_of(request), at=timezone.now()))

    @extend_schema(request=None, responses=InvitationSerializer)
    @action(detail=True, methods=["post"], url_path="visa-letter")
    def visa_letter(self, request: Request, pk: str) -> Response:  # noqa: ARG002  # the router's signature
        """Send the person a letter for the visa. Once a day; the invited person asks for it, or an organizer."""
        invitation = self.get_object()
        support_visa(invitation, by=actor_of(request), at=timezone.now())
        return self.shown(invitation)
