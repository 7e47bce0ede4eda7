"""Imports of the directory: a file sent in, looked at row by row, and written once somebody says so."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.cache import never_cache

from accounts.admin.displays import DONE, LATE, OFF, PLAIN, WAITS, pill, state_column
from accounts.admin.organizers import ReadOnlyAdmin
from accounts.admin.steps import Step
from accounts.errors import Refused
from accounts.portal.listing import page_of
from accounts.visitors import actor_of
from documents.tables import csv_lines
from participants.models import DirectoryImport, DirectoryRow, FocalPoint
from participants.models.imports import ImportState
from participants.queries import imports
from participants.queries.exports import COLUMNS
from participants.queries.imports import PLACES, figures, refused_rows
from participants.verbs.exports import Format, export_directory
from participants.verbs.import_rows import ROWS_LIMIT
from participants.verbs.imports import MEDIA_TYPES, begin_import, confirm_import, discard_import

ROWS_A_PAGE = 100
MOVING = {ImportState.READING, ImportState.WRITING}
PLACE_NAMES: dict[str, Any] = {
    "added": gettext_lazy("Added"),
    "changed": gettext_lazy("Changed"),
    "same": gettext_lazy("As it is"),
    "refused": gettext_lazy("Refused"),
}
TONES = {"added": DONE, "changed": WAITS, "same": PLAIN, "refused": LATE}


def _open(rows: Any) -> int:
    return sum(figures(batch).open for batch in rows)


WRITE = Step(
    name="write",
    label=gettext_lazy("Write the rows"),
    button=ngettext_lazy("Write %(count)d row", "Write %(count)d rows", "count"),
    done=ngettext_lazy("%(count)d row is being written.", "%(count)d rows are being written.", "count"),
    size=_open,
    counts=int,
    fits=lambda batch: batch.state == ImportState.READY,
    do=lambda batch, _answers, by, at: confirm_import(batch, by=by, at=at),
)
DISCARD = Step(
    name="discard",
    label=gettext_lazy("Discard the file"),
    grave=True,
    button=ngettext_lazy("Discard %(count)d file", "Discard %(count)d files", "count"),
    done=ngettext_lazy("%(count)d file discarded.", "%(count)d files discarded.", "count"),
    note=lambda _rows: _("What was read of the file is deleted. The directory stays as it is."),
    fits=lambda batch: batch.state in {ImportState.READING, ImportState.READY},
    do=lambda batch, _answers, by, at: discard_import(batch, by=by, at=at),
)


class UploadForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput({"accept": ".csv,.tsv,.txt,.xlsx"}),
        error_messages={"required": gettext_lazy("Choose a file."), "empty": gettext_lazy("The file is empty.")},
    )


@dataclass(frozen=True, slots=True)
class Change:
    """One value of a row, before and after, with what is wrong with it."""

    column: str
    before: str
    after: str
    problem: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of an import as its page shows it."""

    row: DirectoryRow
    place: SafeString
    changes: list[Change]
    problems: list[str]

    @classmethod
    def of(cls, row: DirectoryRow) -> "Line":
        """Put what is wrong beside the value it is about."""
        place = "refused" if row.written is False else row.verdict
        faults = {column: sentence for column, sentence in row.faults if column}
        changes = {} if place == "refused" else row.changes
        columns = [column for column in COLUMNS if column in changes or column in faults]
        values = {column: changes.get(column, ["", row.cells.get(column, "")]) for column in columns}
        shown = [Change(column, before, after, faults.get(column, "")) for column, (before, after) in values.items()]
        beside = [sentence for column, sentence in row.faults if not column]
        return cls(row, pill(PLACE_NAMES[place], TONES[place]), shown, beside)


@admin.register(DirectoryImport)
class DirectoryImportAdmin(ReadOnlyAdmin):
    """What a file would do, row by row, before it does it."""

    addable = True
    scope = staticmethod(imports.visible_to)
    change_form_template = "admin/import.html"
    list_display = ("__str__", "state_pill", "rows_read", "rows_written", "made_by", "made_at")
    list_filter = ("state", "made_at")
    search_fields = ("file__name", "made_by__email", "made_by__name")
    list_select_related = ("file", "made_by")
    fields = ("file", "state", "made_by", "made_at")
    actions = (WRITE, DISCARD)
    state_pill = state_column(
        {"reading": WAITS, "ready": LATE, "writing": WAITS, "done": DONE, "failed": LATE, "discarded": OFF}
    )

    def get_urls(self) -> list[URLPattern]:
        """Add what changes in place, what was refused, and taking the directory out."""
        view = self.admin_site.admin_view
        return [
            path("export/<str:form>/", view(self.export_view), name="participants_focalpoint_export"),
            path("<uuid:key>/progress/", never_cache(self.progress_view), name="participants_directoryimport_progress"),
            path("<uuid:key>/refused.csv", view(self.refused_view), name="participants_directoryimport_refused"),
            *super().get_urls(),
        ]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:  # noqa: ARG002
        """Take a file, and lead to what it would do."""
        self._require_organizer(request)
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            upload = form.cleaned_data["file"]
            data = upload.read(settings.UPLOAD_LIMIT + 1)  # one more byte is enough to refuse it
            try:
                batch = begin_import(data, upload.name, by=actor_of(request), at=timezone.now())
            except Refused as refusal:
                form.add_error("file", str(refusal))
            else:
                return HttpResponseRedirect(reverse("admin:participants_directoryimport_change", args=[batch.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import focal points"),
            "opts": self.opts,
            "form": form,
            "columns": COLUMNS,
            "rows_limit": ROWS_LIMIT,
            "megabytes": settings.UPLOAD_LIMIT // (1024 * 1024),
        }
        status = 422 if request.method == "POST" else 200
        return TemplateResponse(request, "admin/import_upload.html", context, status=status)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add how far the file is, and the page of its rows that the address asks for."""
        batch = context.get("original")
        if batch is not None:
            context |= self._standing(batch)
            chosen = request.GET.get("rows", "")
            rows = batch.rows.filter(PLACES[chosen]) if chosen in PLACES else batch.rows.all()
            page = page_of(request, rows.order_by("number"), size=ROWS_A_PAGE)
            context |= {
                "page": page,
                "lines": [Line.of(row) for row in page],
                "chips": _chips(chosen, context["figures"]),
                "write": WRITE.button % {"count": context["figures"].open},
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def progress_view(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Answer the page's own question how far its file is; when it has come to rest the page is read anew."""
        if not self.admin_site.has_permission(request):
            return HttpResponse(status=403, headers={"HX-Refresh": "true"})
        standing = self._standing(self._find(request, key))
        headers = {} if standing["moving"] else {"HX-Refresh": "true"}
        return TemplateResponse(request, "admin/import_progress.html", standing, headers=headers)

    def refused_view(self, request: HttpRequest, key: UUID) -> StreamingHttpResponse:
        """Give the refused rows as a file that can be corrected and sent in again."""
        return _download(csv_lines(refused_rows(self._find(request, key))), "focal-points-refused.csv", Format.CSV)

    def export_view(self, request: HttpRequest, form: str) -> StreamingHttpResponse:
        """Give the focal points that the list shows under the filters in the address."""
        self._require_organizer(request)
        if form not in MEDIA_TYPES:
            raise Http404
        try:
            rows = self.admin_site.get_model_admin(FocalPoint).get_changelist_instance(request).queryset
        except IncorrectLookupParameters as error:
            raise Http404 from error
        lines = export_directory(rows, Format(form), by=actor_of(request), at=timezone.now())
        return _download(lines, f"focal-points.{form}", Format(form))

    def _require_organizer(self, request: HttpRequest) -> None:
        if not self.allows(request):
            raise Http404

    def _find(self, request: HttpRequest, key: UUID) -> DirectoryImport:
        batch: DirectoryImport | None = self.get_queryset(request).select_related("file").filter(pk=key).first()
        if batch is None:
            raise Http404
        return batch

    def _standing(self, batch: DirectoryImport) -> dict[str, Any]:
        counts = figures(batch)
        return {
            "batch": batch,
            "figures": counts,
            "moving": batch.state in MOVING,
            "to_write": counts.open + batch.rows_written,
        }


def _chips(chosen: str, counts: imports.Figures) -> list[tuple[str, str | Promise, bool]]:
    """Return address, words and whether chosen, of each part of the rows that there is."""
    places = [
        (name, f"{label} {getattr(counts, name)}") for name, label in PLACE_NAMES.items() if getattr(counts, name)
    ]
    everything = ("?#rows", _("All %(count)d") % {"count": counts.total}, chosen not in PLACES)
    return [everything, *((f"?rows={name}#rows", words, chosen == name) for name, words in places)]


def _download(lines: Any, name: str, form: Format) -> StreamingHttpResponse:
    header = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    headers = {"Content-Disposition": header, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    return StreamingHttpResponse(lines, content_type=MEDIA_TYPES[form.value], headers=headers)
