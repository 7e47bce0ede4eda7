"""Nominations: compared, withdrawn, and invited once selected."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.admin.displays import DONE, LATE, OFF, WAITS, pill, state_column
from accounts.admin.entered import EnteredAdmin
from participants.admin.dossiers import INLINES, eligibility_of, open_paper, territory_in_words
from participants.admin.entering import ABOUT, LETTER, NominationEntry, enter_nomination
from participants.admin.lock_steps import LOCK_STEPS, LockFilter
from participants.admin.nomination_steps import STEPS
from participants.admin.substituting import SUBSTITUTE
from participants.models import Nomination
from participants.models.nominations import NominationState
from participants.queries import nominations
from participants.queries.defects import faults
from participants.queries.duplicates import open_pairs_of
from participants.queries.eligibility import lock_of
from participants.queries.reviews import shown_to
from workshops.admin.names import NamedAdmin
from workshops.admin.practice import practice_filter

DECIDED = frozenset({NominationState.WITHDRAWN, NominationState.SET_ASIDE, NominationState.NOT_SELECTED})


@admin.register(Nomination)
class NominationAdmin(NamedAdmin, EnteredAdmin):
    """Candidates of Parties and organizations, with their papers; what came by letter is entered here."""

    entered_fields = (*NominationEntry.Meta.fields, "wanted_rank", *ABOUT, *LETTER)
    enter = staticmethod(enter_nomination)
    autocomplete_fields = ("call", "party", "organization", "focal_point")

    scope = staticmethod(nominations.visible_to)
    change_form_template = "admin/nomination.html"
    list_display = (
        "reference",
        "person",
        "sent_by",
        "track",
        "sector",
        "gender",
        "rank",
        "state_pill",
        "lacks",
        "sent",
    )
    list_filter = (
        practice_filter("call__workshop__programme__rehearsal_of"),
        "state",
        "call",
        "track",
        "sector",
        "person__gender",
        "late",
        LockFilter,
        ("invitation", admin.EmptyFieldListFilter),
    )
    search_fields = (
        "reference",
        "person__search_text",
        "person__email",
        "party__search_text",
        "=party__code",
        "organization__name",
        "expertise",
    )
    ordering = ("-submitted_at", "-id")  # as the index nomination_newest
    date_hierarchy = "submitted_at"
    list_select_related = ("person", "party", "organization", "call__workshop", "invitation", "lock")
    inlines = INLINES
    actions = (*STEPS, SUBSTITUTE, *LOCK_STEPS)
    readonly_fields = ("put_right", "eligibility", "word", "from_territory")
    state_pill = state_column(
        {
            "waiting": WAITS,
            "submitted": WAITS,
            "disputed": LATE,
            "set-aside": OFF,
            "joined": OFF,
            "selected": DONE,
            "reserve": WAITS,
            "withdrawn": OFF,
            "not-selected": OFF,
        }
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Nomination]:
        """Bring along what each row is judged by."""
        rows: QuerySet[Nomination] = super().get_queryset(request)
        return rows.prefetch_related("documents", "endorsements", "defects", "joined__documents")

    def links(self, row: Nomination) -> list[tuple[str, str]]:
        """Lead to the records that may be of the same person."""
        found = []
        for pair in open_pairs_of(row.person):
            other = pair.second if pair.first_id == row.person_id else pair.first
            said = gettext("May be the same as %(name)s (%(score)s of 100)") % {"name": other, "score": pair.score}
            found.append((reverse("admin:participants_duplicatepair_change", args=[pair.pk]), said))
        return found

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add the reviews that the one who asks may see."""
        nomination = context.get("original")
        if nomination is not None:
            context["shown"] = shown_to(request.user, nomination)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        """Add the address of each paper."""
        page = self.admin_site.admin_view(open_paper)
        return [path("<uuid:key>/papers/<str:kind>/", page, name="participants_nomination_paper"), *super().get_urls()]

    @admin.display(description=_("lacks"))
    def lacks(self, nomination: Nomination) -> str:
        """How many things are to be put right, or that nothing is."""
        if nomination.state in DECIDED or nomination.state == NominationState.JOINED:
            return ""
        found = len(faults(nomination))
        return (
            pill(ngettext("%(count)d missing", "%(count)d missing", found) % {"count": found}, WAITS)
            if found
            else pill(_("complete"), DONE)
        )

    @admin.display(description=_("to be put right"))
    def put_right(self, nomination: Nomination) -> str:
        """Each thing to be put right, in a sentence."""
        return format_html_join("", "<div>{}</div>", ((each,) for each in faults(nomination))) or gettext("nothing")

    @admin.display(description=_("checked"))
    def eligibility(self, nomination: Nomination) -> str:
        """What the planner checks by itself, each with icon, word and sentence."""
        return eligibility_of(nomination)

    @admin.display(description=_("lock"))
    def word(self, nomination: Nomination) -> str:
        """An organizer's word that the person is in or out, and why."""
        lock = lock_of(nomination)
        return f"{lock.get_verdict_display()}: {lock.reason}" if lock is not None else gettext("none")

    @admin.display(description=_("from a territory"))
    def from_territory(self, nomination: Nomination) -> str:
        """The territory, whose place the person takes, and why (E19)."""
        return territory_in_words(nomination)

    @admin.display(description=_("submitted"), ordering="submitted_at")
    def sent(self, nomination: Nomination) -> str:
        """The day, marked when it was late."""
        day = date_format(nomination.submitted_at, "SHORT_DATE_FORMAT")
        return format_html("{} {}", day, pill(_("late"), LATE)) if nomination.late else day

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Ask for the person and the nomination on the add page."""
        return super().get_form(request, obj, change=change, **({} if obj else {"form": NominationEntry}) | kwargs)

    @admin.display(description=_("sent by"), ordering="party")
    def sent_by(self, nomination: Nomination) -> str:
        """The Party or the organization."""
        return str(nomination.party or nomination.organization)

    @admin.display(description=_("gender"), ordering="person__gender")
    def gender(self, nomination: Nomination) -> str:
        """As stated, never guessed."""
        return nomination.person.get_gender_display()
