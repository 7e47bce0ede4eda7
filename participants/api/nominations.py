"""Nominations."""

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.fields import ReferenceField
from accounts.api.filters import BooleanFilter, ChoiceFilter, NounFilters, OrderingFilter, TextFilter, UUIDFilter
from accounts.api.inputs import parsed
from accounts.api.references import named
from accounts.visitors import actor_of
from correspondence.api.files import StoredFileSerializer
from participants.api.eligibility import EligibilityViewSet
from participants.api.nomination_inputs import (
    CandidateInputSerializer,
    NominationInputSerializer,
    SignedInputSerializer,
    SubstituteInputSerializer,
    candidate_of,
    signature_of,
)
from participants.api.persons import ContactSerializer, OrganizationSerializer
from participants.api.reviews import ReviewedViewSet
from participants.models import Endorsement, Nomination, NominationDocument
from participants.models.nominations import NominationState, Sector, Track
from participants.queries import calls, nominations, organizations, persons
from participants.queries.defects import faults
from participants.verbs.endorsements import endorse
from participants.verbs.nominations import nominate, withdraw
from participants.verbs.replacements import replace
from participants.verbs.substitutions import Substitute, substitute
from workshops.queries import parties


class NominationDocumentSerializer(serializers.ModelSerializer[NominationDocument]):
    """A paper of a nomination."""

    file = StoredFileSerializer(read_only=True)

    class Meta:
        model = NominationDocument
        fields = read_only_fields = ["kind", "file"]


class EndorsementSerializer(serializers.ModelSerializer[Endorsement]):
    """A signature: of a focal point, or of a senior official with a note."""

    class Meta:
        model = Endorsement
        fields = read_only_fields = ["channel", "focal_point", "official", "note", "letter_date", "signed_at"]


class NominationSerializer(serializers.ModelSerializer[Nomination]):
    """One candidate of a Party (with a rank) or of an organization (without)."""

    workshop = ReferenceField("slug", source="call.workshop")
    organization = OrganizationSerializer(read_only=True, allow_null=True)
    person = ContactSerializer(read_only=True)
    documents = NominationDocumentSerializer(many=True, read_only=True)
    endorsements = EndorsementSerializer(many=True, read_only=True)
    lacks = serializers.SerializerMethodField(help_text="What is to be put right, a sentence each.")

    class Meta:
        model = Nomination
        fields = read_only_fields = [
            "id", "reference", "call", "workshop", "party", "organization", "person", "focal_point", "track", "sector",
            "rank", "expertise", "state", "submitted_at", "late", "letter_date", "joined_to", "replaces", "endorsements",
            "lacks", "documents",
        ]  # fmt: skip

    def get_lacks(self, nomination: Nomination) -> list[str]:
        """Name papers and signatures that are missing and defects that were found."""
        return faults(nomination)


class NominationFilters(NounFilters):
    """By call, workshop, Party, track, sector, state and name."""

    call = UUIDFilter(field_name="call_id")
    workshop = TextFilter(field_name="call__workshop__slug", label="Slug of the workshop.")
    party = TextFilter(field_name="party_id", label="Code of the Party that nominates.")
    track = ChoiceFilter(choices=Track.choices)
    sector = ChoiceFilter(choices=Sector.choices)
    state = ChoiceFilter(choices=NominationState.choices)
    late = BooleanFilter(label="Sent after the deadline in force then.")
    search = TextFilter(method="keep_named", label="Part of any name of the person, whatever case and marks.")
    ordering = OrderingFilter(fields=["reference", "party", "rank", "submitted_at", "state"])

    def keep_named(self, rows: QuerySet[Nomination], name: str, text: str) -> QuerySet[Nomination]:  # noqa: ARG002
        """Keep the nominations of people whose name fits."""
        return rows.filter(person__in=persons.search(text))


class NominationViewSet(EligibilityViewSet, ReviewedViewSet):
    """Nominations: organizers see all, focal points those of their Party, nominees their own."""

    serializer_class = NominationSerializer
    filterset_class = NominationFilters

    def get_queryset(self) -> QuerySet[Nomination]:
        """Return the nominations this user may see, the first that came first: what comes meanwhile moves no page."""
        joined = nominations.visible_to(self.request.user).select_related(
            "call__workshop", "organization", "person__organization"
        )
        return joined.order_by("submitted_at", "id").prefetch_related(
            "documents__file", "endorsements", "defects", "joined__documents"
        )

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
            candidate=candidate_of(given),
            signature=signature_of(given, user),
            **given,
            by=actor_of(request),
            at=timezone.now(),
        )
        return self.shown(nomination, 201)

    @extend_schema(request=None, responses=NominationSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:  # noqa: ARG002  # the router's signature
        """Withdraw a nomination. Its rank is free again, and an invitation that went out is cancelled."""
        return self.shown(withdraw(self.get_object(), by=actor_of(request), at=timezone.now()))

    @extend_schema(request=CandidateInputSerializer, responses={201: NominationSerializer})
    @action(detail=True, methods=["post"])
    def replace(self, request: Request, pk: str) -> Response:  # noqa: ARG002
        """Nominate somebody else in the same place. The nomination before is withdrawn."""
        given = parsed(CandidateInputSerializer, request)
        after = replace(
            self.get_object(),
            candidate=candidate_of(given),
            signature=signature_of(given, request.user),
            **given,
            by=actor_of(request),
            at=timezone.now(),
        )
        return self.shown(after, 201)

    @extend_schema(request=SubstituteInputSerializer, responses={201: NominationSerializer})
    @action(detail=True, methods=["post"])
    def substitute(self, request: Request, pk: str) -> Response:  # noqa: ARG002
        """Put somebody else in the seat of a selected nominee, up to the first day. Seat and money follow."""
        given = parsed(SubstituteInputSerializer, request)
        details = Substitute(candidate=candidate_of(given), signature=signature_of(given, request.user), **given)
        after = substitute(self.get_object(), details, by=actor_of(request), at=timezone.now())
        return self.shown(after, 201)

    @extend_schema(request=SignedInputSerializer, responses=NominationSerializer)
    @action(detail=True, methods=["post"])
    def endorse(self, request: Request, pk: str) -> Response:  # noqa: ARG002
        """Give the signature a nomination waits for."""
        given = parsed(SignedInputSerializer, request)
        signature = signature_of(given, request.user)
        signed = endorse(self.get_object(), signature=signature, **given, by=actor_of(request), at=timezone.now())
        return self.shown(signed)
