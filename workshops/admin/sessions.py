"""Sessions, typed and read in the time of their venue."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import DateTimeField
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.admin.displays import moment
from accounts.admin.forms import ordered
from accounts.admin.organizers import OrganizerAdmin
from workshops.admin.practice import practice_filter
from workshops.models import Session, Workshop
from workshops.queries import sessions


class LocalTimeInput(forms.DateTimeInput):
    """The browser's own field for a day and a time, with one label."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


@admin.register(Session)
class SessionAdmin(OrganizerAdmin):
    """Parts of the agenda; times are those of the workshop's zone, on the list and in the form."""

    scope = staticmethod(sessions.visible_to)
    form = ordered(("starts_at", "ends_at"))
    deletable = True
    list_display = ("__str__", "workshop", "kind", "curriculum_item", "begins", "ends", "room")
    list_filter = (practice_filter("workshop__programme__rehearsal_of"), "kind", "workshop")
    search_fields = ("title", "room", "workshop__slug", "workshop__title")
    date_hierarchy = "starts_at"
    list_select_related = ("workshop", "curriculum_item")
    autocomplete_fields = ("workshop", "curriculum_item")
    texts = ("title",)
    formfield_overrides = {DateTimeField: {"form_class": forms.DateTimeField, "widget": LocalTimeInput}}
    fieldsets = (
        (
            None,
            {
                "fields": ("workshop", "curriculum_item", "kind", "title", "room", "starts_at", "ends_at"),
                "description": _("Times are those of the workshop's own zone."),
            },
        ),
    )

    @admin.display(description=_("starts"), ordering="starts_at")
    def begins(self, session: Session) -> str:
        """The beginning in the venue's time."""
        return moment(session.starts_at, session.workshop.zone)

    @admin.display(description=_("ends"), ordering="ends_at")
    def ends(self, session: Session) -> str:
        """The end in the venue's time."""
        return moment(session.ends_at, session.workshop.zone)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show and read the times in the workshop's zone, whatever the zone of the server."""
        with timezone.override(_zone_of(request, object_id)):
            response = super().changeform_view(request, object_id, form_url, extra_context)
            return response.render() if isinstance(response, TemplateResponse) else response


def _zone_of(request: HttpRequest, object_id: str | None) -> ZoneInfo:
    """Return the zone of the workshop that was posted or linked, else of the session that is open."""
    named = request.POST.get("workshop") or request.GET.get("workshop")
    try:
        if named:
            workshops = Workshop.objects.filter(pk=named)
        else:
            workshops = Workshop.objects.filter(sessions__pk=object_id) if object_id else Workshop.objects.none()
        zone = workshops.values_list("zone", flat=True).first()
    except (ValidationError, ValueError):
        zone = None
    return ZoneInfo(zone or "UTC")
