"""Focal points."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.fields import AddressField
from accounts.api.filters import BooleanFilter, ChoiceFilter, DayFilter, NounFilters, OrderingFilter, TextFilter
from accounts.api.inputs import ClosedSerializer, parsed
from accounts.api.references import named
from accounts.api.views import PersonalNounViewSet
from accounts.visitors import actor_of
from participants.api.persons import ContactSerializer
from participants.models import FocalPoint
from participants.models.focal_points import FocalPointKind
from participants.queries import focal_points
from participants.verbs.deputies import end_deputy, name_deputy
from participants.verbs.focal_points import DESIGNATION_LIMIT, designate, end_mandate, holder_named
from participants.verbs.persons import LIMITS
from workshops.api.fields import PartyCodeField
from workshops.queries import parties


class FocalPointSerializer(serializers.ModelSerializer[FocalPoint]):
    """A mandate in the half-open range of days [valid_from, valid_to); with deputy_of, that of a deputy."""

    person = ContactSerializer(read_only=True)
    language = serializers.CharField(read_only=True, help_text="Of this mandate's letters; empty: the person's own.")

    class Meta:
        model = FocalPoint
        fields = read_only_fields = [
            "id", "party", "kind", "person", "valid_from", "valid_to", "deputy_of", "designation", "language",
            "confirmed_on",
        ]  # fmt: skip


class HolderInputSerializer(ClosedSerializer):
    """Somebody to hold a mandate: known by name and address together, else recorded."""

    name = serializers.CharField(max_length=LIMITS["name"], help_text="As the person writes it; one name is enough.")
    email = AddressField()
    position = serializers.CharField(required=False, allow_blank=True, max_length=LIMITS["position"])
    language = serializers.ChoiceField(
        settings.LANGUAGES,
        required=False,
        allow_blank=True,
        help_text="To write in about this mandate; the person's, else the Party's if omitted.",
    )


class DesignationInputSerializer(HolderInputSerializer):
    """A mandate as its letter tells it."""

    party = PartyCodeField(help_text="Code of the Party.")
    kind = serializers.ChoiceField(FocalPointKind.choices)
    valid_from = serializers.DateField()
    valid_to = serializers.DateField(required=False, allow_null=True, help_text="The first day without the mandate.")
    designation = serializers.CharField(
        required=False, allow_blank=True, max_length=DESIGNATION_LIMIT, help_text="Reference and date of the letter."
    )
    succeeds = serializers.UUIDField(
        required=False, allow_null=True, help_text="The mandate that ends where this one begins."
    )
    tell = serializers.BooleanField(required=False, help_text="Write to the person.")


class EndInputSerializer(ClosedSerializer):
    """The first day on which a mandate no longer stands."""

    on = serializers.DateField()


class DeputyInputSerializer(HolderInputSerializer):
    """A deputy, from today on and as long as the mandate lasts at most."""

    until = serializers.DateField(required=False, allow_null=True, help_text="The first day without the deputy.")


class FocalPointFilters(NounFilters):
    """By Party, kind, day and role."""

    party = TextFilter(field_name="party_id", label="Code of the Party.")
    kind = ChoiceFilter(choices=FocalPointKind.choices)
    on = DayFilter(method="keep_standing", label="Mandates that stand on this day.")
    deputy = BooleanFilter(field_name="deputy_of", lookup_expr="isnull", exclude=True, label="Deputies alone, or none.")
    ordering = OrderingFilter(fields=["party", "kind", "valid_from"])

    def keep_standing(self, rows: QuerySet[FocalPoint], name: str, day: date) -> QuerySet[FocalPoint]:  # noqa: ARG002
        """Keep the mandates that stand on the day."""
        return rows.filter(pk__in=focal_points.standing(day))


class FocalPointViewSet(PersonalNounViewSet[FocalPoint]):
    """Mandates of focal points: organizers see all, others their own and those of their Party."""

    serializer_class = FocalPointSerializer
    filterset_class = FocalPointFilters

    def get_queryset(self) -> QuerySet[FocalPoint]:
        """Return the mandates this user may see."""
        return focal_points.visible_to(self.request.user).select_related("person__organization")

    @extend_schema(request=DesignationInputSerializer, responses={201: FocalPointSerializer})
    def create(self, request: Request) -> Response:
        """Record a mandate. Whom it succeeds keeps an end date; the scan of the letter is added in the admin."""
        by, at = actor_of(request), timezone.now()
        by.require_organizer()
        given = parsed(DesignationInputSerializer, request)
        party = named(parties.visible_to(request.user), given.pop("party"), field="party")
        key = given.pop("succeeds", None)
        before = named(self.get_queryset(), key, field="succeeds") if key else None
        who = {name: given.pop(name) for name in ("name", "email", "position") if name in given}
        with transaction.atomic():  # nobody is recorded for a mandate that is refused
            person = holder_named(**who, rehearsal=before.person.rehearsal if before else None, by=by, at=at)
            mandate = designate(party, person, given.pop("kind"), **given, succeeds=before, by=by, at=at)
        return self.shown(mandate, status.HTTP_201_CREATED)

    @extend_schema(request=EndInputSerializer, responses=FocalPointSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:  # noqa: ARG002  # the router's signature
        """End a mandate (organizers), with its deputies; or a deputy's (the holder too)."""
        mandate, given = self.get_object(), parsed(EndInputSerializer, request)
        verb = end_mandate if mandate.deputy_of_id is None else end_deputy
        return self.shown(verb(mandate, **given, by=actor_of(request), at=timezone.now()))

    @extend_schema(request=DeputyInputSerializer, responses={201: FocalPointSerializer})
    @action(detail=True, methods=["post"])
    def deputies(self, request: Request, pk: str) -> Response:  # noqa: ARG002
        """Name a deputy, who gets a letter that says how to sign in: the standing holder, or an organizer."""
        mandate, given = self.get_object(), parsed(DeputyInputSerializer, request)
        deputy = name_deputy(mandate, **given, by=actor_of(request), at=timezone.now())
        return self.shown(deputy, status.HTTP_201_CREATED)
