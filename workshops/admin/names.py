"""Searching lists by names in any spelling: marks, case and apostrophes do not matter (edge case E02)."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.admin.organizers import OrganizerAdmin
from workshops.queries.names import searchable


class NamedAdmin(OrganizerAdmin):
    """Looks for what was typed as it stands (references, addresses) and in the form in which names are kept."""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        found, repeats = super().get_search_results(request, queryset, search_term)
        plain = searchable(search_term)
        if not plain or plain == search_term:
            return found, repeats
        named, more_repeats = super().get_search_results(request, queryset, plain)
        return found | named, repeats or more_repeats
