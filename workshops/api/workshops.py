"""Workshops."""

from datetime import date

from django.db.models import QuerySet
from rest_framework import serializers

from accounts.api.fields import ClockField, LocalizedField, ReferenceField, TextListField
from accounts.api.filters import ChoiceFilter, DayFilter, NounFilters, OrderingFilter, TextFilter
from accounts.api.views import SLUG_PATTERN, NounViewSet
from workshops.models import Workshop
from workshops.models.workshops import WorkshopStage
from workshops.queries import workshops


class WorkshopSerializer(serializers.ModelSerializer[Workshop]):
    """One subregional workshop; its days and hours are those of the venue's zone.

    While it is put off its days are those it had, and new ones are still to be told. revision counts the changes people were
    told. web_address is where documents and logistics stand; the room of a workshop held online is not public.
    """

    programme = ReferenceField("slug")
    rehearsal_of = ReferenceField("slug", allow_null=True)
    title = LocalizedField(read_only=True)
    opens_at = ClockField(read_only=True)
    closes_at = ClockField(read_only=True)
    languages = TextListField(read_only=True)
    web_address = serializers.SerializerMethodField()
    parties = ReferenceField(
        "party_id", source="coverages", many=True, read_only=True, help_text="Codes of the Parties it serves."
    )

    class Meta:
        model = Workshop
        fields = read_only_fields = [
            "id", "slug", "reference", "programme", "title", "host", "city", "venue", "zone", "latitude", "longitude",
            "starts_on", "ends_on", "opens_at", "closes_at", "put_off", "online", "web_address", "revision",
            "languages", "seats", "stage", "parties", "rehearsal_of",
        ]  # fmt: skip

    def get_web_address(self, workshop: Workshop) -> str:
        """Return the page, or nothing for a room."""
        return "" if workshop.online else workshop.web_address


class WorkshopFilters(NounFilters):
    """By programme, host, Party served, stage and day."""

    programme = TextFilter(field_name="programme__slug", label="Slug of the programme.")
    host = TextFilter(field_name="host_id", label="Code of the host Government.")
    party = TextFilter(field_name="coverages__party_id", label="Code of a Party it serves.")
    stage = ChoiceFilter(choices=WorkshopStage.choices)
    on = DayFilter(method="keep_on", label="Held on this day.")
    ordering = OrderingFilter(fields=["starts_on", "slug", "stage"])

    def keep_on(self, rows: QuerySet[Workshop], name: str, day: date) -> QuerySet[Workshop]:  # noqa: ARG002
        """Keep the workshops that are held on the day; of those put off that is not known."""
        return rows.filter(put_off=False, starts_on__lte=day, ends_on__gte=day)


class WorkshopViewSet(NounViewSet[Workshop]):
    """Workshops: where, when, for which Parties, and how far each has come."""

    serializer_class = WorkshopSerializer
    filterset_class = WorkshopFilters
    lookup_field = "slug"
    lookup_value_regex = SLUG_PATTERN

    def get_queryset(self) -> QuerySet[Workshop]:
        """Return the workshops this user may see."""
        joined = workshops.visible_to(self.request.user).select_related("programme", "rehearsal_of")
        return joined.prefetch_related("coverages")
