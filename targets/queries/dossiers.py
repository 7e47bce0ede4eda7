"""One Party's accepted targets, and totals, as plain values for a snapshot."""

from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Prefetch, Q, QuerySet

from measurement.totals import Range, Total
from targets.models import Area, Submission, TargetItem
from targets.queries.items import doubts_about


def with_contents(submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    """Return ``submissions`` with their items, global targets and areas, in a fixed number of queries.

    Geometries stay behind: they can be large, and databases write their numbers differently.
    """
    has_geometry = ExpressionWrapper(Q(geometry__isnull=False), output_field=BooleanField())
    areas = Area.objects.defer("geometry").annotate(is_mapped=has_geometry)
    items = TargetItem.objects.order_by("position").prefetch_related("global_targets", Prefetch("areas", areas))
    return submissions.prefetch_related(Prefetch("items", items))


def dossier(submission: Submission, *, name: str, revised_from: int | None, newer_waiting: bool) -> dict[str, Any]:
    """Return a Party's part of a snapshot.

    ``revised_from`` is the version in the issue before, when that was another one (edge case E41).
    """
    return {
        "code": submission.party_id,
        "name": name,
        "version": submission.version,
        "revised_from": revised_from,
        "newer_waiting": newer_waiting,
        "items": [_item(item) for item in submission.items.all()],
    }


def figures(total: Total) -> dict[str, Any]:
    """Return a total as plain values; areas are hectares."""
    return {
        "measure": total.measure,
        "parties": total.parties,
        "items": total.items,
        "quantified": total.quantified,
        "added": total.added,
        "listed_only": total.listed_only,
        "hectares": {"firm": _range(total.firm), "not_firm": _range(total.not_firm), "all": _range(total.all)},
    }


def _item(item: TargetItem) -> dict[str, Any]:
    return {
        "position": item.position,
        "title": item.title,
        "measure": item.measure,
        "as_written": item.as_written,
        "value": _number(item.value),
        "start_value": _number(item.start_value),
        "unit": item.unit,
        "bound": item.bound,
        "basis": item.basis,
        "hectares": _number(item.hectares),
        "baseline": item.baseline,
        "due_on": item.due_on.isoformat() if item.due_on else None,
        "in_nbsap": item.in_nbsap,
        "source": item.source,
        "global_targets": sorted(target.code for target in item.global_targets.all()),
        "areas": sorted((_area(area) for area in item.areas.all()), key=lambda area: str(area["name"])),
        "doubts": doubts_about(item),
    }


def _area(area: Area) -> dict[str, Any]:
    return {
        "name": area.name,
        "hectares_stated": _number(area.hectares_stated),
        "mapped": bool(area.is_mapped),  # type: ignore[attr-defined]  # annotated by with_contents
    }


def _range(span: Range) -> dict[str, str]:
    return {"low": _text(span.low), "high": _text(span.high)}


def _number(value: Decimal | None) -> str | None:
    return None if value is None else _text(value)


def _text(value: Decimal) -> str:
    """Write a decimal without an exponent and without zeros at its end: "882.86", "1000"."""
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
