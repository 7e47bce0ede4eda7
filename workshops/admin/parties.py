"""Parties and other Governments, with the names and dates that make them so."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.admin.organizers import OrganizerAdmin, OrganizerInline, ReadOnlyInline
from workshops.models import Party, PartyName, RegionMembership
from workshops.queries import parties
from workshops.queries.names import index


class PartyNameInline(OrganizerInline):
    """Names of another time."""

    model = PartyName


class MembershipInline(ReadOnlyInline):
    """The regions a Party is in; changed on the pages of the memberships."""

    model = RegionMembership
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[RegionMembership]:
        return super().get_queryset(request).select_related("region", "party")


@admin.register(Party)
class PartyAdmin(OrganizerAdmin):
    """Found by any name, in any language, of any time."""

    scope = staticmethod(parties.visible_to)
    list_display = ("code", "name_en", "kind", "in_force_on", "language", "capital", "zone")
    list_display_links = ("code", "name_en")
    list_filter = ("kind", ("in_force_on", admin.EmptyFieldListFilter), "language", "regions__of_list")
    search_fields = ("search_text", "=code", "=iso2")
    date_hierarchy = "in_force_on"
    autocomplete_fields = ("members",)
    inlines = (PartyNameInline, MembershipInline)
    texts = ("name",)
    zones = ("zone",)

    def get_search_results(
        self,
        request: HttpRequest,  # noqa: ARG002  # Django's signature
        queryset: QuerySet[Party],
        search_term: str,
    ) -> tuple[QuerySet[Party], bool]:
        """Find whole words, so that Oman is not found in Romania."""
        return (queryset.filter(pk__in=parties.search(search_term).values("pk")) if search_term else queryset), False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Make the names just written findable; what was found before is still found."""
        super().save_related(request, form, formsets, change)
        party = form.instance
        names = (*party.name.values(), party.formal_name, *party.names.values_list("name", flat=True))
        party.search_text = "\n".join(dict.fromkeys([*party.search_text.splitlines(), *index(names).splitlines()]))
        self.save_model(request, party, form, change=True)
