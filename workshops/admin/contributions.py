"""Who pays, in money or in kind, and what for."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin.forms import OrderedForm
from workshops.admin.names import NamedAdmin
from workshops.admin.practice import practice_filter
from workshops.models import Contribution
from workshops.queries import contributions


class ContributionForm(OrderedForm):
    """A sum needs its currency, and the other way round."""

    pairs = (("pledged_on", "received_on"),)
    may_equal = True

    def clean(self) -> dict[str, Any] | None:
        """Check sum and currency together."""
        cleaned = super().clean() or {}
        amount, currency = cleaned.get("amount"), cleaned.get("currency", "")
        if amount is not None and amount <= 0:
            self.add_error("amount", _("Give a sum above zero, or none where the source names none."))
        if amount is not None and not (len(currency) == 3 and currency.isascii() and currency.isupper()):  # noqa: PLR2004  # ISO 4217
            self.add_error("currency", _("Give the currency by its three letters (ISO 4217), such as EUR."))
        if amount is None and currency and "amount" not in self.errors:
            self.add_error("amount", _("Give the sum, or leave out the currency."))
        return cleaned


@admin.register(Contribution)
class ContributionAdmin(NamedAdmin):
    """Voluntary contributions of donors."""

    scope = staticmethod(contributions.visible_to)
    form = ContributionForm
    deletable = True
    list_display = ("donor", "fund", "kind", "sum", "programme", "earmark_workshop", "pledged_on", "received_on")
    list_filter = (practice_filter(), "kind", "currency", ("received_on", admin.EmptyFieldListFilter), "programme")
    search_fields = ("donor__search_text", "=donor__code", "fund", "description", "earmark")
    date_hierarchy = "pledged_on"
    list_select_related = ("donor", "programme", "earmark_workshop")
    autocomplete_fields = ("donor", "programme", "earmark_workshop")

    @admin.display(description=gettext_lazy("sum"), ordering="amount")
    def sum(self, contribution: Contribution) -> str:
        """The amount with its currency, where the source gives one."""
        return f"{contribution.amount} {contribution.currency}" if contribution.amount is not None else ""
