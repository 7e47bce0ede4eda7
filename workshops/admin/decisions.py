"""Decisions of the Conference of the Parties and the issues of Annex I under which they are cited."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.counts import count_column, count_of
from accounts.admin.organizers import OrganizerAdmin, ReadOnlyInline
from workshops.models import Decision, DecisionCitation, DecisionIssue
from workshops.queries import decisions
from workshops.queries.decisions import citation_index


class CitationsInline(ReadOnlyInline):
    """Where a decision deals with an issue; a citation has a page of its own."""

    model = DecisionCitation
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[DecisionCitation]:
        return super().get_queryset(request).select_related("decision", "issue")


@admin.register(Decision)
class DecisionAdmin(OrganizerAdmin):
    """Decisions by their number as printed."""

    scope = staticmethod(decisions.visible_to)
    list_display = ("reference", "meeting", "number", "issues")
    list_filter = ("meeting",)
    search_fields = ("reference", "slug", "citations__search_text")
    inlines = (CitationsInline,)

    counts = {"cited": count_of(DecisionCitation.objects.all(), "decision")}

    issues = count_column("cited", _("issues"))


@admin.register(DecisionIssue)
class DecisionIssueAdmin(OrganizerAdmin):
    """The rows of Annex I."""

    list_display = ("position", "__str__", "decisions")
    list_display_links = ("__str__",)
    search_fields = ("slug", "title")
    inlines = (CitationsInline,)
    texts = ("title",)

    counts = {"cited": count_of(DecisionCitation.objects.all(), "issue")}

    decisions = count_column("cited", _("decisions"))


@admin.register(DecisionCitation)
class DecisionCitationAdmin(OrganizerAdmin):
    """Paragraphs and parts of a decision on one issue."""

    deletable = True
    list_display = ("decision", "issue", "paragraphs", "parts", "note")
    list_filter = ("decision__meeting", "issue")
    search_fields = ("decision__reference", "search_text", "note")
    list_select_related = ("decision", "issue")
    autocomplete_fields = ("decision", "issue")

    def save_model(self, request: HttpRequest, obj: DecisionCitation, form: Any, change: bool) -> None:
        """Make the paragraphs findable."""
        obj.search_text = citation_index(obj.decision, obj.issue, obj.paragraphs, obj.parts)
        super().save_model(request, obj, form, change)
