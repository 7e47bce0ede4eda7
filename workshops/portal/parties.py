"""Search in the Parties and other Governments, as they stood on a day."""

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.portal.forms import PageForm
from accounts.portal.listing import page_of
from accounts.visitors import visitor
from workshops.models import Party
from workshops.queries import parties as queries


class PartySearch(PageForm):
    """By any name of any time in any language, and the day to look at."""

    q = forms.CharField(label=_("Name"), max_length=100, required=False, widget=forms.SearchInput)
    on = forms.DateField(
        label=_("Status on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def matching(self, rows: QuerySet[Party]) -> QuerySet[Party]:
        """Keep the Parties of which any name fits."""
        wanted = self.cleaned_data["q"]
        return rows.filter(pk__in=queries.search(wanted)) if wanted else rows


@require_safe
def parties(request: HttpRequest) -> HttpResponse:
    """Show the search and, of each Government that fits, whether it was a Party on the day."""
    form = PartySearch(request.GET)
    day, found = timezone.now().date(), Party.objects.none()
    if form.is_valid():
        day = form.cleaned_data["on"] or day
        found = form.matching(queries.visible_to(visitor(request))).prefetch_related("names")
    page = page_of(request, found.order_by("name_en"))
    language = get_language() or "en"
    context = {
        "form": form,
        "page": page,
        "count": page.paginator.count,
        "day": day,
        "rows": [(party, queries.name_on(party, day, language), queries.status_on(party, day)) for party in page],
    }
    whole = "workshops/parties.html"
    template = "workshops/parties_found.html" if request.headers.get("HX-Request") else whole
    return render(request, template, context, status=400 if form.errors and template == whole else 200)
