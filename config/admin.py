"""The pages of programmes and workshops in the admin: they need every floor."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.admin.sentences import sentence
from config.desk import latest_about, standings
from config.workshop_steps import ASK_TARGETS, CANCEL, COMPILE, HELD, OPEN_CALL, REPORTED
from participants.admin.logistics import NOTE
from participants.admin.postponements import MOVE_ONLINE, POSTPONE, PUT_OFF
from participants.admin.statistics import StatisticsPage
from participants.models.calls import CallState
from participants.models.nominations import NominationState
from workshops.admin.programmes import ProgrammeAdmin
from workshops.admin.workshops import WorkshopAdmin
from workshops.models import Programme, Workshop
from workshops.models.workshops import WorkshopStage


@admin.register(Workshop)
class DeskWorkshopAdmin(WorkshopAdmin):
    """Where a workshop stands in its life, and the next step."""

    change_form_template = "admin/workshop.html"
    actions = (OPEN_CALL, NOTE, HELD, ASK_TARGETS, COMPILE, REPORTED, POSTPONE, PUT_OFF, MOVE_ONLINE, CANCEL)

    def links(self, row: Workshop) -> Iterator[tuple[str, str]]:
        """Lead to what belongs to the workshop, page by page."""
        if row.stage == WorkshopStage.SELECTED:
            chosen = urlencode(
                {"call__workshop__id__exact": str(row.pk), "state__exact": NominationState.SELECTED.value}
            )
            yield f"{reverse('admin:participants_nomination_changelist')}?{chosen}", _("Invite those selected")
        for call in row.calls.exclude(state=CallState.CANCELLED):
            if row.stage == WorkshopStage.CALLED and call.state == CallState.CLOSED:
                yield reverse("admin:participants_call_select", args=[call.pk]), _("Select participants")
            yield reverse("admin:participants_call_change", args=[call.pk]), _("Call")
        for name, label, path in (
            ("participants_nomination", _("Nominations"), "call__workshop"),
            ("participants_invitation", _("Invitations"), "nomination__call__workshop"),
            ("participants_registration", _("Registrations"), "invitation__nomination__call__workshop"),
            ("targets_submission", _("Submissions"), "workshop"),
        ):
            yield f"{reverse(f'admin:{name}_changelist')}?{path}__id__exact={row.pk}", label
        yield StatisticsPage(self).address(row), _("Statistics")
        yield f"{reverse('admin:correspondence_message_changelist')}?{urlencode({'topic': row.reference})}", _("Outbox")
        if row.programme.rehearsal_of_id is None:
            yield reverse("workshop", args=[row.slug]), _("View the public page")

    def get_urls(self) -> list[URLPattern]:
        """Add the statistics."""
        return [*StatisticsPage(self).urls, *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add how far the workshop is and what was done last."""
        workshop = context.get("original")
        if workshop is not None:
            context["now"] = timezone.now()
            context["standing"] = next(iter(standings(request.user, only=workshop.pk)), None)
            context["latest"] = [(entry.at, sentence(entry)) for entry in latest_about(workshop)]
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(Programme)
class DeskProgrammeAdmin(ProgrammeAdmin):
    """A series of workshops, with the statistics of its people."""

    def links(self, row: Programme) -> Iterator[tuple[str, str]]:
        """Lead to the workshops and to the statistics over all of them."""
        workshops = reverse("admin:workshops_workshop_changelist")
        yield f"{workshops}?programme__id__exact={row.pk}", _("Workshops")
        yield StatisticsPage(self).address(row), _("Statistics")

    def get_urls(self) -> list[URLPattern]:
        """Add the statistics."""
        return [*StatisticsPage(self).urls, *super().get_urls()]
