"""Programmes of workshops."""

from django.db.models import QuerySet
from rest_framework import serializers

from accounts.api.fields import LocalizedField, ReferenceField
from accounts.api.filters import NounFilters, OrderingFilter, TextFilter
from accounts.api.views import SLUG_PATTERN, NounViewSet
from workshops.models import Coverage, CurriculumItem, Expectation, Mandate, Partner, Programme
from workshops.queries import programmes


class MandateSerializer(serializers.ModelSerializer[Mandate]):
    """A paragraph of a decision that asks for the programme."""

    class Meta:
        model = Mandate
        fields = read_only_fields = ["decision", "paragraph"]


class ExpectationSerializer(serializers.ModelSerializer[Expectation]):
    """An expected outcome (O1 …) or output (P1 …)."""

    text = LocalizedField(read_only=True)

    class Meta:
        model = Expectation
        fields = read_only_fields = ["code", "kind", "text"]


class PartnerSerializer(serializers.ModelSerializer[Partner]):
    """Whom the programme works with."""

    class Meta:
        model = Partner
        fields = read_only_fields = ["name", "role"]


class CurriculumItemSerializer(serializers.ModelSerializer[CurriculumItem]):
    """What every workshop must deal with (C1 …)."""

    title = LocalizedField(read_only=True)
    text = LocalizedField(read_only=True)

    class Meta:
        model = CurriculumItem
        fields = read_only_fields = ["code", "title", "text", "targets"]


class CoverageSerializer(serializers.ModelSerializer[Coverage]):
    """Which workshop serves a Party, or why none does."""

    workshop = ReferenceField("slug", allow_null=True)
    reason_left_out = LocalizedField(read_only=True)

    class Meta:
        model = Coverage
        fields = read_only_fields = ["party", "workshop", "reason_left_out"]


class ProgrammeSerializer(serializers.ModelSerializer[Programme]):
    """A series of workshops under one mandate."""

    title = LocalizedField(read_only=True)
    objective = LocalizedField(read_only=True)
    participants_rule = LocalizedField(read_only=True)
    method = LocalizedField(read_only=True)
    rehearsal_of = ReferenceField(
        "slug", allow_null=True, help_text="Set for a practice copy; organizers alone see those."
    )
    mandates = MandateSerializer(many=True, read_only=True)
    expectations = ExpectationSerializer(many=True, read_only=True)
    partners = PartnerSerializer(many=True, read_only=True)
    curriculum = CurriculumItemSerializer(source="curriculum_items", many=True, read_only=True)
    coverage = CoverageSerializer(source="coverages", many=True, read_only=True)

    class Meta:
        model = Programme
        fields = read_only_fields = [
            "id", "slug", "code", "title", "objective", "participants_rule", "method", "starts_on", "ends_on",
            "workshops_min", "workshops_max", "seats_per_party_min", "seats_per_party_max", "targets", "rehearsal_of",
            "mandates", "expectations", "partners", "curriculum", "coverage",
        ]  # fmt: skip


class ProgrammeFilters(NounFilters):
    """By mandate and target."""

    decision = TextFilter(
        field_name="mandates__decision_id", distinct=True, label="Slug of a decision that asks for it."
    )
    target = TextFilter(field_name="targets", distinct=True, label="Code of a target it supports.")
    ordering = OrderingFilter(fields=["starts_on", "slug"])


class ProgrammeViewSet(NounViewSet[Programme]):
    """Programmes of workshops: mandate, expectations, curriculum, partners, and which Party is served where."""

    serializer_class = ProgrammeSerializer
    filterset_class = ProgrammeFilters
    lookup_field = "slug"
    lookup_value_regex = SLUG_PATTERN

    def get_queryset(self) -> QuerySet[Programme]:
        """Return the programmes this user may see."""
        return (
            programmes.visible_to(self.request.user)
            .select_related("rehearsal_of")
            .prefetch_related(
                "targets", "mandates", "expectations", "partners", "curriculum_items__targets", "coverages__workshop"
            )
        )
