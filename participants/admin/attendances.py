"""Who was there, by local day."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.admin.organizers import ReadOnlyAdmin
from correspondence.admin.writing import WritingStep
from participants.models import Attendance
from participants.queries import attendances
from participants.verbs.certificates import OVER, certify
from workshops.admin.names import NamedAdmin
from workshops.admin.practice import practice_filter

CERTIFY = WritingStep(
    name="certify",
    label=_("Send certificates"),
    mailing=_("Certificates of participation"),
    place=lambda row: row.registration.invitation.nomination.call.workshop.reference,
    button=ngettext_lazy("Certify %(count)d person", "Certify %(count)d people", "count"),
    done=ngettext_lazy("%(count)d certificate written.", "%(count)d certificates written.", "count"),
    note=lambda _rows: _(
        "Each person gets one certificate as PDF, whatever the number of days; who has one gets none."
    ),
    size=lambda rows: len({row.registration_id for row in rows}),
    counts=int,
    fits=lambda row: row.registration.invitation.nomination.call.workshop.stage in OVER,
    do=lambda row, _answers, **how: certify(row, **how),
)


@admin.register(Attendance)
class AttendanceAdmin(NamedAdmin, ReadOnlyAdmin):
    """Marks of presence, made from the list of registrations; who was present gets a certificate."""

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
    actions = (CERTIFY,)
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
