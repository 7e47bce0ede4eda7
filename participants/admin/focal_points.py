"""Mandates of focal points: designated and ended, never typed over."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.admin.displays import practice_mark
from accounts.admin.organizers import ReadOnlyAdmin
from accounts.admin.steps import Step
from accounts.visitors import actor_of
from participants.models import FocalPoint
from participants.queries import focal_points
from participants.verbs.focal_points import designate, end_mandate
from workshops.admin.names import NamedAdmin
from workshops.admin.practice import practice_filter


class EndForm(forms.Form):
    """The first day on which the mandate no longer stands."""

    on = forms.DateField(label=_("Ends before"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


END = Step(
    name="end",
    label=_("End the mandate"),
    grave=True,
    button=ngettext_lazy("End %(count)d mandate", "End %(count)d mandates", "count"),
    done=ngettext_lazy("%(count)d mandate ended.", "%(count)d mandates ended.", "count"),
    note=lambda _rows: _("From that day on the person can no longer nominate or submit for the Party."),
    form=EndForm,
    start=lambda _rows, now: {"on": now.date()},
    fits=lambda mandate: mandate.valid_to is None,
    do=lambda mandate, answers, by, at: end_mandate(mandate, on=answers["on"], by=by, at=at),
)


class StandingFilter(admin.SimpleListFilter):
    """Mandates that stand today, and those that ended or are still to begin."""

    title = _("standing today")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> tuple[tuple[str, Any], ...]:  # noqa: ARG002
        return (("yes", _("Yes")), ("no", _("No")))

    def queryset(self, request: HttpRequest, queryset: QuerySet[FocalPoint]) -> QuerySet[FocalPoint]:  # noqa: ARG002
        today = timezone.now().date()
        stands = Q(valid_from__lte=today) & (Q(valid_to__isnull=True) | Q(valid_to__gt=today))
        return {"yes": queryset.filter(stands), "no": queryset.exclude(stands)}.get(self.value() or "", queryset)


@admin.register(FocalPoint)
class FocalPointAdmin(NamedAdmin, ReadOnlyAdmin):
    """Who may speak for a Party, on what, and for which time."""

    addable = True
    scope = staticmethod(focal_points.visible_to)
    list_display = ("party", "kind", "person", "email", "valid_from", "valid_to", "designation", "practice")
    list_filter = (practice_filter("person__rehearsal"), StandingFilter, "kind")
    search_fields = (
        "party__search_text",
        "=party__code",
        "person__search_text",
        "person__email",
        "designation",
        "kind",
    )
    date_hierarchy = "valid_from"
    list_select_related = ("party", "person")
    autocomplete_fields = ("party", "person")
    actions = (END,)

    @admin.display(description=_("e-mail address"), ordering="person__email")
    def email(self, mandate: FocalPoint) -> str:
        """Where letters to this focal point go."""
        return mandate.person.email

    @admin.display(description=_("practice"))
    def practice(self, mandate: FocalPoint) -> str:
        """Mark synthetic people."""
        return practice_mark(mandate.person.rehearsal_id is not None)

    def save_model(self, request: HttpRequest, obj: FocalPoint, form: forms.BaseForm, change: bool) -> None:  # noqa: ARG002
        """Designate through the verb, which also writes the activity log."""
        mandate = designate(
            obj.party,
            obj.person,
            obj.kind,
            valid_from=obj.valid_from,
            valid_to=obj.valid_to,
            designation=obj.designation,
            by=actor_of(request),
            at=timezone.now(),
        )
        obj.pk, obj._state.adding = mandate.pk, False  # noqa: SLF001  # Django reads it to lead to the new row

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Leave the log to the verb."""
