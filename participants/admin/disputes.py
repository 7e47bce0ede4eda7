"""Disputes over who speaks for a Party: both lists beside each other, with the rule and the dates."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.admin.displays import DONE, LATE, pill
from accounts.admin.organizers import ReadOnlyAdmin
from correspondence.admin.writing import WritingStep
from participants.models import Dispute, FocalPoint
from participants.queries import disputes
from participants.queries.disputes import lists_of
from participants.verbs.disputes import NOTE_LIMIT, settle_dispute
from workshops.admin.names import NamedAdmin
from workshops.admin.practice import practice_filter


def settling_form(rows: Sequence[Dispute]) -> type[forms.Form]:
    """Return the question who stood: one of those whose lists are held back."""
    sides = {key for row in rows for key in lists_of(row)}
    mandates = FocalPoint.objects.filter(pk__in=sides).select_related("person")

    class SettlingForm(forms.Form):
        standing = forms.ModelChoiceField(mandates, label=_("Focal point who stood on the date of the letter"))
        note = forms.CharField(
            label=_("Ground"),
            max_length=NOTE_LIMIT,
            help_text=_("The designation and its date; the letters to both quote it."),
        )

    SettlingForm.base_fields["standing"].label_from_instance = _named  # type: ignore[attr-defined]
    return SettlingForm


def _named(mandate: FocalPoint) -> str:
    until = f" – {mandate.valid_to.isoformat()}" if mandate.valid_to else ""
    return f"{mandate.person} ({mandate.get_kind_display()}, {mandate.valid_from.isoformat()}{until})"


SETTLE = WritingStep(
    name="settle",
    label=_("Confirm who stood"),
    mailing=_("Dispute settled"),
    place=lambda row: row.call.workshop.reference,
    button=ngettext_lazy("Settle %(count)d dispute", "Settle %(count)d disputes", "count"),
    done=ngettext_lazy("%(count)d dispute settled.", "%(count)d disputes settled.", "count"),
    note=lambda _rows: gettext(
        "The list of the focal point confirmed counts; the others are set aside and kept. Who sent a list is told."
    ),
    asks=settling_form,
    fits=lambda row: row.settled_at is None,
    do=lambda row, answers, **how: settle_dispute(row, answers["standing"], note=answers["note"], **how),
)


@admin.register(Dispute)
class DisputeAdmin(NamedAdmin, ReadOnlyAdmin):
    """Two lists for one Party."""

    scope = staticmethod(disputes.visible_to)
    change_form_template = "admin/dispute.html"
    list_display = ("party", "call", "state_pill", "raised_at", "settled_at", "standing", "judged_on")
    list_filter = (
        practice_filter("call__workshop__programme__rehearsal_of"),
        ("settled_at", admin.EmptyFieldListFilter),
        "call",
    )
    search_fields = ("party__search_text", "=party__code", "call__symbol")
    list_select_related = ("party", "call__workshop__programme", "standing__person")
    actions = (SETTLE,)

    @admin.display(description=_("state"))
    def state_pill(self, row: Dispute) -> str:
        """Open, or settled."""
        return pill(_("settled"), DONE) if row.settled_at else pill(_("open"), LATE)

    def links(self, row: Dispute) -> list[tuple[str, str]]:
        """Lead to the Party's nominations to the call."""
        address = reverse("admin:participants_nomination_changelist")
        return [(f"{address}?call__id__exact={row.call_id}&q={row.party_id}", gettext("Nominations"))]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Lay the lists beside each other, each under the mandate whose word it carries."""
        dispute = context.get("original")
        if dispute is not None:
            lists = lists_of(dispute)
            mandates = FocalPoint.objects.select_related("person").in_bulk(list(lists))
            context["sides"] = [(mandates[key], rows) for key, rows in lists.items()]
        return super().render_change_form(request, context, *args, **kwargs)
