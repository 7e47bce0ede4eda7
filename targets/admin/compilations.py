"""Compilations: asked for, watched, and their reports downloaded."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.admin.counts import count_column, count_of
from accounts.admin.displays import DONE, LATE, WAITS, practice_mark, state_column
from accounts.admin.organizers import ReadOnlyAdmin, ReadOnlyInline
from accounts.admin.steps import Step
from accounts.visitors import actor_of
from correspondence.admin.files import download_address
from targets.models import Compilation, CompilationSource, ReportFile
from targets.models.compilations import CompilationState
from targets.queries import compilations
from targets.verbs.compilations import request_compilation, retry_compilation
from workshops.admin.practice import practice_filter

RETRY = Step(
    name="retry",
    label=_("Compile again"),
    button=ngettext_lazy("Compile %(count)d again", "Compile %(count)d again", "count"),
    done=ngettext_lazy("%(count)d compilation asked for again.", "%(count)d compilations asked for again.", "count"),
    fits=lambda row: row.state == CompilationState.FAILED,
    do=lambda row, _answers, by, at: retry_compilation(row, by=by, at=at),
)


class ReportInline(ReadOnlyInline):
    """The report in its formats."""

    model = ReportFile
    fields = ("format", "report")
    readonly_fields = ("report",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReportFile]:
        return super().get_queryset(request).select_related("file", "compilation__programme")

    @admin.display(description=_("file"))
    def report(self, row: ReportFile) -> str:
        """The file, to be downloaded."""
        return format_html('<a href="{}">{}</a>', download_address(row.file), row.file)


class SourceInline(ReadOnlyInline):
    """The versions that went in."""

    model = CompilationSource
    fields = ("submission",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[CompilationSource]:
        return super().get_queryset(request).select_related("submission")


@admin.register(Compilation)
class CompilationAdmin(ReadOnlyAdmin):
    """Frozen and numbered; a new one is asked for with “add” and compiled in the background."""

    addable = True
    scope = staticmethod(compilations.visible_to)
    list_display = (
        "__str__",
        "scope_word",
        "workshop",
        "state_pill",
        "sources",
        "requested_by",
        "requested_at",
        "practice",
    )
    list_filter = (practice_filter(), "state", "scope", "programme", "requested_at")
    search_fields = ("programme__code", "programme__title", "workshop__reference", "=digest")
    date_hierarchy = "requested_at"
    list_select_related = ("programme", "workshop", "requested_by")
    autocomplete_fields = ("programme", "workshop", "parties")
    exclude = ("snapshot",)
    counts = {"source_count": count_of(CompilationSource.objects.all(), "compilation")}
    actions = (RETRY,)
    state_pill = state_column({"requested": WAITS, "running": WAITS, "ready": DONE, "failed": LATE})

    def get_queryset(self, request: HttpRequest) -> QuerySet[Compilation]:
        rows: QuerySet[Compilation] = super().get_queryset(request)
        return rows.defer("snapshot")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Ask for the scope alone; show everything once it is there."""
        return super().get_fields(request, obj) if obj else ("programme", "workshop", "parties")

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:  # noqa: ARG002  # Django's signature
        """Show reports and sources once there may be some."""
        return (ReportInline, SourceInline) if obj else ()

    @admin.display(description=_("scope"), ordering="scope")
    def scope_word(self, compilation: Compilation) -> str:
        """A workshop, a programme or some Parties."""
        return compilation.get_scope_display()

    sources = count_column("source_count", _("versions"))

    @admin.display(description=_("practice"))
    def practice(self, compilation: Compilation) -> str:
        """Mark compilations of practice copies."""
        return practice_mark(compilation.programme.rehearsal_of_id is not None)

    def save_model(self, request: HttpRequest, obj: Compilation, form: forms.BaseForm, change: bool) -> None:  # noqa: ARG002
        """Ask for the compilation through the verb, which also writes the activity log."""
        asked = request_compilation(
            obj.programme,
            workshop=obj.workshop,
            parties=tuple(form.cleaned_data["parties"]),
            by=actor_of(request),
            at=timezone.now(),
        )
        obj.pk, obj.number, obj._state.adding = asked.pk, asked.number, False  # noqa: SLF001  # Django leads to the new row

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Leave the Parties to the verb."""

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Leave the log to the verb."""
