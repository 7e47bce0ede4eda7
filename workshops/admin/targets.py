"""Frameworks and their global targets."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.counts import count_of
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

    def get_queryset(self, request: HttpRequest) -> QuerySet[Framework]:
        return super().get_queryset(request).annotate(target_count=count_of(Target.objects.all(), "framework"))

    @admin.display(description=_("targets"), ordering="target_count")
    def targets(self, framework: Framework) -> int:
        """How many targets the framework has."""
        return int(getattr(framework, "target_count", 0))


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
