"""Parties and other Governments."""

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import serializers

from accounts.api.fields import LocalizedField
from accounts.api.filters import ChoiceFilter, DayFilter, NounFilters, OrderingFilter, TextFilter
from accounts.api.views import NounViewSet
from workshops.models import Party, PartyName, RegionMembership
from workshops.models.parties import PartyKind
from workshops.queries import parties


class PartyNameSerializer(serializers.ModelSerializer[PartyName]):
    """A name as it was in the half-open range of days [valid_from, valid_to)."""

    class Meta:
        model = PartyName
        fields = read_only_fields = ["language", "name", "valid_from", "valid_to"]


class PartyMembershipSerializer(serializers.ModelSerializer[RegionMembership]):
    """The Party is in the region in the half-open range of days [valid_from, valid_to)."""

    class Meta:
        model = RegionMembership
        fields = read_only_fields = ["region", "valid_from", "valid_to"]


class PartySerializer(serializers.ModelSerializer[Party]):
    """A Government by its ISO 3166 alpha-3 code; the European Union is EUE."""

    name = LocalizedField(read_only=True)
    earlier_names = PartyNameSerializer(source="names", many=True, read_only=True)
    regions = PartyMembershipSerializer(source="memberships", many=True, read_only=True)

    class Meta:
        model = Party
        fields = read_only_fields = [
            "code", "iso2", "m49", "kind", "name", "formal_name", "earlier_names", "deposited_on", "in_force_on",
            "language", "capital", "latitude", "longitude", "zone", "members", "regions",
        ]  # fmt: skip


class PartyFilters(NounFilters):
    """Status and regions depend on a day: the one asked for, else today."""

    party_on = DayFilter(method="keep_parties_on", label="Only those that were Parties on this day.")
    region = TextFilter(
        method="keep_region", label="Slug of a region or name of a list they are in on party_on, or today."
    )
    kind = ChoiceFilter(choices=PartyKind.choices)
    search = TextFilter(method="keep_named", label="Part of any name, in any language and of any time.")
    ordering = OrderingFilter(fields=["code", "name_en", "in_force_on"])

    def keep_parties_on(self, rows: QuerySet[Party], name: str, day: date) -> QuerySet[Party]:  # noqa: ARG002
        """Keep those that were Parties on the day."""
        return rows.filter(pk__in=parties.parties_on(day))

    def keep_region(self, rows: QuerySet[Party], name: str, slug: str) -> QuerySet[Party]:  # noqa: ARG002
        """Keep those that are in the region on the day."""
        day = self.form.cleaned_data.get("party_on") or timezone.now().date()
        return rows.filter(pk__in=parties.in_region(slug, day))

    def keep_named(self, rows: QuerySet[Party], name: str, text: str) -> QuerySet[Party]:  # noqa: ARG002
        """Keep all that fit; none is chosen for the reader (edge case E15)."""
        return rows.filter(pk__in=parties.search(text))


class PartyViewSet(NounViewSet[Party]):
    """Parties to the Convention and other Governments, with their names, status and regions by date."""

    serializer_class = PartySerializer
    filterset_class = PartyFilters
    lookup_field = "code"
    lookup_value_regex = "[A-Z]{3}"

    def get_queryset(self) -> QuerySet[Party]:
        """Return the Parties this user may see."""
        return parties.visible_to(self.request.user).prefetch_related("names", "memberships", "members")
