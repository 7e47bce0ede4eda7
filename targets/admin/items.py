"""National targets and where they apply, over all submissions."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.admin.counts import count_column, count_of
from accounts.admin.organizers import ReadOnlyAdmin, ReadOnlyInline
from targets.models import Area, TargetItem
from targets.queries import areas, items
from workshops.admin.names import NamedAdmin
from workshops.admin.practice import practice_filter


class AreaInline(ReadOnlyInline):
    """The named areas of a target."""

    model = Area
    fields = ("name", "hectares_stated", "on_map")
    readonly_fields = ("on_map",)
    show_change_link = True

    @admin.display(description=_("has a geometry"), boolean=True)
    def on_map(self, area: Area) -> bool:
        """Whether more than the name is known."""
        return area.geometry is not None


@admin.register(TargetItem)
class TargetItemAdmin(NamedAdmin, ReadOnlyAdmin):
    """Quantities as written and as measured, side by side."""

    scope = staticmethod(items.visible_to)
    list_display = ("title", "submission", "measure", "as_written", "value", "unit", "hectares", "due_on", "areas")
    list_filter = (
        practice_filter("submission__programme__rehearsal_of"),
        "submission__state",
        "measure",
        "bound",
        "in_nbsap",
        ("hectares", admin.EmptyFieldListFilter),
        "global_targets",
    )
    search_fields = (
        "title",
        "as_written",
        "basis",
        "source",
        "submission__party__search_text",
        "=submission__party__code",
    )
    date_hierarchy = "due_on"
    list_select_related = ("submission",)
    inlines = (AreaInline,)

    counts = {"area_count": count_of(Area.objects.all(), "item")}

    areas = count_column("area_count", _("areas"))


@admin.register(Area)
class AreaAdmin(NamedAdmin, ReadOnlyAdmin):
    """Named areas, with a geometry or without."""

    scope = staticmethod(areas.visible_to)
    list_display = ("name", "item", "party", "hectares_stated", "on_map")
    list_filter = (
        practice_filter("item__submission__programme__rehearsal_of"),
        "item__submission__state",
        ("geometry", admin.EmptyFieldListFilter),
    )
    search_fields = ("name", "item__title", "item__submission__party__search_text", "=item__submission__party__code")
    list_select_related = ("item__submission__party",)

    @admin.display(description=_("Party"), ordering="item__submission__party")
    def party(self, area: Area) -> str:
        """Whose target it is."""
        return str(area.item.submission.party)

    @admin.display(description=_("has a geometry"), boolean=True)
    def on_map(self, area: Area) -> bool:
        """Whether more than the name is known."""
        return area.geometry is not None
