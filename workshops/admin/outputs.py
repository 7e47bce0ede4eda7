"""Evidence of what workshops yielded."""

from django.contrib import admin

from accounts.admin.organizers import OrganizerAdmin
from workshops.admin.practice import practice_filter
from workshops.models import Output
from workshops.queries import outputs


@admin.register(Output)
class OutputAdmin(OrganizerAdmin):
    """One piece of evidence for one expectation at one workshop."""

    scope = staticmethod(outputs.visible_to)
    deletable = True
    list_display = ("title", "workshop", "expectation", "recorded_on")
    list_filter = (practice_filter("workshop__programme__rehearsal_of"), "expectation__kind", "workshop")
    search_fields = ("title", "text", "workshop__slug", "expectation__code")
    date_hierarchy = "recorded_on"
    list_select_related = ("workshop", "expectation")
    autocomplete_fields = ("workshop", "expectation")
    exclude = ("file",)
