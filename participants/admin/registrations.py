"""Registrations and the days on which people were seen."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.admin.counts import count_column, count_of
from accounts.admin.displays import DONE, WAITS, state_column
from accounts.admin.entered import EnteredAdmin
from accounts.admin.organizers import ReadOnlyInline
from accounts.admin.steps import Step
from accounts.models import User
from accounts.visitors import visitor
from participants.admin.entering import enter_registration
from participants.admin.sealed import SealedPage, sealed_links
from participants.models import Attendance, Registration
from participants.models.invitations import InvitationState
from participants.models.registrations import RegistrationState
from participants.queries import registrations
from participants.verbs.attendances import record_attendance
from participants.verbs.registrations import complete
from workshops.admin.names import NamedAdmin
from workshops.admin.practice import practice_filter


class DayForm(forms.Form):
    """A local day of the workshop."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


def _today_at(rows: Sequence[Registration], now: datetime) -> Mapping[str, date]:
    workshop = rows[0].invitation.nomination.call.workshop
    today = now.astimezone(ZoneInfo(workshop.zone)).date()
    return {"day": min(max(today, workshop.starts_on), workshop.ends_on)}


ATTEND = Step(
    name="attend",
    label=_("Mark as present"),
    button=ngettext_lazy("Mark %(count)d person as present", "Mark %(count)d people as present", "count"),
    done=ngettext_lazy("%(count)d person marked as present.", "%(count)d people marked as present.", "count"),
    note=lambda _rows: _("The first mark of all makes the workshop “held”."),
    form=DayForm,
    start=_today_at,
    fits=lambda row: row.invitation.state == InvitationState.ACCEPTED,
    do=lambda row, answers, by, at: record_attendance(row, answers["day"], by=by, at=at),
)


COMPLETE = Step(
    name="complete",
    label=_("Registration is complete"),
    button=ngettext_lazy("Register %(count)d person", "Register %(count)d people", "count"),
    done=ngettext_lazy("%(count)d person registered.", "%(count)d people registered.", "count"),
    note=lambda _rows: _("What is still needed is named; each person gets a letter that confirms it."),
    fits=lambda row: row.state == RegistrationState.BEGUN,
    do=lambda row, _answers, by, at: complete(row.invitation, by=by, at=at),
)


class AttendanceInline(ReadOnlyInline):
    """The days on which the person was seen."""

    model = Attendance
    fields = ("day", "recorded_at")


@admin.register(Registration)
class RegistrationAdmin(NamedAdmin, EnteredAdmin):
    """What invited people told the secretariat after accepting; for whom cannot, it is entered here."""

    entered_fields = (
        "invitation",
        "badge_name",
        "passport_name",
        "nationality",
        "residence",
        "arrives_on",
        "leaves_on",
        "may_list",
    )
    enter = staticmethod(enter_registration)
    autocomplete_fields = ("invitation", "nationality", "residence")

    scope = staticmethod(registrations.visible_to)
    list_display = (
        "badge_name",
        "represents",
        "workshop",
        "state_pill",
        "nationality",
        "arrives_on",
        "leaves_on",
        "may_list",
        "seen",
    )
    list_filter = (
        practice_filter("invitation__nomination__call__workshop__programme__rehearsal_of"),
        "invitation__nomination__call__workshop",
        "state",
        "invitation__state",
        "may_list",
        "arrives_on",
    )
    search_fields = (
        "badge_name",
        "passport_name",
        "invitation__nomination__reference",
        "invitation__nomination__person__search_text",
        "invitation__nomination__party__search_text",
    )
    date_hierarchy = "arrives_on"
    list_select_related = (
        "nationality",
        "invitation__nomination__party",
        "invitation__nomination__organization",
        "invitation__nomination__call__workshop",
    )
    inlines = (AttendanceInline,)
    actions = (ATTEND, COMPLETE)
    state_pill = state_column({"begun": WAITS, "registered": DONE})

    counts = {"days_seen": count_of(Attendance.objects.all(), "registration")}

    def get_urls(self) -> list[URLPattern]:
        """Add the pages that open what is sealed."""
        page = self.admin_site.admin_view(SealedPage(self))
        name = "participants_registration_sealed"
        return [path("<uuid:key>/sealed/<str:what>/", page, name=name), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add the links to what the reader may open of the sealed."""
        row, user = context.get("original"), visitor(request)
        if row is not None and isinstance(user, User):
            context["sealed"] = sealed_links(row, user)
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("represents"), ordering="invitation__nomination__party")
    def represents(self, registration: Registration) -> str:
        """The Party or the organization that nominated the person."""
        nomination = registration.invitation.nomination
        return str(nomination.party or nomination.organization)

    @admin.display(description=_("workshop"), ordering="invitation__nomination__call__workshop")
    def workshop(self, registration: Registration) -> str:
        """Where the person goes."""
        return registration.invitation.nomination.call.workshop.reference

    seen = count_column("days_seen", _("days present"))
