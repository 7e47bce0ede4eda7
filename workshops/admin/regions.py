"""Regions: entries of lists, and which Party is in them for which time."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.counts import count_column, count_of
from accounts.admin.forms import ordered
from accounts.admin.organizers import OrganizerAdmin, ReadOnlyInline
from workshops.admin.names import NamedAdmin
from workshops.models import Region, RegionMembership
from workshops.queries import regions


class MembersInline(ReadOnlyInline):
    """The Parties of a region; a membership has a page of its own."""

    model = RegionMembership
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[RegionMembership]:
        return super().get_queryset(request).select_related("party", "region")


@admin.register(Region)
class RegionAdmin(OrganizerAdmin):
    """Entries of the lists of regions."""

    scope = staticmethod(regions.visible_to)
    list_display = ("slug", "__str__", "of_list", "parent", "members")
    list_filter = ("of_list",)
    search_fields = ("slug", "name")
    list_select_related = ("parent",)
    autocomplete_fields = ("parent",)
    inlines = (MembersInline,)
    texts = ("name",)

    counts = {"members_count": count_of(RegionMembership.objects.all(), "region")}

    members = count_column("members_count", _("memberships"))


@admin.register(RegionMembership)
class RegionMembershipAdmin(NamedAdmin):
    """A Party in a region from one day until before another."""

    form = ordered(("valid_from", "valid_to"))
    deletable = True
    list_display = ("party", "region", "valid_from", "valid_to")
    list_filter = ("region__of_list", "region")
    search_fields = ("party__search_text", "=party__code", "region__slug")
    list_select_related = ("party", "region")
    autocomplete_fields = ("party", "region")
