"""Searching lists by names in any spelling: marks, case and apostrophes do not matter (edge case E02)."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.text import smart_split, unescape_string_literal

from accounts.admin.organizers import OrganizerAdmin
from workshops.queries.names import searchable

FOLDED = "search_text"  # the column in which names are kept as ``searchable`` writes them
LOOKUPS = {"=": "iexact", "^": "istartswith"}  # as Django's admin writes them


class _FoundList(ChangeList):
    """Leaves out the days to choose from while somebody searches without one: they cost the search twice over."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        if self.query and not any(name.startswith(f"{self.date_hierarchy}__") for name in self.params):
            self.date_hierarchy = None


class NamedAdmin(OrganizerAdmin):
    """Looks for what was typed as it stands (references, addresses) and in the form in which names are kept.

    Each word, or phrase in quotes, is looked for in all of ``search_fields``. What is joined to the rows is searched on its
    own first: a register of 100,000 people is read once a word, not once a nomination with the texts of its neighbours.
    """

    def get_changelist(self, request: HttpRequest, **_kwargs: Any) -> type[ChangeList]:  # noqa: ARG002  # Django's signature
        return _FoundList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        fields = self.get_search_fields(request)
        for word in smart_split(search_term) if fields else ():
            quoted = len(word) > 1 and word[0] in "\"'" and word[0] == word[-1]
            queryset = queryset.filter(matching(self.model, fields, unescape_string_literal(word) if quoted else word))
        return queryset, False


def matching(model: type[Model], fields: Iterable[str], word: str) -> Q:
    """Return the condition that any of ``fields`` of a row, or of what the row points to, has the word."""
    there: dict[str, Q] = {}
    for field in fields:
        relation, _, column = field.lstrip("=^").rpartition("__")
        there[relation] = there.get(relation, Q()) | _has(column, LOOKUPS.get(field[0], "icontains"), word)
    found = there.pop("", Q())
    for relation, condition in there.items():
        found |= Q(**{f"{relation}__in": _at(model, relation)._default_manager.filter(condition)})  # noqa: SLF001  # Django's documented Meta API
    return found


def _has(column: str, lookup: str, word: str) -> Q:
    return Q(**{f"{column}__contains": searchable(word) or word} if column == FOLDED else {f"{column}__{lookup}": word})


def _at(model: type[Any], relation: str) -> type[Any]:
    for name in relation.split("__"):
        model = model._meta.get_field(name).related_model  # noqa: SLF001
    return model
