"""Offers of Governments to host."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext as _

from accounts.admin.displays import DONE, OFF, WAITS, state_column
from accounts.admin.forms import OrderedForm
from workshops.admin.names import NamedAdmin
from workshops.admin.practice import practice_filter
from workshops.models import HostOffer
from workshops.models.host_offers import HOST_OFFER_STEPS, HostOfferState
from workshops.queries import host_offers


class HostOfferForm(OrderedForm):
    """An offer moves only along its table of steps, and an accepted one names its workshop."""

    pairs = (("free_from", "free_to"),)

    def clean(self) -> dict[str, Any] | None:
        """Check the step and the workshop."""
        cleaned = super().clean() or {}
        before, then = self.initial.get("state", HostOfferState.OFFERED), cleaned.get("state")
        if then and then != before and then not in HOST_OFFER_STEPS[before]:
            self.add_error("state", _("An offer that is “%(now)s” stays so.") % {"now": HostOfferState(before).label})
        if then == HostOfferState.ACCEPTED and not cleaned.get("workshop"):
            self.add_error("workshop", _("Name the workshop that goes to this host."))
        return cleaned


@admin.register(HostOffer)
class HostOfferAdmin(NamedAdmin):
    """A city, for some weeks, for so many people."""

    scope = staticmethod(host_offers.visible_to)
    form = HostOfferForm
    deletable = True
    list_display = ("city", "party", "programme", "free_from", "free_to", "capacity", "state_pill", "workshop")
    list_filter = (practice_filter(), "state", "programme")
    search_fields = ("city", "party__search_text", "=party__code", "covers")
    date_hierarchy = "free_from"
    list_select_related = ("party", "programme", "workshop")
    autocomplete_fields = ("party", "programme", "workshop")
    state_pill = state_column({"offered": WAITS, "accepted": DONE, "declined": OFF, "withdrawn": OFF})
