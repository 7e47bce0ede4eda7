"""An organizer's word on a nomination: in, out, released; and where somebody from a territory belongs."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.admin.steps import Step
from participants.models import Nomination
from participants.models.nominations import NominationState
from participants.models.rules import LockVerdict
from participants.queries.eligibility import lock_of
from participants.verbs.locks import REASON_LIMIT, lock, unlock
from participants.verbs.territories import TERRITORY_LIMIT, record_territory

UNDECIDED = (NominationState.WAITING, NominationState.SUBMITTED, NominationState.DISPUTED)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LIMIT,
        help_text=_("Whoever approves the selection reads it."),
        widget=forms.Textarea({"rows": 2}),
    )


class ReleaseForm(forms.Form):
    """Why, if it is to be told."""

    reason = forms.CharField(
        label=_("Reason"), max_length=REASON_LIMIT, required=False, widget=forms.Textarea({"rows": 2})
    )


class TerritoryForm(ReasonForm):
    """The territory, and whose place the person takes."""

    field_order = ("territory", "kept", "reason")

    territory = forms.CharField(label=_("Territory"), max_length=TERRITORY_LIMIT)
    kept = forms.ChoiceField(
        label=_("The person is kept"),
        choices=[
            ("party", _("under the Party that nominates, in one of its places")),
            ("observer", _("as an observer, apart from the seats for Parties")),
        ],
    )


def _territory(row: Nomination, answers: Mapping[str, Any], **how: Any) -> object:
    observer = answers["kept"] == "observer"
    return record_territory(row, answers["territory"], as_observer=observer, reason=answers["reason"], **how)


LOCK_IN = Step(
    name="lock_in",
    label=_("Lock in"),
    button=ngettext_lazy("Lock %(count)d person in", "Lock %(count)d people in", "count"),
    done=ngettext_lazy("%(count)d person locked in.", "%(count)d people locked in.", "count"),
    note=lambda _rows: gettext(
        "Every proposal keeps them in, even where a paper is missing or came late; seats and budgets still bind."
    ),
    form=ReasonForm,
    fits=lambda row: row.state == NominationState.SUBMITTED,
    do=lambda row, answers, **how: lock(row, LockVerdict.IN.value, answers["reason"], **how),
)
LOCK_OUT = Step(
    name="lock_out",
    label=_("Lock out"),
    button=ngettext_lazy("Lock %(count)d person out", "Lock %(count)d people out", "count"),
    done=ngettext_lazy("%(count)d person locked out.", "%(count)d people locked out.", "count"),
    note=lambda _rows: gettext("Every proposal leaves them out."),
    form=ReasonForm,
    fits=lambda row: row.state in UNDECIDED,
    do=lambda row, answers, **how: lock(row, LockVerdict.OUT.value, answers["reason"], **how),
)
UNLOCK = Step(
    name="unlock",
    label=_("Release the lock"),
    button=ngettext_lazy("Release %(count)d lock", "Release %(count)d locks", "count"),
    done=ngettext_lazy("%(count)d lock released.", "%(count)d locks released.", "count"),
    form=ReleaseForm,
    fits=lambda row: row.state in UNDECIDED and lock_of(row) is not None,
    do=lambda row, answers, **how: unlock(row, answers["reason"], **how),
)
TERRITORY = Step(
    name="territory",
    label=_("Record a territory"),
    button=ngettext_lazy("Decide on %(count)d person", "Decide on %(count)d people", "count"),
    done=ngettext_lazy("%(count)d decision recorded.", "%(count)d decisions recorded.", "count"),
    note=lambda _rows: gettext("For somebody from a territory that is no Party itself, such as Tokelau."),
    form=TerritoryForm,
    fits=lambda row: row.state in UNDECIDED and row.party_id is not None,
    do=_territory,
)
LOCK_STEPS = (LOCK_IN, LOCK_OUT, UNLOCK, TERRITORY)


class LockFilter(admin.SimpleListFilter):
    """By an organizer's word."""

    title = _("lock")
    parameter_name = "lock"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002  # Django's signature
        """Offer in, out and neither."""
        return [("in", _("locked in")), ("out", _("locked out")), ("none", _("not locked"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Nomination]) -> QuerySet[Nomination]:  # noqa: ARG002
        """Keep the nominations chosen."""
        if self.value() == "none":
            return queryset.filter(lock__isnull=True)
        return queryset.filter(lock__verdict=self.value()) if self.value() in LockVerdict.values else queryset
