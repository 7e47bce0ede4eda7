"""Programmes, what is expected of them, and which Party is served where."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.admin.counts import count_column, count_of
from accounts.admin.displays import practice_mark
from accounts.admin.forms import ordered
from accounts.admin.organizers import OrganizerAdmin, OrganizerInline
from workshops.admin.names import NamedAdmin
from workshops.admin.practice import practice_filter
from workshops.models import Coverage, Expectation, Mandate, Partner, Programme, Workshop
from workshops.queries import coverages, programmes


class MandateInline(OrganizerInline):
    """The paragraphs of decisions that ask for the programme."""

    model = Mandate
    autocomplete_fields = ("decision",)


class PartnerInline(OrganizerInline):
    """Who works with the programme."""

    model = Partner


class ProgrammeAdmin(OrganizerAdmin):
    """Series of workshops, practice copies among them; what needs the floors above is added in ``config.admin``."""

    scope = staticmethod(programmes.visible_to)
    form = ordered(spans=(("starts_on", "ends_on"), ("workshops_min", "workshops_max")))
    list_display = ("code", "__str__", "starts_on", "ends_on", "workshops", "parties", "practice")
    list_display_links = ("code", "__str__")
    list_filter = (practice_filter("rehearsal_of"), "targets")
    search_fields = ("code", "slug", "title")
    date_hierarchy = "starts_on"
    autocomplete_fields = ("targets",)
    readonly_fields = ("rehearsal_of",)
    inlines = (MandateInline, PartnerInline)
    texts = ("title", "objective", "participants_rule", "method")

    counts = {
        "workshop_count": count_of(Workshop.objects.all(), "programme"),
        "party_count": count_of(Coverage.objects.filter(workshop__isnull=False), "programme"),
    }

    workshops = count_column("workshop_count", _("workshops"))

    parties = count_column("party_count", _("Parties served"))

    @admin.display(description=_("practice"), ordering="rehearsal_of")
    def practice(self, programme: Programme) -> str:
        """Mark practice copies."""
        return practice_mark(programme.rehearsal_of_id is not None)


@admin.register(Expectation)
class ExpectationAdmin(OrganizerAdmin):
    """Expected outcomes (O1 …) and outputs (P1 …)."""

    list_display = ("code", "__str__", "kind", "programme")
    list_filter = (practice_filter(), "kind", "programme")
    search_fields = ("code", "text")
    list_select_related = ("programme",)
    autocomplete_fields = ("programme",)
    texts = ("text",)


@admin.register(Coverage)
class CoverageAdmin(NamedAdmin):
    """Which workshop serves a Party, or why none does."""

    scope = staticmethod(coverages.visible_to)
    deletable = True
    list_display = ("party", "workshop", "programme", "left_out", "practice")
    list_filter = (practice_filter(), ("workshop", admin.EmptyFieldListFilter), "programme", "workshop")
    search_fields = ("party__search_text", "=party__code", "workshop__slug", "workshop__title")
    list_select_related = ("party", "workshop", "programme")
    autocomplete_fields = ("party", "workshop", "programme")
    texts = ("reason_left_out",)

    @admin.display(description=_("left out"), boolean=True)
    def left_out(self, coverage: Coverage) -> bool:
        """Whether no workshop serves the Party."""
        return coverage.workshop_id is None

    @admin.display(description=_("practice"))
    def practice(self, coverage: Coverage) -> str:
        """Mark rows of practice copies."""
        return practice_mark(coverage.programme.rehearsal_of_id is not None)
