"""Requests for more time: granted until a moment, or refused with a reason."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.admin.displays import DONE, OFF, WAITS, moment, state_column
from accounts.admin.moments import MomentForm, in_days
from accounts.admin.organizers import ReadOnlyAdmin
from correspondence.admin.writing import WritingStep
from participants.models import Reopening
from participants.models.reopenings import REOPENING_STEPS, ReopeningState
from participants.queries import reopenings
from participants.verbs.reopenings import REASON_LIMIT, grant_reopening, refuse_reopening
from workshops.admin.names import NamedAdmin
from workshops.admin.practice import practice_filter

GRANTED_DAYS = 7


class GrantForm(MomentForm):
    """Until when, and a word about it."""

    note = forms.CharField(label=_("Note"), max_length=REASON_LIMIT, required=False)


class RefusalForm(forms.Form):
    """Why not."""

    note = forms.CharField(label=_("Reason"), max_length=REASON_LIMIT)


GRANT = WritingStep(
    name="grant",
    label=_("Grant more time"),
    mailing=_("More time granted"),
    place=lambda row: row.call.workshop.reference,
    button=ngettext_lazy("Grant %(count)d request", "Grant %(count)d requests", "count"),
    done=ngettext_lazy("%(count)d request granted.", "%(count)d requests granted.", "count"),
    note=lambda _rows: gettext("The Party alone may nominate until then; what comes is marked as late."),
    form=GrantForm,
    start=lambda rows, now: in_days(GRANTED_DAYS, rows[0].call.deadline_zone, now),
    fits=lambda row: ReopeningState.GRANTED in REOPENING_STEPS[row.state],
    do=lambda row, answers, **how: grant_reopening(row, answers["moment"], note=answers["note"], **how),
)
REFUSE = WritingStep(
    name="refuse",
    label=_("Refuse more time"),
    mailing=_("More time refused"),
    place=lambda row: row.call.workshop.reference,
    button=ngettext_lazy("Refuse %(count)d request", "Refuse %(count)d requests", "count"),
    done=ngettext_lazy("%(count)d request refused.", "%(count)d requests refused.", "count"),
    form=RefusalForm,
    fits=lambda row: ReopeningState.REFUSED in REOPENING_STEPS[row.state],
    do=lambda row, answers, **how: refuse_reopening(row, note=answers["note"], **how),
)


@admin.register(Reopening)
class ReopeningAdmin(NamedAdmin, ReadOnlyAdmin):
    """Parties that ask for more time after the deadline."""

    scope = staticmethod(reopenings.visible_to)
    list_display = ("party", "call", "state_pill", "reason", "asked_by", "asked_at", "open_until")
    list_filter = (practice_filter("call__workshop__programme__rehearsal_of"), "state", "call")
    search_fields = ("party__search_text", "=party__code", "reason", "call__symbol")
    list_select_related = ("party", "asked_by", "call__workshop__programme")
    actions = (GRANT, REFUSE)
    state_pill = state_column({"asked": WAITS, "granted": DONE, "refused": OFF})

    @admin.display(description=_("open until"), ordering="until")
    def open_until(self, row: Reopening) -> str:
        """Until when the Party may nominate, on the clock of the call."""
        return moment(row.until, row.call.deadline_zone) if row.until else ""
