"""Regions, each an entry of a named list."""

from django.db.models import QuerySet
from rest_framework import serializers

from accounts.api.fields import LocalizedField
from accounts.api.filters import ChoiceFilter, NounFilters, OrderingFilter, TextFilter
from accounts.api.views import SLUG_PATTERN, NounViewSet
from workshops.models import Region, RegionMembership
from workshops.models.regions import RegionList
from workshops.queries import regions


class RegionMemberSerializer(serializers.ModelSerializer[RegionMembership]):
    """The Party is in the region in the half-open range of days [valid_from, valid_to)."""

    class Meta:
        model = RegionMembership
        fields = read_only_fields = ["party", "valid_from", "valid_to"]


class RegionSerializer(serializers.ModelSerializer[Region]):
    """One entry of one list; lists disagree, so that a region without its list means nothing."""

    name = LocalizedField(read_only=True)
    members = RegionMemberSerializer(source="memberships", many=True, read_only=True)

    class Meta:
        model = Region
        fields = read_only_fields = ["slug", "of_list", "name", "parent", "members"]


class RegionFilters(NounFilters):
    """By list and by what it lies in."""

    of_list = ChoiceFilter(choices=RegionList.choices, label="Whose list.")
    parent = TextFilter(field_name="parent_id", label="Slug of the region it lies in.")
    ordering = OrderingFilter(fields=["slug", "of_list"])


class RegionViewSet(NounViewSet[Region]):
    """Regions and country groups with their members by date: UN regional groups, M49, income groups, LDC, LLDC, SIDS."""

    serializer_class = RegionSerializer
    filterset_class = RegionFilters
    lookup_field = "slug"
    lookup_value_regex = SLUG_PATTERN

    def get_queryset(self) -> QuerySet[Region]:
        """Return the regions this user may see."""
        return regions.visible_to(self.request.user).prefetch_related("memberships")
