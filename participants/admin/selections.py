"""Selections: the decision on a call, with a reason for each nomination; made on the call's page of selection."""

from collections.abc import Iterator

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.admin.counts import count_column, count_of
from accounts.admin.displays import DONE, OFF, WAITS, state_column
from accounts.admin.organizers import ReadOnlyAdmin, ReadOnlyInline
from participants.admin.reserves import ReserveInline
from participants.admin.selection_papers import PaperPage
from participants.models import Selection, SelectionEntry
from participants.models.selections import Outcome
from participants.queries import selections
from workshops.admin.practice import practice_filter


class EntryInline(ReadOnlyInline):
    """What was decided on each nomination, and why."""

    model = SelectionEntry
    fields = ("nomination", "person", "party", "outcome", "position", "reason")
    readonly_fields = ("person", "party")

    def get_queryset(self, request: HttpRequest) -> QuerySet[SelectionEntry]:
        return super().get_queryset(request).select_related("nomination__person", "nomination__party")

    @admin.display(description=_("person"))
    def person(self, entry: SelectionEntry) -> str:
        """Who was nominated."""
        return str(entry.nomination.person)

    @admin.display(description=_("Party"))
    def party(self, entry: SelectionEntry) -> str:
        """By which Party; nothing for an expert of an organization."""
        return str(entry.nomination.party or "")


@admin.register(Selection)
class SelectionAdmin(ReadOnlyAdmin):
    """Decisions, newest first within a call."""

    scope = staticmethod(selections.visible_to)
    list_display = ("__str__", "workshop", "state_pill", "seats", "selected", "reserves", "decided_by", "decided_at")
    list_filter = (practice_filter("call__workshop__programme__rehearsal_of"), "state", "call__workshop", "decided_at")
    search_fields = ("call__symbol", "call__workshop__title", "note", "decided_by__email")
    date_hierarchy = "decided_at"
    list_select_related = ("call__workshop", "decided_by")
    inlines = (ReserveInline, EntryInline)
    state_pill = state_column({"proposed": WAITS, "approved": DONE, "discarded": OFF})

    counts = {
        "selected_count": count_of(SelectionEntry.objects.filter(outcome=Outcome.SELECTED), "selection"),
        "reserve_count": count_of(SelectionEntry.objects.filter(outcome=Outcome.RESERVE), "selection"),
    }

    @admin.display(description=_("workshop"), ordering="call__workshop")
    def workshop(self, selection: Selection) -> str:
        """For which workshop."""
        return selection.call.workshop.reference

    selected = count_column("selected_count", _("selected"))

    reserves = count_column("reserve_count", _("reserves"))

    def links(self, row: Selection) -> Iterator[tuple[str, str]]:
        """Lead to the paper of the decision."""
        for form, label in (("pdf", gettext("Paper as PDF")), ("xlsx", gettext("Paper as workbook"))):
            yield reverse("admin:participants_selection_paper", args=[row.pk, form]), label

    def get_urls(self) -> list[URLPattern]:
        """Add the paper."""
        page = self.admin_site.admin_view(PaperPage(self))
        return [path("<uuid:key>/paper.<str:form>", page, name="participants_selection_paper"), *super().get_urls()]
