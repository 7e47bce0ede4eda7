"""Merges of people: who was merged into whom and why, and the way back."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.admin.displays import DONE, OFF, pill
from accounts.admin.organizers import ReadOnlyAdmin
from accounts.admin.steps import Step
from participants.models import Merge, Person
from participants.queries import merges
from participants.verbs.merges import undo_merge
from workshops.admin.names import NamedAdmin
from workshops.admin.practice import practice_filter

UNDO = Step(
    name="undo",
    label=_("Undo the merge"),
    button=ngettext_lazy("Undo %(count)d merge", "Undo %(count)d merges", "count"),
    done=ngettext_lazy("%(count)d merge undone.", "%(count)d merges undone.", "count"),
    note=lambda _rows: _(
        "What was moved goes back. What came to the record that stays since then stays with it; a nomination that was "
        "joined needs a free place of the Party."
    ),
    fits=lambda row: row.undone_at is None,
    do=lambda row, _answers, by, at: undo_merge(row, by=by, at=at),
)


@admin.register(Merge)
class MergeAdmin(NamedAdmin, ReadOnlyAdmin):
    """Two records that became one."""

    scope = staticmethod(merges.visible_to)
    list_display = ("gone", "kept", "state_pill", "reason", "merged_at", "merged_by")
    list_filter = (practice_filter("kept__rehearsal"), ("undone_at", admin.EmptyFieldListFilter), "merged_at")
    search_fields = ("kept__search_text", "gone__search_text", "kept__email", "gone__email")
    list_select_related = ("kept", "gone", "merged_by")
    fields = ("gone", "kept", "state_pill", "reason", "merged_at", "merged_by", "undone_at", "moved_rows", "filled_in")
    readonly_fields = ("state_pill", "moved_rows", "filled_in")
    actions = (UNDO,)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Let the page of a pair lead to its merges."""
        return lookup == "gone__in" or super().lookup_allowed(lookup, value, request)

    @admin.display(description=_("state"), ordering="undone_at")
    def state_pill(self, row: Merge) -> SafeString:
        """Whether the merge stands."""
        return pill(gettext("Stands"), DONE) if row.undone_at is None else pill(gettext("Undone"), OFF)

    @admin.display(description=_("what was moved"))
    def moved_rows(self, row: Merge) -> SafeString:
        """How many rows of each noun, and how many nominations were joined."""
        counted = [(_noun(name), len(ids)) for name, ids in row.moved.get("rows", {}).items() if ids]
        counted += (
            [(gettext("Nominations joined to another"), len(row.moved.get("joined", ())))]
            if row.moved.get("joined")
            else []
        )
        return format_html_join("", "{}: {}<br>", counted) or SafeString("–")

    @admin.display(description=_("what was filled in"))
    def filled_in(self, row: Merge) -> str:
        """The fields that the record that stays took over."""
        fields = (Person._meta.get_field(name) for name in row.filled)  # noqa: SLF001  # Django's documented Meta API
        return ", ".join(str(getattr(field, "verbose_name", field)) for field in fields) or "–"


def _noun(name: str) -> Any:
    app, model, _column = name.split(".")
    noun = str(apps.get_model(app, model)._meta.verbose_name_plural)  # noqa: SLF001
    return noun[:1].upper() + noun[1:]
