"""Selections: proposals for a call and the decision on it, with reasons for each nomination; asked for on the call's page."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from accounts.admin.counts import count_column, count_of
from accounts.admin.displays import state_column
from accounts.admin.organizers import ReadOnlyAdmin
from participants.admin.compared_proposals import ComparePage
from participants.admin.proposal_steps import DISCARD, RETRY, ApprovePage, OverridePage, hindrance
from participants.admin.proposals import TONES, ProposalPage, heading, progress_of, shown
from participants.admin.questions import AnswersPage, AskPage
from participants.admin.reserves import ReserveInline
from participants.admin.selection_papers import PaperPage
from participants.models import Selection, SelectionEntry
from participants.models.selections import Outcome, SelectionState
from participants.queries import selections
from workshops.admin.practice import practice_filter

UNDONE = (SelectionState.COMPUTING, SelectionState.IMPOSSIBLE, SelectionState.FAILED)


@admin.register(Selection)
class SelectionAdmin(ReadOnlyAdmin):
    """Proposals and decisions, newest first within a call."""

    scope = staticmethod(selections.visible_to)
    change_form_template = "admin/selection.html"
    list_display = ("__str__", "workshop", "state_pill", "seats", "selected", "reserves", "decided_by", "decided_at")
    list_filter = (practice_filter("call__workshop__programme__rehearsal_of"), "state", "call__workshop", "decided_at")
    search_fields = ("call__symbol", "call__workshop__title", "note", "decided_by__email")
    date_hierarchy = "decided_at"
    list_select_related = ("call__workshop", "decided_by")
    fields = ("call", "number", "state")
    inlines = (ReserveInline,)
    actions = (RETRY, DISCARD)
    state_pill = state_column(TONES)

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

    def get_queryset(self, request: HttpRequest) -> QuerySet[Selection]:
        """Return selections with the call that every page of theirs names."""
        return super().get_queryset(request).select_related("call__workshop__programme")

    def links(self, row: Selection) -> Iterator[tuple[str, str]]:
        """Lead to the paper of what was computed or entered."""
        if row.state not in UNDONE:
            for form, label in (("pdf", gettext("Paper as PDF")), ("xlsx", gettext("Paper as workbook"))):
                yield reverse("admin:participants_selection_paper", args=[row.pk, form]), label

    def get_urls(self) -> list[URLPattern]:
        """Add the pages below a proposal, and that of two side by side."""
        view = self.admin_site.admin_view
        below: dict[str, Any] = {
            "override": view(OverridePage(self)),
            "approve": view(ApprovePage(self)),
            "ask": view(AskPage(self)),
            "answers": never_cache(AnswersPage(self)),
            "progress": never_cache(self.progress_view),
        }
        return [
            path("<uuid:key>/paper.<str:form>", view(PaperPage(self)), name="participants_selection_paper"),
            path("compare/", view(ComparePage(self)), name="participants_selection_compare"),
            *(path(f"<uuid:key>/{name}/", page, name=f"participants_selection_{name}") for name, page in below.items()),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add how far the computation is, or what came of it."""
        selection = context.get("original")
        if selection is not None:
            context |= {**heading(selection), **progress_of(selection)}
            if selection.state not in UNDONE:
                context |= {**shown(request, selection), "hindered": hindrance(selection, request)}
        return super().render_change_form(request, context, *args, **kwargs)

    def progress_view(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Answer the page's own question how far its proposal is; when it has come to rest the page is read anew."""
        if not self.admin_site.has_permission(request):
            return HttpResponse(status=403, headers={"HX-Refresh": "true"})
        standing = progress_of(ProposalPage(self).find(request, key))
        headers = {} if standing["moving"] else {"HX-Refresh": "true"}
        return TemplateResponse(request, "admin/selection_progress.html", standing, headers=headers)
