"""Registrations."""

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
from accounts.api.references import named
from accounts.api.views import PersonalNounViewSet
from accounts.visitors import actor_of
from participants.models import Registration
from participants.models.registrations import RegistrationState
from participants.queries import invitations, registrations
from participants.verbs.registrations import NAME_LIMIT, RegistrationDetails, complete, register
from workshops.api.fields import PartyCodeField
from workshops.queries import parties


class RegistrationSerializer(serializers.ModelSerializer[Registration]):
    """Government represented, nationality and country of residence are three different things."""

    workshop = ReferenceField("slug", source="invitation.nomination.call.workshop")
    party = serializers.CharField(
        source="invitation.nomination.party_id", read_only=True, allow_null=True, help_text="Government represented."
    )

    saved = serializers.SerializerMethodField(help_text="The stages that were filled in, or left empty on purpose.")

    class Meta:
        model = Registration
        fields = read_only_fields = [
            "id", "invitation", "workshop", "party", "state", "badge_name", "passport_name", "nationality", "residence",
            "arrives_on", "leaves_on", "may_list", "saved", "begun_at", "registered_at", "changed_at",
        ]  # fmt: skip

    def get_saved(self, row: Registration) -> list[str]:
        """Name the stages that were saved."""
        return [each.stage for each in row.saved_stages.all()]


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
    state = ChoiceFilter(choices=RegistrationState.choices)
    ordering = OrderingFilter(fields=["begun_at", "registered_at", "changed_at", "arrives_on"])


class RegistrationViewSet(PersonalNounViewSet[Registration]):
    """Registrations: organizers see all, everybody else only their own."""

    serializer_class = RegistrationSerializer
    filterset_class = RegistrationFilters

    def get_queryset(self) -> QuerySet[Registration]:
        """Return the registrations this user may see."""
        rows = registrations.visible_to(self.request.user).select_related("invitation__nomination__call__workshop")
        return rows.prefetch_related("saved_stages")

    @extend_schema(
        request=RegistrationInputSerializer, responses={201: RegistrationSerializer, 200: RegistrationSerializer}
    )
    def create(self, request: Request) -> Response:
        """Tell names, days and the consent of an accepted invitation (201), or change them (200).

        The registration counts at once when the workshop needs nothing else; what is sealed is told on the person's own page.
        """
        given = parsed(RegistrationInputSerializer, request)
        at = timezone.now()
        invitation = named(invitations.visible_to(request.user), given.pop("invitation"), field="invitation")
        for field in ("nationality", "residence"):
            if given.get(field):
                given[field] = named(parties.visible_to(request.user), given[field], field=field)
        registration = register(invitation, RegistrationDetails(**given), by=actor_of(request), at=at)
        return self.shown(registration, 201 if registration.begun_at == at else 200)

    @extend_schema(request=None, responses=RegistrationSerializer)
    @action(detail=True, methods=["post"])
    def complete(self, request: Request, pk: str) -> Response:  # noqa: ARG002  # the router's signature
        """Say that all is told. Refused (409, `stages_missing`) while something that is needed is not."""
        invitation = self.get_object().invitation
        return self.shown(complete(invitation, by=actor_of(request), at=timezone.now()))
