"""Calls: their terms, who has answered and who not, and every deadline there was."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.admin.counts import count_column, count_of
from accounts.admin.displays import DONE, OFF, WAITS, deadline, moment, practice_mark, state_column
from accounts.admin.organizers import ReadOnlyAdmin
from accounts.texts import localized
from participants.admin.call_steps import CHANGE, CLOSE, EXTEND, REMIND
from participants.admin.criteria import CriteriaPage
from participants.admin.rules import RulesPages
from participants.admin.selecting import SelectingPage
from participants.models import Call, Nomination
from participants.models.calls import CallState
from participants.models.nominations import GONE, DocumentKind, Sector, Track
from participants.queries import calls
from participants.queries.answers import answers
from participants.queries.notifications import funding, joined
from workshops.admin.names import NamedAdmin
from workshops.admin.practice import practice_filter


def _labels(values: Iterable[str], choices: Any) -> str:
    return joined((str(choices(each).label) for each in values), _language())


def _language() -> str:
    return (get_language() or "en").split("-")[0]


@admin.register(Call)
class CallAdmin(NamedAdmin, ReadOnlyAdmin):
    """Where nominations are asked for, on which terms, and until when."""

    scope = staticmethod(calls.visible_to)
    change_form_template = "admin/call.html"
    list_display = ("symbol", "workshop", "state_pill", "closes", "seats_per_party", "nominations", "practice")
    list_filter = (practice_filter("workshop__programme__rehearsal_of"), "state", "workshop", "deadline_at")
    search_fields = ("symbol", "file_reference", "workshop__reference", "workshop__title", "workshop__city")
    date_hierarchy = "deadline_at"
    list_select_related = ("workshop__programme",)
    fieldsets = (
        (None, {"fields": ("workshop", "symbol", "file_reference", "issued_on", "areas", "state_pill")}),
        (gettext_lazy("Time"), {"fields": ("opened_at", "closes_in_full", "late_policy", "reminders")}),
        (
            gettext_lazy("What is asked for"),
            {"fields": ("seats_per_party", "asked_tracks", "planning_signatures", "asked_sectors", "asked_papers")},
        ),
        (gettext_lazy("What follows"), {"fields": ("selected_by", "financed")}),
    )
    actions = (REMIND, EXTEND, CHANGE, CLOSE)
    state_pill = state_column({"open": WAITS, "closed": DONE, "cancelled": OFF})

    counts = {"live_nominations": count_of(Nomination.objects.exclude(state__in=GONE), "call")}

    @admin.display(description=gettext_lazy("deadline"), ordering="deadline_at")
    def closes(self, call: Call) -> str:
        """The deadline in the zone it was set in."""
        return moment(call.deadline_at, call.deadline_zone)

    @admin.display(description=gettext_lazy("deadline"))
    def closes_in_full(self, call: Call) -> str:
        """The deadline with weekday, zone and distance, and as the venue's clock shows it."""
        told = deadline(call.deadline_at, call.deadline_zone, timezone.now())
        if call.deadline_zone == call.workshop.zone:
            return told
        return f"{told} = {moment(call.deadline_at, call.workshop.zone)}"

    @admin.display(description=gettext_lazy("thematic areas"))
    def areas(self, call: Call) -> str:
        """The areas in the reader's language."""
        return localized(call.thematic_areas) or _("none")

    @admin.display(description=gettext_lazy("reminders, days before"))
    def reminders(self, call: Call) -> str:
        """The days on which silent Parties are reminded."""
        return ", ".join(map(str, call.reminder_days)) or _("never")

    @admin.display(description=gettext_lazy("tracks"))
    def asked_tracks(self, call: Call) -> str:
        """The tracks by name."""
        return _labels(call.tracks, Track)

    @admin.display(description=gettext_lazy("sectors"))
    def asked_sectors(self, call: Call) -> str:
        """The sectors by name."""
        return _labels(call.sectors, Sector)

    @admin.display(description=gettext_lazy("papers required"))
    def asked_papers(self, call: Call) -> str:
        """The papers by name."""
        return _labels(call.papers, DocumentKind) or _("none")

    @admin.display(description=gettext_lazy("criteria"))
    def selected_by(self, call: Call) -> str:
        """The criteria, the usual ones of a call that has none of its own."""
        return localized(call.criteria) or _("The usual ones")

    @admin.display(description=gettext_lazy("funding"))
    def financed(self, call: Call) -> str:
        """Who is financed, as the notification says it."""
        return funding(call, _language()) or _("The notification promises no money.")

    nominations = count_column("live_nominations", gettext_lazy("nominations"))

    @admin.display(description=gettext_lazy("practice"))
    def practice(self, call: Call) -> str:
        """Mark calls of practice copies."""
        return practice_mark(call.workshop.programme.rehearsal_of_id is not None)

    def links(self, row: Call) -> list[tuple[str, str]]:
        """Lead to what came of the call, to the rules, and to the page of selection once it is closed."""
        of_call = f"?call__id__exact={row.pk}"
        found = [
            (reverse("admin:participants_nomination_changelist") + of_call, _("Nominations")),
            (reverse("admin:participants_reopening_changelist") + of_call, _("Requests for more time")),
            (reverse("admin:participants_dispute_changelist") + of_call, _("Disputes")),
            (reverse("admin:participants_call_criteria", args=[row.pk]), _("Criteria for scoring")),
            (reverse("admin:participants_reviewer_changelist") + of_call, _("Reviewers")),
            (f"{reverse('admin:participants_review_changelist')}?nomination__call__id__exact={row.pk}", _("Reviews")),
        ]
        if row.state != CallState.CANCELLED:
            found.append((reverse("admin:participants_call_rules", args=[row.pk]), _("Rules of selection")))
        if row.state == CallState.CLOSED:
            found.append((reverse("admin:participants_call_select", args=[row.pk]), _("Select participants")))
        return found

    def get_urls(self) -> list[URLPattern]:
        """Add the pages of selection, of its rules and of the criteria."""
        view = self.admin_site.admin_view
        return [
            path("<uuid:key>/select/", view(SelectingPage(self)), name="participants_call_select"),
            path("<uuid:key>/criteria/", view(CriteriaPage(self)), name="participants_call_criteria"),
            *RulesPages(self).urls(),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add what each Party has answered, and every deadline there was."""
        call = context.get("original")
        if call is not None:
            found = answers(call, timezone.now().date())
            context["silent"] = [each for each in found if each.silent]
            context["answered"] = [each for each in found if not each.silent]
            context["gaps"] = [each for each in found if each.missing]
            context["extensions"] = [
                (
                    each,
                    moment(each.extended_at, call.workshop.zone),
                    moment(each.previous_at, each.previous_zone),
                    moment(each.deadline_at, each.deadline_zone),
                )
                for each in call.extensions.all()
            ]
        return super().render_change_form(request, context, *args, **kwargs)
