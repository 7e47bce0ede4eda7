"""Search in the decisions that the note's Annex I lists."""

from django import forms
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.portal.forms import PageForm
from accounts.portal.listing import page_of
from accounts.visitors import visitor
from workshops.models import Decision, DecisionCitation, DecisionIssue
from workshops.queries import decisions as queries


class DecisionSearch(PageForm):
    """By words or issue, meeting, number and paragraph; all may be left open."""

    q = forms.CharField(label=_("Words or issue"), max_length=100, required=False, widget=forms.SearchInput)
    issue = forms.ModelChoiceField(
        label=_("Issue"), queryset=DecisionIssue.objects.all(), required=False, empty_label=_("Any")
    )
    meeting = forms.IntegerField(label=_("Meeting of the COP"), min_value=1, max_value=30, required=False)
    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=200, required=False)
    paragraph = forms.CharField(label=_("Paragraph"), max_length=20, required=False)

    def matching(self, rows: QuerySet[Decision]) -> QuerySet[Decision]:
        """Keep the decisions that fit all that was asked."""
        asked = self.cleaned_data
        if asked["q"]:
            rows = rows.filter(pk__in=queries.search(asked["q"]))
        if asked["issue"]:
            rows = rows.filter(citations__issue=asked["issue"])
        if asked["meeting"]:
            rows = rows.filter(meeting=asked["meeting"])
        if asked["number"]:
            rows = rows.filter(number=asked["number"])
        if asked["paragraph"]:
            rows = rows.filter(pk__in=queries.with_paragraph(asked["paragraph"]))
        return rows


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """Show the search and what fits; an unusable value is said beside its field and finds nothing."""
    form = DecisionSearch(request.GET)
    found = Decision.objects.none()
    if form.is_valid():
        cited = DecisionCitation.objects.select_related("issue").order_by("issue__position")
        rows = queries.visible_to(visitor(request)).prefetch_related(Prefetch("citations", queryset=cited))
        found = form.matching(rows)
    page = page_of(request, found)
    context = {"form": form, "page": page, "count": page.paginator.count}
    whole = "workshops/decisions.html"
    template = "workshops/decisions_found.html" if request.headers.get("HX-Request") else whole
    return render(request, template, context, status=400 if form.errors and template == whole else 200)
