"""Calls: who has answered and who not; remind, close, select."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from accounts.admin.counts import count_column, count_of
from accounts.admin.displays import DONE, OFF, WAITS, moment, practice_mark, state_column
from accounts.admin.moments import MomentForm, in_days
from accounts.admin.organizers import ReadOnlyAdmin
from accounts.admin.steps import Step
from correspondence.admin.writing import WritingStep
from participants.admin.selecting import SelectingPage
from participants.models import Call, Nomination
from participants.models.calls import CallState
from participants.models.nominations import NominationState
from participants.queries import calls
from participants.queries.calls import signatories, without_answer
from participants.verbs.calls import close_call
from participants.verbs.extensions import extend_call
from participants.verbs.reminders import remind_call
from workshops.admin.names import NamedAdmin
from workshops.admin.practice import practice_filter
from workshops.models import Party
from workshops.models.workshops import WorkshopStage

EXTENSION_DAYS = 14


def recipients(mandates: QuerySet[Any]) -> int:
    """How many letters go to these mandates: one a person and Party, whatever the number of mandates."""
    return len(set(mandates.order_by().values_list("person_id", "party_id")))


def _reminder_note(rows: Sequence[Call]) -> str:
    today = timezone.now().date()
    letters = sum(recipients(without_answer(call, today)) for call in rows)
    return ngettext(
        "%(count)d focal point of Parties without a nomination gets a letter, unless one went out today.",
        "%(count)d focal points of Parties without a nomination get a letter, unless one went out today.",
        letters,
    ) % {"count": letters}


def _extension_note(rows: Sequence[Call]) -> str:
    today = timezone.now().date()
    letters = sum(recipients(signatories(call, today)) for call in rows)
    return ngettext(
        "%(count)d focal point gets a letter with the new deadline and a personal link. A closed call opens again.",
        "%(count)d focal points get a letter with the new deadline and a personal link each. A closed call opens again.",
        letters,
    ) % {"count": letters}


def _extension_start(rows: Sequence[Call], now: datetime) -> dict[str, object]:
    first = rows[0]
    return in_days(EXTENSION_DAYS, first.deadline_zone, max(now, first.deadline_at))


REMIND = WritingStep(
    name="remind",
    label=gettext_lazy("Remind the silent Parties"),
    mailing=gettext_lazy("Reminder of a call"),
    place=lambda call: call.workshop.reference,
    button=ngettext_lazy("Remind for %(count)d call", "Remind for %(count)d calls", "count"),
    done=ngettext_lazy("%(count)d reminder written.", "%(count)d reminders written.", "count"),
    note=_reminder_note,
    counts=int,
    fits=lambda call: call.state == CallState.OPEN,
    do=lambda call, _answers, **how: remind_call(call, **how),
)
CLOSE = Step(
    name="close",
    label=gettext_lazy("Close the call"),
    button=ngettext_lazy("Close %(count)d call", "Close %(count)d calls", "count"),
    done=ngettext_lazy("%(count)d call closed.", "%(count)d calls closed.", "count"),
    note=lambda _rows: _("No nomination comes in after that."),
    fits=lambda call: call.state == CallState.OPEN,
    do=lambda call, _answers, by, at: close_call(call, by=by, at=at),
)
EXTEND = WritingStep(
    name="extend",
    label=gettext_lazy("Extend the deadline"),
    mailing=gettext_lazy("Extension of a call"),
    place=lambda call: call.workshop.reference,
    button=ngettext_lazy("Extend %(count)d call", "Extend %(count)d calls", "count"),
    done=ngettext_lazy("%(count)d call extended.", "%(count)d calls extended.", "count"),
    note=_extension_note,
    form=MomentForm,
    start=_extension_start,
    # Until a selection is made a call that was closed may open again.
    fits=lambda call: call.state != CallState.CANCELLED and call.workshop.stage == WorkshopStage.CALLED,
    do=lambda call, answers, **how: extend_call(call, answers["moment"], answers["zone"], **how),
)


@admin.register(Call)
class CallAdmin(NamedAdmin, ReadOnlyAdmin):
    """Where nominations are asked for, and until when."""

    scope = staticmethod(calls.visible_to)
    change_form_template = "admin/call.html"
    list_display = ("symbol", "workshop", "state_pill", "closes", "seats_per_party", "nominations", "practice")
    list_filter = (practice_filter("workshop__programme__rehearsal_of"), "state", "workshop", "deadline_at")
    search_fields = ("symbol", "workshop__reference", "workshop__title", "workshop__city")
    date_hierarchy = "deadline_at"
    list_select_related = ("workshop__programme",)
    fields = ("workshop", "symbol", "state_pill", "opened_at", "closes", "seats_per_party", "criteria")
    actions = (REMIND, EXTEND, CLOSE)
    state_pill = state_column({"open": WAITS, "closed": DONE, "cancelled": OFF})

    counts = {"live_nominations": count_of(Nomination.objects.exclude(state=NominationState.WITHDRAWN), "call")}

    @admin.display(description=gettext_lazy("deadline"), ordering="deadline_at")
    def closes(self, call: Call) -> str:
        """The deadline in the zone it was set in."""
        return moment(call.deadline_at, call.deadline_zone)

    nominations = count_column("live_nominations", gettext_lazy("nominations"))

    @admin.display(description=gettext_lazy("practice"))
    def practice(self, call: Call) -> str:
        """Mark calls of practice copies."""
        return practice_mark(call.workshop.programme.rehearsal_of_id is not None)

    def links(self, row: Call) -> list[tuple[str, str]]:
        """Lead to the nominations, and to the page of selection once the call is closed."""
        nominations = reverse("admin:participants_nomination_changelist") + f"?call__id__exact={row.pk}"
        found = [(nominations, _("Nominations"))]
        if row.state == CallState.CLOSED:
            found.append((reverse("admin:participants_call_select", args=[row.pk]), _("Select participants")))
        return found

    def get_urls(self) -> list[URLPattern]:
        """Add the page of selection."""
        page = self.admin_site.admin_view(SelectingPage(self))
        return [path("<uuid:key>/select/", page, name="participants_call_select"), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add which Parties have answered and which not."""
        call = context.get("original")
        if call is not None:
            served = Party.objects.filter(coverages__workshop=call.workshop_id)
            live = call.nominations.exclude(state=NominationState.WITHDRAWN).filter(party__isnull=False)
            answered = set(live.values_list("party_id", flat=True))
            context["answered"] = [party for party in served if party.pk in answered]
            context["silent"] = [party for party in served if party.pk not in answered]
        return super().render_change_form(request, context, *args, **kwargs)
