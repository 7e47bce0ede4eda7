"""Frameworks and their global targets."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.admin.counts import count_column, count_of
from accounts.admin.organizers import OrganizerAdmin
from workshops.models import Framework, Target
from workshops.queries import targets


@admin.register(Framework)
class FrameworkAdmin(OrganizerAdmin):
    """Sets of targets, each with dates of its own."""

    list_display = ("slug", "__str__", "adopted_on", "due_on", "targets", "source")
    search_fields = ("slug", "title", "source")
    date_hierarchy = "adopted_on"
    texts = ("title",)

    counts = {"target_count": count_of(Target.objects.all(), "framework")}

    targets = count_column("target_count", _("targets"))


@admin.register(Target)
class TargetAdmin(OrganizerAdmin):
    """Global targets over all frameworks."""

    scope = staticmethod(targets.visible_to)
    list_display = ("code", "number", "__str__", "framework", "goal", "due_on", "area_based")
    list_filter = ("framework", "area_based", "goal")
    search_fields = ("code", "title", "summary")
    list_select_related = ("framework",)
    autocomplete_fields = ("framework",)
    texts = ("title", "summary")
