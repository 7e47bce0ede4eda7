"""Who works for which workshop without being an organizer."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from accounts.admin.organizers import OrganizerAdmin
from accounts.models import User
from accounts.models.users import Role
from workshops.admin.names import NamedAdmin
from workshops.models import Assignment


@admin.register(Assignment)
class AssignmentAdmin(NamedAdmin, OrganizerAdmin):
    """A host's liaison, or somebody of finance, and a workshop; what they see follows from the role."""

    deletable = True
    list_display = ("user", "workshop", "assigned_at")
    list_filter = ("workshop",)
    fields = ("user", "workshop")
    autocomplete_fields = ("workshop",)
    list_select_related = ("user", "workshop")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the users of those two roles alone."""
        if db_field.name == "user":
            kwargs["queryset"] = User.objects.filter(role__in=[Role.LIAISON, Role.FINANCE], is_active=True)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Assignment, form: Any, change: bool) -> None:  # Django's signature
        """Note when the work began."""
        if not change:
            obj.assigned_at = timezone.now()
        super().save_model(request, obj, form, change)
