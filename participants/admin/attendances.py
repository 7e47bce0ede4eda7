"""Who was there, by local day."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.admin.organizers import ReadOnlyAdmin
from participants.models import Attendance
from participants.queries import attendances
from workshops.admin.names import NamedAdmin
from workshops.admin.practice import practice_filter


@admin.register(Attendance)
class AttendanceAdmin(NamedAdmin, ReadOnlyAdmin):
    """Marks of presence; they are made from the list of registrations."""

    scope = staticmethod(attendances.visible_to)
    list_display = ("day", "registration", "represents", "workshop", "recorded_at")
    list_display_links = ("day", "registration")
    list_filter = (
        practice_filter("registration__invitation__nomination__call__workshop__programme__rehearsal_of"),
        "registration__invitation__nomination__call__workshop",
        "day",
    )
    search_fields = (
        "registration__badge_name",
        "registration__invitation__nomination__reference",
        "registration__invitation__nomination__person__search_text",
    )
    date_hierarchy = "day"
    list_select_related = (
        "registration__invitation__nomination__party",
        "registration__invitation__nomination__organization",
        "registration__invitation__nomination__call__workshop",
    )

    @admin.display(description=_("represents"))
    def represents(self, attendance: Attendance) -> str:
        """The Party or the organization that nominated the person."""
        nomination = attendance.registration.invitation.nomination
        return str(nomination.party or nomination.organization)

    @admin.display(description=_("workshop"))
    def workshop(self, attendance: Attendance) -> str:
        """Where it was."""
        return attendance.registration.invitation.nomination.call.workshop.reference
