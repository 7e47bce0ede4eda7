"""The questions about a call's rules of selection and about a budget."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.errors import Refused
from accounts.portal.forms import show_refusal
from participants.admin.terms import Group, list_choices
from participants.models import Budget, Call
from participants.models.nominations import Sector
from participants.queries.budgets import payable
from participants.verbs.rules import COST_MOST, SEATS_MOST, RulesGiven
from workshops.models import Contribution, Party

SHARE = "share_"  # begins the name of a sector's field


def _money(label: Any, help_text: Any = "", **kwargs: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, help_text=help_text, decimal_places=2, **kwargs)


class RulesForm(forms.Form):
    """What a proposal keeps and strives for; one number a sector of the call."""

    seats = forms.IntegerField(
        label=gettext_lazy("Seats for Parties"),
        min_value=0,
        max_value=SEATS_MOST,
        help_text=gettext_lazy("Experts of organizations and observers take none of them."),
    )
    women_share = forms.IntegerField(
        label=gettext_lazy("Women, percent of the seats"),
        min_value=0,
        max_value=100,
        help_text=gettext_lazy("At least. Who is not known to be a woman does not count as one; nobody is guessed."),
    )
    priority_lists = forms.MultipleChoiceField(
        label=gettext_lazy("Lists that come first"),
        choices=list_choices,
        required=False,
        help_text=gettext_lazy(
            "Of two equal proposals the one with more people of these Parties, as of the day of the call."
        ),
    )
    currency = forms.CharField(
        label=gettext_lazy("Currency"),
        max_length=3,
        help_text=gettext_lazy("Three letters (ISO 4217), such as USD; of the budgets and of the costs below."),
    )
    fare_start = _money(gettext_lazy("Fare, fixed part"), min_value=0, max_value=COST_MOST)
    fare_per_1000_km = _money(
        gettext_lazy("Fare for 1,000 km"),
        gettext_lazy("Counted there and back, over the shortest way from the Party's capital."),
        min_value=0,
        max_value=COST_MOST,
    )
    allowance_a_day = _money(
        gettext_lazy("Allowance a day (DSA)"),
        gettext_lazy("For each day of the workshop and one more."),
        min_value=0,
        max_value=COST_MOST,
    )

    COSTS = ("currency", "fare_start", "fare_per_1000_km", "allowance_a_day")

    def __init__(self, call: Call, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for sector in call.sectors:
            self.fields[SHARE + sector] = forms.IntegerField(
                label=Sector(sector).label,
                min_value=0,
                max_value=100,
                required=False,
                help_text=_("Percent of the seats. Empty: an equal part of what the others leave."),
            )

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """Return what is asked for at once."""
        return [self[name] for name in ("seats", "women_share", "priority_lists")]

    @property
    def groups(self) -> Iterator[Group]:
        """Yield what is folded away under what is usual."""
        yield Group(_("Sectors"), tuple(self[name] for name in self.fields if name.startswith(SHARE)))
        yield Group(_("Cost of a journey"), tuple(self[name] for name in self.COSTS))

    def clean_currency(self) -> str:
        """Return the letters as ISO 4217 writes them."""
        return str(self.cleaned_data["currency"]).strip().upper()

    def said(self) -> RulesGiven:
        """Return the rules that were typed."""
        answers = dict(self.cleaned_data)
        shares = {name.removeprefix(SHARE): answers.pop(name) for name in list(answers) if name.startswith(SHARE)}
        return RulesGiven(**answers, sector_shares={name: each for name, each in shares.items() if each is not None})

    def refuse(self, refusal: Refused) -> None:
        """Show a refusal of the verb beside its field; one of the shares beside the first of them."""
        shares = [name for name in self.fields if name.startswith(SHARE)]
        if refusal.field == "sector_shares" and shares:
            refusal.field = shares[0]
        show_refusal(self, refusal)


def rules_answers(given: RulesGiven) -> dict[str, Any]:
    """Return rules as their form shows them."""
    shown = {name: getattr(given, name) for name in RulesGiven.__slots__ if name != "sector_shares"}
    return shown | {SHARE + sector: share for sector, share in given.sector_shares.items()}


class BudgetForm(forms.Form):
    """What a contribution pays for at this workshop; the contribution of a budget there is stays."""

    contribution = forms.ModelChoiceField(
        Contribution.objects.none(),
        label=gettext_lazy("Contribution"),
        help_text=gettext_lazy("One of this programme that is not earmarked for another workshop."),
    )
    amount = _money(
        gettext_lazy("Sum at most"),
        gettext_lazy("In the currency of the rules; none for a contribution in kind."),
        required=False,
        max_digits=12,
    )
    places = forms.IntegerField(label=gettext_lazy("People at most"), required=False, min_value=1, max_value=SEATS_MOST)
    lists = forms.MultipleChoiceField(
        label=gettext_lazy("Only Parties on the lists"),
        choices=list_choices,
        required=False,
        help_text=gettext_lazy(
            "The earmark: on one of these lists or among the Parties below; neither leaves it open."
        ),
    )
    parties = forms.ModelMultipleChoiceField(
        Party.objects.none(), label=gettext_lazy("Only the Parties"), required=False
    )
    sectors = forms.MultipleChoiceField(
        label=gettext_lazy("Only the sectors"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, call: Call, budget: Budget | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["parties"].queryset = Party.objects.filter(workshops=call.workshop_id)
        fields["sectors"].choices = [(each, Sector(each).label) for each in call.sectors]
        if budget is not None:
            del fields["contribution"]
            return
        fields["contribution"].queryset = payable(call)
        fields["contribution"].label_from_instance = named


def budget_answers(budget: Budget) -> dict[str, Any]:
    """Return a budget as its form shows it."""
    plain = {name: getattr(budget, name) for name in ("amount", "places", "lists", "sectors")}
    return plain | {"parties": list(budget.parties.all())}


def named(contribution: Contribution) -> str:
    """Return the donor, the fund, and what is left of a sum."""
    who = f"{contribution.donor} – {contribution.fund}" if contribution.fund else str(contribution.donor)
    if contribution.amount is None:
        return f"{who} ({contribution.get_kind_display()})"
    left = contribution.amount - (getattr(contribution, "spoken_for", None) or Decimal(0))
    told = {"who": who, "amount": contribution.amount, "left": left, "currency": contribution.currency}
    return _("%(who)s: %(amount)s %(currency)s, %(left)s left") % told
