"""The page of what a call's nominees are scored on; closed once a review counts."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.admin.fields import TextsField, TextsWidget
from accounts.errors import Refused
from accounts.visitors import actor_of
from participants.models import Call
from participants.models.reviews import MOST_POINTS, MOST_WEIGHT
from participants.queries.reviews import counting
from participants.verbs.criteria import MOST_CRITERIA, USUAL_MOST, CriterionDraft, set_criteria, usual_criteria

BLANK_ROWS = 2


class CriterionForm(forms.Form):
    """One criterion; a row without a name that was not touched is none."""

    name = TextsField(label=gettext_lazy("Criterion"), required=False, widget=TextsWidget(rows=1))
    weight = forms.IntegerField(label=gettext_lazy("Weight"), min_value=1, max_value=MOST_WEIGHT, initial=1)
    most = forms.IntegerField(
        label=gettext_lazy("Points at most"), min_value=1, max_value=MOST_POINTS, initial=USUAL_MOST
    )

    def draft(self) -> CriterionDraft:
        """Return what the row says."""
        given = self.cleaned_data
        return CriterionDraft(given["name"], given["weight"], given["most"])


CriteriaForms = forms.formset_factory(
    CriterionForm, extra=BLANK_ROWS, can_order=True, can_delete=True, max_num=MOST_CRITERIA, absolute_max=MOST_CRITERIA
)


class CriteriaPage:
    """GET shows the criteria, or the usual ones of a call that has none; POST sets them."""

    def __init__(self, model_admin: Any) -> None:
        self.model_admin = model_admin

    def __call__(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Answer one request for the page of a call."""
        call = self.model_admin.get_queryset(request).select_related("workshop").filter(pk=key).first()
        if call is None or not self.model_admin.has_view_permission(request, call):
            raise Http404
        rows = CriteriaForms(request.POST if request.method == "POST" else None, initial=_said(call))
        if request.method != "POST" or not rows.is_valid():
            return self._show(request, call, rows)
        kept = [row for row in rows.ordered_forms if row.initial or set(row.changed_data) - {"ORDER"}]
        try:
            made = set_criteria(call, [row.draft() for row in kept], by=actor_of(request), at=timezone.now())
        except Refused as refusal:
            _tell(refusal, kept, request)
            return self._show(request, call, rows)
        said = ngettext("%(count)d criterion set.", "%(count)d criteria set.", len(made))
        messages.success(request, said % {"count": len(made)})
        return HttpResponseRedirect(reverse("admin:participants_call_change", args=[call.pk]))

    def _show(self, request: HttpRequest, call: Call, rows: Any) -> HttpResponse:
        context = {
            **self.model_admin.admin_site.each_context(request),
            "title": _("Criteria for scoring"),
            "opts": self.model_admin.opts,
            "call": call,
            "rows": rows,
            "fixed": list(call.scored.all()) if counting().filter(nomination__call=call).exists() else None,
            "usual": not call.scored.exists(),
        }
        return TemplateResponse(request, "admin/criteria.html", context)


def _said(call: Call) -> list[dict[str, Any]]:
    """Return the rows of the page as they begin."""
    drafts = [CriterionDraft(each.name, each.weight, each.most) for each in call.scored.all()] or usual_criteria()
    return [{"name": each.name, "weight": each.weight, "most": each.most} for each in drafts]


def _tell(refusal: Refused, kept: list[Any], request: HttpRequest) -> None:
    """Put a refusal beside its field, or on top when it is about the call as a whole."""
    _criteria, _dot, place = refusal.field.partition(".")
    number, _dot, field = place.partition(".")
    if number.isdigit() and field in CriterionForm.base_fields:
        kept[int(number)].add_error(field, str(refusal))
    else:
        messages.error(request, str(refusal))
