"""Registrations."""

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.fields import ReferenceField
from accounts.api.filters import NounFilters, OrderingFilter, TextFilter, UUIDFilter
from accounts.api.inputs import ClosedSerializer, parsed
from accounts.api.references import named
from accounts.api.views import PersonalNounViewSet
from accounts.visitors import actor_of
from participants.models import Registration
from participants.queries import invitations, registrations
from participants.verbs.registrations import NAME_LIMIT, RegistrationDetails, register
from workshops.api.fields import PartyCodeField
from workshops.queries import parties


class RegistrationSerializer(serializers.ModelSerializer[Registration]):
    """Government represented, nationality and country of residence are three different things."""

    workshop = ReferenceField("slug", source="invitation.nomination.call.workshop")
    party = serializers.CharField(
        source="invitation.nomination.party_id", read_only=True, allow_null=True, help_text="Government represented."
    )

    class Meta:
        model = Registration
        fields = read_only_fields = [
            "id", "invitation", "workshop", "party", "badge_name", "passport_name", "nationality", "residence",
            "arrives_on", "leaves_on", "may_list", "registered_at", "changed_at",
        ]  # fmt: skip


class RegistrationInputSerializer(ClosedSerializer):
    """What registration asks; a second time replaces the first."""

    invitation = serializers.UUIDField()
    badge_name = serializers.CharField(max_length=NAME_LIMIT)
    passport_name = serializers.CharField(required=False, allow_blank=True, max_length=NAME_LIMIT)
    nationality = PartyCodeField(required=False, allow_null=True)
    residence = PartyCodeField(required=False, allow_null=True)
    arrives_on = serializers.DateField(required=False, allow_null=True)
    leaves_on = serializers.DateField(required=False, allow_null=True)
    may_list = serializers.BooleanField(
        required=False, help_text="Whether the name may stand in the list of participants."
    )


class RegistrationFilters(NounFilters):
    """By invitation, workshop and Party."""

    invitation = UUIDFilter(field_name="invitation_id")
    workshop = TextFilter(field_name="invitation__nomination__call__workshop__slug", label="Slug of the workshop.")
    party = TextFilter(field_name="invitation__nomination__party_id", label="Code of the Government represented.")
    ordering = OrderingFilter(fields=["registered_at", "changed_at", "arrives_on"])


class RegistrationViewSet(PersonalNounViewSet[Registration]):
    """Registrations: organizers see all, everybody else only their own."""

    serializer_class = RegistrationSerializer
    filterset_class = RegistrationFilters

    def get_queryset(self) -> QuerySet[Registration]:
        """Return the registrations this user may see."""
        return registrations.visible_to(self.request.user).select_related("invitation__nomination__call__workshop")

    @extend_schema(
        request=RegistrationInputSerializer, responses={201: RegistrationSerializer, 200: RegistrationSerializer}
    )
    def create(self, request: Request) -> Response:
        """Register the person of an accepted invitation (201), or change that registration (200)."""
        given = parsed(RegistrationInputSerializer, request)
        at = timezone.now()
        invitation = named(invitations.visible_to(request.user), given.pop("invitation"), field="invitation")
        for field in ("nationality", "residence"):
            if given.get(field):
                given[field] = named(parties.visible_to(request.user), given[field], field=field)
        registration = register(invitation, RegistrationDetails(**given), by=actor_of(request), at=at)
        return self.shown(registration, 201 if registration.registered_at == at else 200)
