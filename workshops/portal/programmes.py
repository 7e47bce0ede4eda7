"""The public pages of programmes."""

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.visitors import visitor
from workshops.models import Coverage, Mandate, Programme
from workshops.models.programmes import ExpectationKind
from workshops.portal.calendars import calendar_of
from workshops.queries import contributions, programmes, workshops


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """List the programmes with their workshops; organizers see the practice copies as well."""
    user = visitor(request)
    shown = workshops.visible_to(user).select_related("host").order_by("starts_on", "slug")
    rows = programmes.visible_to(user).prefetch_related(Prefetch("workshops", queryset=shown))
    listed = [(row, list(row.workshops.all())) for row in rows]
    language = get_language() or "en"
    context = {
        "programmes": [(row, held, calendar_of(held, language)) for row, held in listed if not row.rehearsal_of_id],
        "rehearsals": [row for row, _held in listed if row.rehearsal_of_id],
    }
    return render(request, "workshops/home.html", context)


@require_safe
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a programme is for, what is expected of it, whom it serves and where."""
    user = visitor(request)
    row = get_object_or_404(_whole(programmes.visible_to(user)), slug=slug)
    of_row = workshops.visible_to(user).filter(programme=row).select_related("host")
    held = list(workshops.with_counts(of_row).order_by("starts_on", "slug"))
    coverages, expectations = list(row.coverages.all()), list(row.expectations.all())
    context = {
        "programme": row,
        "practice": row.rehearsal_of_id,
        "workshops": held,
        "calendar": calendar_of(held, get_language() or "en"),
        "outcomes": [each for each in expectations if each.kind == ExpectationKind.OUTCOME],
        "outputs": [each for each in expectations if each.kind == ExpectationKind.OUTPUT],
        "contributions": contributions.visible_to(user)
        .filter(programme=row)
        .select_related("donor", "earmark_workshop"),
        "covered": [each for each in coverages if each.workshop_id],
        "left_out": [each for each in coverages if not each.workshop_id],
    }
    return render(request, "workshops/programme.html", context)


def _whole(rows: QuerySet[Programme]) -> QuerySet[Programme]:
    """Fetch with a programme, in a fixed number of queries, all that its page shows."""
    by_name = Coverage.objects.select_related("party", "workshop").order_by("party__name_en")
    return rows.prefetch_related(
        "targets",
        "expectations",
        "curriculum_items__targets",
        "partners",
        Prefetch("mandates", queryset=Mandate.objects.select_related("decision")),
        Prefetch("coverages", queryset=by_name),
    )
