"""What the holders of seats leave of a decided call: seats, the places of each Party, and the donors' money."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from participants.models import Call, Replacement, Selection, SelectionEntry
from participants.queries.selections import holders

NOBODY_PAYS: tuple["Part", ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """What one ``budget`` of a ``contribution`` would pay of a journey, in the selection's currency."""

    budget: UUID
    contribution: UUID
    amount: Decimal


@dataclass(slots=True)
class Purse:
    """What is left of one budget: ``amount`` in the selection's currency and ``places`` for people, ``None`` without limit.

    ``parties`` (codes) and ``sectors`` are the only ones it pays for, ``None`` all. One without ``places`` is a pool of money.
    """

    budget: UUID
    contribution: UUID
    amount: Decimal | None
    places: int | None
    parties: frozenset[str] | None
    sectors: frozenset[str] | None

    def may_pay(self, entry: SelectionEntry) -> bool:
        """Whether the earmark lets it pay for this person."""
        party, sector = entry.nomination.party_id, entry.nomination.sector
        return (self.parties is None or party in self.parties) and (self.sectors is None or sector in self.sectors)

    def has(self, cost: Decimal) -> bool:
        """Whether there is enough left for one more whole journey."""
        return (self.amount is None or cost <= self.amount) and (self.places is None or self.places > 0)

    def pay(self, amount: Decimal) -> None:
        """Take out what it pays of one journey; less than nothing may be left where the decision went beyond (E31)."""
        if self.amount is not None:
            self.amount -= amount
        if self.places is not None:
            self.places -= 1

    def part(self, amount: Decimal) -> Part:
        """Name the purse as the one that pays ``amount``."""
        return Part(self.budget, self.contribution, amount)


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

    def parts_for(self, entry: SelectionEntry) -> tuple[Part, ...] | None:
        """Return what each donor would pay of a journey, no part where nobody needs to, ``None`` where nobody can.

        A Party's financed places come first, each with a donor who can pay; then those at the own Government's expense.
        """
        if not _needs_payer(entry, self.financed):
            return NOBODY_PAYS
        party = entry.nomination.party_id or ""
        if self.paid[party] < self.call.funded_seats:
            return self._paid_by_donors(entry, entry.cost or Decimal(0))
        own = self.call.seats_per_party - self.call.funded_seats
        return NOBODY_PAYS if self.at_own_expense[party] < own else None

    def _paid_by_donors(self, entry: SelectionEntry, cost: Decimal) -> tuple[Part, ...] | None:
        """Let the first donor pay who has enough for the whole journey, else several pools, in the order of the inputs."""
        able = [purse for purse in self.purses if purse.may_pay(entry)]
        whole = next((purse for purse in able if purse.has(cost)), None)
        if whole is not None:
            return (whole.part(cost),)
        parts: list[Part] = []
        for purse in able:
            if purse.places is None and (part := min(purse.amount or Decimal(0), cost)) > 0:
                parts.append(purse.part(part))
                cost -= part
        return tuple(parts) if not cost else None


def balance_of(selection: Selection) -> Balance:
    """Return what is left of an approved selection: read from its frozen ``inputs`` and from who holds a seat now.

    Parts of whoever gave a seat up are a record of the decision and charge nobody, but for what was spent already on the first
    journey of somebody who was replaced (E29).
    """
    held = list(holders(selection).select_related("nomination").prefetch_related("parts"))
    purses = _purses(selection)
    nominees = selection.inputs["nominees"] if selection.inputs.get("donors") else ()
    replaced = list(_replaced(selection))
    financed = _with_successors({each["key"] for each in nominees if each["financed"]}, replaced)
    paid = [each for each in held if each.parts.all()]
    own = [each for each in held if not each.parts.all() and _needs_payer(each, financed)]
    _charge(paid, purses)
    _charge_sunk(selection, replaced, purses)
    return Balance(
        call=selection.call,
        free=selection.seats - len(held),
        of_party=_count(held),
        paid=_count(paid),
        at_own_expense=_count(own),
        financed=financed,
        purses=purses,
    )


def _needs_payer(entry: SelectionEntry, financed: frozenset[str]) -> bool:
    """Whether a donor must pay for this person, or else the own Government in a donor's stead; a free journey needs nobody."""
    return bool(entry.cost) and str(entry.nomination_id) in financed


def _replaced(selection: Selection) -> QuerySet[Replacement]:
    return Replacement.objects.filter(before__call=selection.call_id).order_by("replaced_at", "id")


def _with_successors(keys: set[str], replaced: Iterable[Replacement]) -> frozenset[str]:
    """Who comes in the place of somebody financed is financed."""
    for each in replaced:
        if str(each.before_id) in keys:
            keys.add(str(each.after_id))
    return frozenset(keys)


def _charge_sunk(selection: Selection, replaced: Iterable[Replacement], purses: Sequence[Purse]) -> None:
    """Take what was spent on first journeys out of the budgets that were to pay them, each by its part; no place of theirs."""
    purse_of = {purse.budget: purse for purse in purses}
    spent = {each.before_id: each.sunk for each in replaced if each.sunk}
    if not spent:
        return
    for entry in selection.entries.filter(nomination__in=spent).prefetch_related("parts"):
        parts = list(entry.parts.all())
        whole = sum((part.amount for part in parts), Decimal(0))
        for part in parts:
            purse = purse_of[part.budget]
            if purse.amount is not None:
                purse.amount -= (spent[entry.nomination_id] or Decimal(0)) * part.amount / whole


def _count(held: Iterable[SelectionEntry]) -> Counter[str]:
    return Counter(each.nomination.party_id or "" for each in held)


def _purses(selection: Selection) -> list[Purse]:
    """Return what the decision's budgets held for this workshop before anybody was paid, in the order of the inputs."""
    told: Sequence[Mapping[str, Any]] = selection.inputs.get("donors", ())
    return [
        Purse(
            budget=UUID(each["key"]),
            contribution=UUID(each["contribution"]),
            amount=None if each["amount"] is None else Decimal(each["amount"]),
            places=each["places"],
            parties=None if each["parties"] is None else frozenset(each["parties"]),
            sectors=None if each["sectors"] is None else frozenset(each["sectors"]),
        )
        for each in told
        if each["rooms"] is None or str(selection.call_id) in each["rooms"]
    ]


def _charge(paid: Iterable[SelectionEntry], purses: Sequence[Purse]) -> None:
    """Take the parts of those who hold a seat out of the budgets that pay them."""
    purse_of = {purse.budget: purse for purse in purses}
    for entry in paid:
        for part in entry.parts.all():
            purse_of[part.budget].pay(part.amount)
