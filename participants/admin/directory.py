"""The directory of a day: Parties by kinds of focal point, with gaps and overlaps; the address tells what is shown."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.models.focal_points import FocalPointKind
from participants.queries.directory import SHOWN_FIRST, Row, directory
from participants.queries.persons import rehearsal_of
from workshops.models import Party, Programme, Region, Workshop
from workshops.models.regions import RegionList
from workshops.queries import parties, programmes, workshops

ONLY: dict[str, Any] = {"": gettext_lazy("Every Party"), "gaps": gettext_lazy("Only gaps"),
                        "overlaps": gettext_lazy("Only several at once")}  # fmt: skip


class AskedForm(forms.Form):
    """Which part of the directory, and of which day."""

    on = forms.DateField(
        label=gettext_lazy("On"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    only = forms.ChoiceField(label=gettext_lazy("Show"), choices=ONLY.items, required=False)
    region = forms.ChoiceField(label=gettext_lazy("Region"), required=False)
    workshop = forms.ModelChoiceField(
        Workshop.objects.none(), label=gettext_lazy("Workshop"), required=False, empty_label="–"
    )
    practice = forms.ModelChoiceField(
        Programme.objects.none(),
        label=gettext_lazy("People"),
        required=False,
        empty_label=gettext_lazy("Real people"),
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Kinds of focal point"),
        choices=FocalPointKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, request: HttpRequest) -> None:
        given = request.GET.copy()
        given.setlistdefault("kinds", list(SHOWN_FIRST))
        given.setdefault("on", timezone.now().date().isoformat())
        super().__init__(given)
        self.fields["region"].choices = _regions()  # type: ignore[attr-defined]
        user: Any = request.user
        self.fields["workshop"].queryset = workshops.visible_to(user).select_related("programme")  # type: ignore[attr-defined]
        copies = programmes.visible_to(user).filter(rehearsal_of__isnull=False)
        self.fields["practice"].queryset = copies  # type: ignore[attr-defined]

    def rows(self) -> list[Row]:
        """Return what was asked for; the form is valid."""
        asked = self.cleaned_data
        on = asked["on"] or timezone.now().date()
        found = directory(on, self.chosen_kinds(), parties=self._parties(), rehearsal=self.rehearsal())
        if asked["only"] == "gaps":
            return [row for row in found if row.has_gap]
        return [row for row in found if row.has_overlap] if asked["only"] == "overlaps" else found

    def chosen_kinds(self) -> list[FocalPointKind]:
        """Return the columns, in the order of the list of kinds."""
        return [kind for kind in FocalPointKind if kind in self.cleaned_data["kinds"]] or list(SHOWN_FIRST)

    def rehearsal(self) -> Programme | None:
        """Return the practice copy whose people are asked for; a practice workshop has no others."""
        workshop: Workshop | None = self.cleaned_data["workshop"]
        copy: Programme | None = self.cleaned_data["practice"]
        return copy or (rehearsal_of(workshop.programme) if workshop is not None else None)

    def _parties(self) -> Any:
        asked = self.cleaned_data
        found = Party.objects.all()
        if asked["region"]:
            found = parties.in_region(asked["region"], asked["on"] or timezone.now().date())
        return found.filter(coverages__workshop=asked["workshop"]) if asked["workshop"] else found


def _regions() -> list[tuple[Any, Any]]:
    """Return the regions under the names of their lists, which alone are a region too (least developed countries)."""
    names = dict(RegionList.choices)
    grouped = groupby(Region.objects.order_by("of_list", "slug"), key=lambda region: region.of_list)
    lists = [(names[of], sorted(((each.pk, str(each)) for each in found), key=_by_name)) for of, found in grouped]
    return [("", _("All regions")), *lists]


def _by_name(choice: tuple[str, str]) -> str:
    return choice[1]


class Column(NamedTuple):
    """A kind, and of how many of the Parties shown nobody or several stand."""

    kind: FocalPointKind
    gaps: int
    overlaps: int


def _columns(kinds: Iterable[FocalPointKind], rows: Sequence[Row]) -> list[Column]:
    counted = []
    for place, kind in enumerate(kinds):
        cells = [row.cells[place] for row in rows]
        counted.append(Column(kind, sum(cell.gap for cell in cells), sum(cell.overlap for cell in cells)))
    return counted


class DirectoryPage:
    """GET shows the directory; nothing is changed here."""

    def __init__(self, model_admin: Any) -> None:
        self.model_admin = model_admin

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        if not self.model_admin.has_view_permission(request):
            raise PermissionDenied
        form = AskedForm(request)
        valid = form.is_valid()
        rows = form.rows() if valid else []
        context = {
            **self.model_admin.admin_site.each_context(request),
            "title": _("Directory"),
            "opts": self.model_admin.opts,
            "form": form,
            "rows": rows,
            "columns": _columns(form.chosen_kinds(), rows) if valid else [],
            "on": (form.cleaned_data.get("on") or timezone.now().date()) if valid else None,
            "practice": form.rehearsal() if valid else None,
        }
        return TemplateResponse(request, "admin/directory.html", context, status=200 if valid else 422)
