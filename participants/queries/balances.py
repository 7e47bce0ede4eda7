"""What the holders of seats leave of a decided call: seats, the places of each Party, and the donors' money."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from participants.models import Call, Selection, SelectionEntry
from participants.queries.selections import holders
from workshops.models import Contribution


@dataclass(slots=True)
class Purse:
    """What is left of one earmark: ``amount`` in the selection's currency and ``places`` for people, ``None`` without limit.

    ``parties`` (codes) and ``sectors`` are the only ones it pays for, ``None`` all.
    """

    contribution: UUID
    amount: Decimal | None
    places: int | None
    parties: frozenset[str] | None
    sectors: frozenset[str] | None

    @property
    def openness(self) -> int:
        """How little the earmark narrows: 0 by Party and sector, 2 not at all."""
        return (self.parties is None) + (self.sectors is None)

    def may_pay(self, entry: SelectionEntry) -> bool:
        """Whether the earmark lets it pay for this person."""
        party, sector = entry.nomination.party_id, entry.nomination.sector
        return (self.parties is None or party in self.parties) and (self.sectors is None or sector in self.sectors)

    def has(self, cost: Decimal) -> bool:
        """Whether there is enough left for one more person."""
        return (self.amount is None or cost <= self.amount) and (self.places is None or self.places > 0)

    def pay(self, cost: Decimal) -> None:
        """Take one person's cost out; less than nothing may be left where the decision itself went beyond (E31)."""
        if self.amount is not None:
            self.amount -= cost
        if self.places is not None:
            self.places -= 1


@dataclass(frozen=True, slots=True)
class Balance:
    """``free`` seats for Parties, below 0 when more are held than there are; by Party the experts who hold one.

    ``paid`` and ``at_own_expense`` count those of them whom the call finances, with a donor and without. ``financed`` names
    the nominations that the call finances; money is not planned where the decision had no donors, and then it names none.
    """

    call: Call
    free: int
    of_party: Counter[str]
    paid: Counter[str]
    at_own_expense: Counter[str]
    financed: frozenset[str]
    purses: Sequence[Purse]

    def is_financed(self, entry: SelectionEntry) -> bool:
        """Whether a donor pays for this person, or else the own Government in a donor's stead."""
        return entry.cost is not None and str(entry.nomination_id) in self.financed

    def payer_for(self, entry: SelectionEntry) -> UUID | None:
        """Return the first contribution that may pay for a person and has enough left, within the Party's financed places."""
        places_taken = self.paid[entry.nomination.party_id or ""] >= self.call.funded_seats
        if entry.cost is None or places_taken or not self.is_financed(entry):
            return None
        able = (purse for purse in self.purses if purse.may_pay(entry) and purse.has(entry.cost))
        return next((purse.contribution for purse in able), None)

    def needs_no_donor(self, entry: SelectionEntry) -> bool:
        """Whether the call does not finance a person, or allows the Party one more at its Government's own expense."""
        own = self.call.seats_per_party - self.call.funded_seats
        return not self.is_financed(entry) or self.at_own_expense[entry.nomination.party_id or ""] < own


def balance_of(selection: Selection) -> Balance:
    """Return what is left of an approved selection: read from its frozen ``inputs`` and from who holds a seat now."""
    held = list(holders(selection).select_related("nomination"))
    purses = _purses(selection)
    nominees = selection.inputs["nominees"] if selection.inputs.get("donors") else ()
    balance = Balance(
        call=selection.call,
        free=selection.seats - len(held),
        of_party=Counter(each.nomination.party_id or "" for each in held),
        paid=Counter(each.nomination.party_id or "" for each in held if each.payer_id is not None),
        at_own_expense=Counter(),
        financed=frozenset(each["key"] for each in nominees if each["financed"]),
        purses=purses,
    )
    own = (each.nomination.party_id or "" for each in held if each.payer_id is None and balance.is_financed(each))
    balance.at_own_expense.update(own)
    _charge(held, purses)
    return balance


def _purses(selection: Selection) -> list[Purse]:
    """Return the earmarks that may pay at this workshop, in the order of the inputs; what was deleted since pays no more."""
    told: Sequence[Mapping[str, Any]] = selection.inputs.get("donors", ())
    here = {str(selection.call_id), str(selection.call.workshop_id)}
    open_here = [each for each in told if each["rooms"] is None or here & set(each["rooms"])]
    there = set(Contribution.objects.filter(pk__in=[each["key"] for each in open_here]).values_list("pk", flat=True))
    return [
        Purse(
            contribution=UUID(each["key"]),
            amount=None if each["amount"] is None else Decimal(each["amount"]),
            places=each["places"],
            parties=None if each["parties"] is None else frozenset(each["parties"]),
            sectors=None if each["sectors"] is None else frozenset(each["sectors"]),
        )
        for each in open_here
        if UUID(each["key"]) in there
    ]


def _charge(held: Iterable[SelectionEntry], purses: Sequence[Purse]) -> None:
    """Take what the holders cost out of the purses.

    An entry names its contribution, not the earmark: whom fewest earmarks fit comes first, the dearest first among them, and is
    charged to the narrowest that has enough. What fits none is charged to every earmark of the contribution, so that nobody
    moves up on money that may be spent.
    """
    bills = []
    for entry in held:
        own = [purse for purse in purses if purse.contribution == entry.payer_id]
        if entry.cost is not None and own:
            fitting = sorted((purse for purse in own if purse.may_pay(entry)), key=lambda purse: purse.openness)
            bills.append((len(fitting), -entry.cost, str(entry.nomination_id), entry.cost, fitting, own))
    for _count, _cost, _key, cost, fitting, own in sorted(bills, key=lambda bill: bill[:3]):
        chosen = next((purse for purse in fitting if purse.has(cost)), None)
        for purse in [chosen] if chosen else own:
            purse.pay(cost)
