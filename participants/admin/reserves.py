"""The reserves of a decision, on its page: in order, with where each stands today."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.admin.displays import DONE, LATE, OFF, WAITS, pill
from accounts.admin.organizers import ReadOnlyInline
from participants.models import SelectionEntry
from participants.models.selections import Outcome, SelectionState
from participants.queries.reserves import Place, Reserve, standing_of

TONES = {Place.NEXT: WAITS, Place.WAITS: WAITS, Place.MOVED_UP: DONE, Place.GONE: OFF, Place.APART: OFF}


class ReserveInline(ReadOnlyInline):
    """Who moves up next, and what keeps the others; Django makes one of it for each request."""

    model = SelectionEntry
    verbose_name_plural = _("Reserves, in order")
    ordering = ("position",)
    fields = readonly_fields = ("position", "nomination", "person", "party", "stands")
    _standing: Mapping[UUID, Reserve] | None = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[SelectionEntry]:
        """Leave out proposals: before the decision nobody waits for a seat."""
        rows = super().get_queryset(request).filter(outcome=Outcome.RESERVE, selection__state=SelectionState.APPROVED)
        return rows.select_related("nomination__person", "nomination__party", "selection__call__workshop")

    @admin.display(description=_("person"))
    def person(self, entry: SelectionEntry) -> str:
        """Who waits."""
        return str(entry.nomination.person)

    @admin.display(description=_("Party"))
    def party(self, entry: SelectionEntry) -> str:
        """Of which Party; nothing for an expert of an organization."""
        return str(entry.nomination.party or "")

    @admin.display(description=_("stands"))
    def stands(self, entry: SelectionEntry) -> str:
        """Where the reserve stands today, in a sentence."""
        if self._standing is None:
            self._standing = {each.entry.nomination_id: each for each in standing_of(entry.selection)}
        reserve = self._standing[entry.nomination_id]
        return format_html("{} {}", pill(reserve.place.label, TONES.get(reserve.place, LATE)), reserve.sentence)
