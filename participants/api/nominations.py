"""Nominations."""

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.fields import ReferenceField
from accounts.api.filters import ChoiceFilter, NounFilters, OrderingFilter, TextFilter, UUIDFilter
from accounts.api.inputs import parsed
from accounts.api.references import named
from accounts.api.views import PersonalNounViewSet
from accounts.visitors import actor_of
from correspondence.api.files import StoredFileSerializer
from participants.api.nomination_inputs import NominationInputSerializer
from participants.api.persons import ContactSerializer, OrganizationSerializer
from participants.models import Nomination, NominationDocument
from participants.models.nominations import NominationState, Sector, Track
from participants.queries import calls, nominations, organizations, persons
from participants.verbs.candidates import Candidate
from participants.verbs.nominations import nominate, withdraw
from workshops.queries import parties


class NominationDocumentSerializer(serializers.ModelSerializer[NominationDocument]):
    """A paper of a nomination."""

    file = StoredFileSerializer(read_only=True)

    class Meta:
        model = NominationDocument
        fields = read_only_fields = ["kind", "file"]


class NominationSerializer(serializers.ModelSerializer[Nomination]):
    """One candidate of a Party (with a rank) or of an organization (without)."""

    workshop = ReferenceField("slug", source="call.workshop")
    organization = OrganizationSerializer(read_only=True, allow_null=True)
    person = ContactSerializer(read_only=True)
    documents = NominationDocumentSerializer(many=True, read_only=True)

    class Meta:
        model = Nomination
        fields = read_only_fields = [
            "id", "reference", "call", "workshop", "party", "organization", "person", "focal_point", "track", "sector",
            "rank", "expertise", "state", "submitted_at", "documents",
        ]  # fmt: skip


class NominationFilters(NounFilters):
    """By call, workshop, Party, track, sector, state and name."""

    call = UUIDFilter(field_name="call_id")
    workshop = TextFilter(field_name="call__workshop__slug", label="Slug of the workshop.")
    party = TextFilter(field_name="party_id", label="Code of the Party that nominates.")
    track = ChoiceFilter(choices=Track.choices)
    sector = ChoiceFilter(choices=Sector.choices)
    state = ChoiceFilter(choices=NominationState.choices)
    search = TextFilter(method="keep_named", label="Part of any name of the person, whatever case and marks.")
    ordering = OrderingFilter(fields=["reference", "party", "rank", "submitted_at", "state"])

    def keep_named(self, rows: QuerySet[Nomination], name: str, text: str) -> QuerySet[Nomination]:  # noqa: ARG002
        """Keep the nominations of people whose name fits."""
        return rows.filter(person__in=persons.search(text))


class NominationViewSet(PersonalNounViewSet[Nomination]):
    """Nominations: organizers see all, focal points those of their Party, nominees their own."""

    serializer_class = NominationSerializer
    filterset_class = NominationFilters

    def get_queryset(self) -> QuerySet[Nomination]:
        """Return the nominations this user may see."""
        joined = nominations.visible_to(self.request.user).select_related(
            "call__workshop", "organization", "person__organization"
        )
        return joined.prefetch_related("documents__file")

    @extend_schema(request=NominationInputSerializer, responses={201: NominationSerializer})
    def create(self, request: Request) -> Response:
        """Nominate an expert. A focal point nominates for its Party, an organizer for a Party or an organization.

        The same nomination a second time is refused with 409 (`already_nominated`, `rank_taken` or `party_limit`).
        """
        given = parsed(NominationInputSerializer, request)
        user = request.user
        party, organization = given.pop("party", None), given.pop("organization", None)
        nomination = nominate(
            named(calls.visible_to(user), given.pop("call"), field="call"),
            party=named(parties.visible_to(user), party, field="party") if party else None,
            organization=named(organizations.visible_to(user), organization, field="organization")
            if organization
            else None,
            track=given.pop("track"),
            sector=given.pop("sector"),
            rank=given.pop("rank", None),
            expertise=given.pop("expertise", ""),
            candidate=Candidate(**given),
            by=actor_of(request),
            at=timezone.now(),
        )
        return self.shown(nomination, 201)

    @extend_schema(request=None, responses=NominationSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:  # noqa: ARG002  # the router's signature
        """Withdraw a nomination. Its rank is free again, and an invitation that went out is cancelled."""
        return self.shown(withdraw(self.get_object(), by=actor_of(request), at=timezone.now()))
