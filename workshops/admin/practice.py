"""Practice programmes beside the real ones: told apart in every list."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


def practice_filter(path: str = "programme__rehearsal_of") -> type[admin.SimpleListFilter]:
    """Return a filter over real and practice rows; ``path`` leads to ``rehearsal_of`` of their programme."""

    class PracticeFilter(admin.SimpleListFilter):
        title = _("practice")
        parameter_name = "practice"

        def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:  # noqa: ARG002
            return (("no", _("Real programmes")), ("yes", _("Practice only")))

        def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
            if self.value() not in {"no", "yes"}:
                return queryset
            return queryset.filter(**{f"{path}__isnull": self.value() == "no"})

    return PracticeFilter
