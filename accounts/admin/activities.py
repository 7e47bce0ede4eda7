"""The activity log: read as sentences, never written to."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.admin.organizers import ReadOnlyAdmin
from accounts.admin.sentences import sentence
from accounts.models import ActivityEntry


@admin.register(ActivityEntry)
class ActivityEntryAdmin(ReadOnlyAdmin):
    """Who did what, newest first."""

    list_display = ("at", "told", "subject_kind", "details", "address")
    list_display_links = ("at",)
    list_filter = ("verb", "subject_kind", ("actor", admin.RelatedOnlyFieldListFilter), "at")
    search_fields = ("actor_label", "subject_label", "verb", "=subject_key")
    date_hierarchy = "at"
    list_select_related = ("actor",)
    list_per_page = 100

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Let the pages of other nouns lead to the entries about one row."""
        return lookup in {"subject_kind", "subject_key"} or super().lookup_allowed(lookup, value, request)

    @admin.display(description=_("what happened"))
    def told(self, entry: ActivityEntry) -> str:
        """Return the entry as a sentence."""
        return sentence(entry)

    @admin.display(description=_("details"))
    def details(self, entry: ActivityEntry) -> SafeString:
        """Return what changed, name by name."""
        return format_html_join("; ", "{}: {}", ((name, _shown(value)) for name, value in entry.changes.items()))


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
