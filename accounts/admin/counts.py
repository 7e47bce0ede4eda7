"""Counting related rows inside the list's own query."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce


def count_of(rows: QuerySet[Any], by: str) -> Coalesce:
    """Return an annotation: how many of ``rows`` point with the field ``by`` to the row of the list."""
    counted = rows.filter(**{by: OuterRef("pk")}).order_by().values(by).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def count_column(name: str, label: Any) -> Callable[[Any, Any], int]:
    """Return a list column, to be set on an admin class, that shows the annotation ``name``."""

    @admin.display(description=label, ordering=name)
    def column(_admin: Any, row: Any) -> int:
        return int(getattr(row, name, 0))  # a row just added was not read by the list's query

    return column
