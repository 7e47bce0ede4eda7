"""Workshops as plain data; their steps and counts, which need every floor, are added in ``config.admin``."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.admin.counts import count_column, count_of
from accounts.admin.displays import DONE, LATE, OFF, PLAIN, WAITS, pill, practice_mark, state_column
from accounts.admin.forms import ordered
from workshops.admin.names import NamedAdmin
from workshops.admin.practice import practice_filter
from workshops.models import Coverage, Workshop
from workshops.models.workshops import WorkshopStage
from workshops.queries import workshops

STAGE_TONES = {
    "planned": PLAIN,
    "called": WAITS,
    "selected": DONE,
    "invited": WAITS,
    "held": DONE,
    "reported": DONE,
    "cancelled": OFF,
}


class WorkshopAdmin(NamedAdmin):
    """Where, when, for whom; the stage is moved by steps alone."""

    scope = staticmethod(workshops.visible_to)
    form = ordered(("opens_at", "closes_at"), spans=(("starts_on", "ends_on"),))
    list_display = (
        "reference",
        "__str__",
        "programme",
        "stage_pill",
        "starts_on",
        "state_of_days",
        "city",
        "host",
        "party_count",
        "practice",
    )
    list_display_links = ("reference", "__str__")
    list_filter = (practice_filter(), "stage", "programme", "starts_on")
    search_fields = ("reference", "slug", "title", "city", "host__search_text")
    date_hierarchy = "starts_on"
    list_select_related = ("programme", "host")
    autocomplete_fields = ("programme", "host")
    texts = ("title",)
    languages = ("languages",)
    zones = ("zone",)
    stage_pill = state_column(STAGE_TONES, "stage")

    counts = {"parties_served": count_of(Coverage.objects.all(), "workshop")}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:  # noqa: ARG002
        """Keep the stage for the verbs, and the reference once a number was given under it.

        Days that people were told are moved by postponing, which tells them; so is the room of a workshop held online.
        """
        fixed: tuple[str, ...] = ("stage", "put_off", "online", "rehearsal_of")
        if obj is not None and obj.last_number:
            fixed += ("programme", "reference")
        if obj is not None and obj.stage != WorkshopStage.PLANNED:
            fixed += ("starts_on", "ends_on")
        if obj is not None and obj.online:
            fixed += ("web_address",)
        return (*fixed, "revision") if obj is not None else fixed

    @admin.display(description=_("days"))
    def state_of_days(self, workshop: Workshop) -> str:
        """Mark a workshop whose new days are still to be told, and one that is held online."""
        if workshop.put_off:
            return pill(gettext("Put off"), LATE)
        return pill(gettext("Online"), PLAIN) if workshop.online else ""

    party_count = count_column("parties_served", _("Parties"))

    @admin.display(description=_("practice"), ordering="programme__rehearsal_of")
    def practice(self, workshop: Workshop) -> str:
        """Mark workshops of practice copies."""
        return practice_mark(workshop.programme.rehearsal_of_id is not None)
