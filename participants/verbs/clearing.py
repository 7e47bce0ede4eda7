"""Rows deleted or blanked some at a time, each time in a transaction of its own: what a killed run has done stays done."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

BATCH = 2000
DASH = "–"  # stands where the database demands words


def delete(rows: QuerySet[Any]) -> int:
    """Delete rows with what hangs on them, and return how many of the rows themselves went."""
    return _by_batches(rows, None)


def blank(rows: QuerySet[Any], values: Mapping[str, object]) -> int:
    """Write ``values`` into the rows that have others, and return how many there were."""
    other = Q()
    for name, value in values.items():
        other |= Q(**{f"{name}__isnull": False}) if value is None else ~Q(**{name: value})
    return _by_batches(rows.filter(other), values)


def _by_batches(rows: QuerySet[Any], values: Mapping[str, object] | None) -> int:
    done, last = 0, None
    ordered = rows.order_by("pk")
    while True:
        following = ordered.filter(pk__gt=last) if last is not None else ordered
        keys = list(following.values_list("pk", flat=True)[:BATCH])
        if not keys:
            return done
        last = keys[-1]
        with transaction.atomic():
            chosen = rows.model._base_manager.filter(pk__in=keys)  # noqa: SLF001  # Django's documented Meta API
            if values is None:
                label = rows.model._meta.label  # noqa: SLF001
                done += chosen.delete()[1].get(label, 0)
            else:
                done += chosen.update(**values)
