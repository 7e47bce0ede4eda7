"""Statistics of a workshop or a programme: the address tells the field; what is seen can be taken along as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _

from correspondence.downloads import as_attachment
from documents.charts import Chart, bars
from participants.queries.statistics import Stage, Table, table
from participants.queries.statistics_fields import FIELDS
from participants.queries.statistics_files import as_csv, as_workbook
from workshops.models import Programme, Workshop

DRAWN = (Stage.NOMINATED, Stage.SELECTED, Stage.REGISTERED, Stage.ATTENDED)
MOST_DRAWN = 20  # values; the table has all
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class AskedForm(forms.Form):
    """By which field."""

    by = forms.ChoiceField(
        label=gettext_lazy("By"), choices=lambda: [(name, capfirst(str(field.label))) for name, field in FIELDS.items()]
    )


@dataclass(frozen=True, slots=True)
class Drawing:
    """The chart, its kinds of bars by name, and how many values it leaves to the table."""

    chart: Chart
    kinds: Sequence[Stage]
    left_out: int


def drawing(found: Table) -> Drawing:
    """Return the chart of a table: its largest values in the table's order, and those without one if there are any."""
    places = [place for place, stage in enumerate(found.stages) if stage in DRAWN]
    largest = sorted(found.rows, key=lambda row: row.cells[0].count, reverse=True)[:MOST_DRAWN]
    rows = [row for row in found.rows if row in largest]
    if any(cell.count for cell in found.unstated.cells):
        rows.append(found.unstated)
    kinds = [found.stages[place] for place in places]
    counts = [(row.label, [row.cells[place].count for place in places]) for row in rows]
    chart = bars(counts, [kind.value for kind in kinds], rtl=get_language_bidi())
    return Drawing(chart, kinds, len(found.rows) - len(largest))


class StatisticsPage:
    """The page, and the same as a file; nothing is changed here."""

    def __init__(self, model_admin: Any) -> None:
        self.model_admin = model_admin

    @property
    def urls(self) -> list[URLPattern]:
        """Return the addresses, to stand before those of the row."""
        guarded, name = self.model_admin.admin_site.admin_view, self._name
        return [
            path("<uuid:key>/statistics/", guarded(self.show), name=name),
            path("<uuid:key>/statistics.<str:form>", guarded(self.export), name=f"{name}_file"),
        ]

    def address(self, row: Workshop | Programme) -> str:
        """Return where the statistics of a row stand."""
        return reverse(f"admin:{self._name}", args=[row.pk])

    @property
    def _name(self) -> str:
        opts = self.model_admin.opts
        return f"{opts.app_label}_{opts.model_name}_statistics"

    def show(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Show the table of the field that the address names, by gender if none, with its chart."""
        scope = self._scope(request, key)
        form = AskedForm({"by": request.GET.get("by", "gender")})
        found = table(scope, FIELDS[form.cleaned_data["by"]]) if form.is_valid() else None
        context = {
            **self.model_admin.admin_site.each_context(request),
            "title": _("Statistics"),
            "opts": self.model_admin.opts,
            "scope": scope,
            "row_address": reverse(f"admin:{self._name.removesuffix('_statistics')}_change", args=[scope.pk]),
            "form": form,
            "table": found,
            "people": list(zip(found.stages, found.people, strict=True)) if found else [],
            "drawing": drawing(found) if found else None,
            "files": [
                (reverse(f"admin:{self._name}_file", args=[key, "csv"]), _("Export as CSV")),
                (reverse(f"admin:{self._name}_file", args=[key, "xlsx"]), _("Export as workbook")),
            ],
            "practice": (scope if isinstance(scope, Programme) else scope.programme).rehearsal_of_id is not None,
        }
        return TemplateResponse(request, "admin/statistics.html", context, status=200 if found else 422)

    def export(self, request: HttpRequest, key: UUID, form: str) -> HttpResponse:
        """Give the table as CSV or as a workbook."""
        scope = self._scope(request, key)
        field = FIELDS.get(request.GET.get("by", ""))
        if field is None or form not in MEDIA_TYPES:
            raise Http404
        found = table(scope, field)
        if form == "csv":
            data = b"".join(as_csv(found))
        else:
            data = as_workbook(found, title=str(scope), rtl=get_language_bidi(), created=timezone.now())
        name = f"{scope.slug}-{field.name}.{form}"
        return as_attachment(data, name=name, media_type=MEDIA_TYPES[form])

    def _scope(self, request: HttpRequest, key: UUID) -> Workshop | Programme:
        scope: Workshop | Programme | None = self.model_admin.get_queryset(request).filter(pk=key).first()
        if scope is None or not self.model_admin.has_view_permission(request, scope):
            raise Http404
        return scope
