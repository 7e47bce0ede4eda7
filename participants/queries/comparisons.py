"""Two proposals of a call side by side: the rules that differ, the levels, the shares, and who is in only one of them.

All words are in the active language.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from participants.models import Selection, SelectionEntry
from participants.models.nominations import Sector
from participants.models.selections import Outcome
from participants.queries.computing import LEVEL_NAMES
from participants.queries.levels import COST, TIES, figure
from participants.queries.notifications import joined, names_of_lists
from participants.queries.proposals import lines_of
from participants.queries.reasons import Words
from participants.queries.selections import decided
from participants.queries.shares import SelectionShares, Share, Shares, contribution_label, shares
from participants.queries.wording import money_told
from workshops.models import Contribution

Pair = tuple[Selection, Selection]


@dataclass(frozen=True, slots=True)
class Row:
    """One thing of both proposals; ``change`` is 1 where the second is better, -1 where it is worse, else 0."""

    label: str | Promise
    first: str
    second: str
    change: int = 0


@dataclass(frozen=True, slots=True)
class OnlyIn:
    """Somebody selected in one proposal alone, with what either says."""

    here: SelectionEntry
    why_in: tuple[str, ...]
    there: SelectionEntry | None
    why_not: tuple[str, ...]


def rules_apart(pair: Pair) -> list[Row]:
    """Return the rules that differ; three queries at the most."""
    names = _Names(pair)
    first, second = (dict(names.rules(each)) for each in pair)
    labels = dict.fromkeys([*first, *second])
    rows = [Row(label, first.get(label, "–"), second.get(label, "–")) for label in labels]
    return [row for row in rows if row.first != row.second]


class _Names:
    """The lists and donors that the rules of two proposals name, read once."""

    def __init__(self, pair: Pair) -> None:
        self.language = (get_language() or "en").split("-")[0]
        told = [each.inputs.get("rules", {}) for each in pair]
        slugs = sorted({slug for rules in told for slug in rules.get("priority_lists", ())})
        self.lists = dict(zip(slugs, names_of_lists(slugs, self.language), strict=True)) if slugs else {}
        keys = {UUID(donor["contribution"]) for each in pair for donor in each.inputs.get("donors", ())}
        donors = Contribution.objects.select_related("donor").in_bulk(keys) if keys else {}
        self.donors = {str(key): contribution_label(row) for key, row in donors.items()}

    def rules(self, selection: Selection) -> Iterator[tuple[str, str]]:
        """Yield the rules of one proposal as label and words."""
        inputs = selection.inputs
        yield _("Seats for Parties"), str(selection.seats)
        if not inputs:
            return
        room, rules = inputs["rooms"][0], inputs["rules"]
        yield _("Experts a Party at most"), str(room["limit"])
        yield _("Women, at least"), self._percent(rules["women_share"])
        for sector, share in rules["sector_shares"].items():
            yield str(Sector(sector).label), self._percent(share)
        lists = [self.lists[each] for each in rules["priority_lists"]]
        yield _("Lists that come first"), joined(lists, self.language) or "–"
        yield _("Nominations considered"), str(len(inputs["nominees"]))
        yield _("Locked in"), str(len(inputs["inside"]))
        yield _("Locked out"), str(len(inputs["outside"]))
        yield from self._budgets(selection)

    def _budgets(self, selection: Selection) -> Iterator[tuple[str, str]]:
        by_donor: dict[str, list[str]] = {}
        for donor in selection.inputs["donors"]:
            label = self.donors.get(donor["contribution"], _("a donor who is gone"))
            by_donor.setdefault(label, []).append(_limits(donor, selection.currency))
        for label, limits in sorted(by_donor.items()):
            yield _("Budget: %(donor)s") % {"donor": label}, "; ".join(sorted(limits))

    def _percent(self, share: int) -> str:
        return _("%(percent)d %%") % {"percent": share}


def _limits(donor: Mapping[str, Any], currency: str) -> str:
    told = []
    if donor["amount"] is not None:
        told.append(money_told(donor["amount"], currency))
    if donor["places"] is not None:
        told.append(_("people at most: %(count)d") % {"count": donor["places"]})
    if donor["parties"] is not None:
        told.append(_("Parties it is for: %(count)d") % {"count": len(donor["parties"])})
    if donor["sectors"] is not None:
        told.append(", ".join(str(Sector(each).label) for each in donor["sectors"]))
    return ", ".join(told)


def levels_beside(pair: Pair) -> list[Row]:
    """Return the levels that both proposals have; money is compared in one currency alone."""
    first, second = ({level["name"]: level["value"] for level in each.levels} for each in pair)
    rows = []
    for name in [name for name in first if name in second and name != TIES]:
        comparable = name != COST or pair[0].currency == pair[1].currency
        change = (second[name] > first[name]) - (second[name] < first[name]) if comparable else 0
        before, after = figure(name, first[name], pair[0].currency), figure(name, second[name], pair[1].currency)
        rows.append(Row(LEVEL_NAMES[name], before, after, change))
    return rows


def shares_beside(pair: Pair) -> list[Row]:
    """Return whom both proposals take, each figure with what it is a part of."""
    found = [shares(each, list(lines_of(each, "selected"))) for each in pair]
    first, second = (dict(_figures(each.selected)) for each in found)
    rows = [Row(label, first.get(label, "–"), second.get(label, "–")) for label in dict.fromkeys([*first, *second])]
    money = [_paid(each, one) for each, one in zip(found, pair, strict=True)]
    return [*rows, Row(_("Paid by donors"), money[0], money[1])]


def _paid(found: SelectionShares, selection: Selection) -> str:
    return money_told(sum((donor.money for donor in found.donors), Decimal(0)), selection.currency)


def _figures(of: Shares) -> Iterator[tuple[str, str]]:
    yield _("People"), str(of.people)
    yield _("Parties represented"), str(of.countries + of.unions)
    for share in of.gender.shares:
        yield share.label, _of(share)
    unstated = {"count": of.gender.unstated, "of": of.people}
    yield _("Gender not stated"), _("%(count)d of %(of)d") % unstated
    for share in (*of.lists, *of.tracks.shares, *of.sectors.shares):
        yield share.label, _of(share)


def _of(share: Share) -> str:
    return _("%(count)d of %(of)d") % {"count": share.count, "of": share.of}


def only_in(pair: Pair) -> tuple[list[OnlyIn], list[OnlyIn]]:
    """Return who is selected in the first alone and in the second alone, by Party; eight queries, whatever their number."""
    chosen = [set(decided(each).filter(outcome=Outcome.SELECTED).values_list("nomination", flat=True)) for each in pair]
    differ = chosen[0] ^ chosen[1]
    entries = [list(lines_of(each).filter(nomination__in=differ)) for each in pair]
    for rows, selection in zip(entries, pair, strict=True):
        for row in rows:
            row.selection = selection
    words = Words([*entries[0], *entries[1]])
    return _only(entries[0], entries[1], words), _only(entries[1], entries[0], words)


def _only(here: Sequence[SelectionEntry], there: Sequence[SelectionEntry], words: Words) -> list[OnlyIn]:
    other = {each.nomination_id: each for each in there}
    return [
        OnlyIn(entry, _why(entry, words), beside := other.get(entry.nomination_id), _why(beside, words))
        for entry in here
        if entry.outcome == Outcome.SELECTED
    ]


def _why(entry: SelectionEntry | None, words: Words) -> tuple[str, ...]:
    """Return the reasons of an entry as it is now: of an overridden one the organizer's, as the rules say of it before."""
    if entry is None:
        return ()
    return (entry.reason,) if entry.computed else tuple(words.sentences(entry))
