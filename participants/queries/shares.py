"""Whom a selection takes, in shares: of the people with a seat for Parties; those apart are told apart.

Every share names what it is a part of. Who did not state a gender stands beside the shares and in none of them (E07); regions
and lists are those of one day (E20, E21); the European Union is a Party and no country (E17).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from django.db.models import Prefetch, TextChoices

from participants.models import CostPart, Nomination, Selection, SelectionEntry
from participants.models.nominations import Sector, Track
from participants.models.persons import Gender
from participants.models.selections import Outcome
from participants.queries.selections import decided
from workshops.models import Contribution, Region
from workshops.models.parties import PartyKind
from workshops.models.regions import RegionList
from workshops.queries.regions import memberships_in

LISTS = (RegionList.LDC, RegionList.SIDS)


@dataclass(frozen=True, slots=True)
class Share:
    """So many people, ``count``, of those ``of`` whom something is known; ``label`` is in the language active then."""

    value: str
    label: str
    count: int
    of: int

    @property
    def percent(self) -> int | None:
        """Return the whole percent, a half upwards; ``None`` of nobody."""
        return percent(self.count, self.of)


@dataclass(frozen=True, slots=True)
class Spread:
    """How ``people`` are spread over the values of one thing, each person under one; those it is not known of under none."""

    shares: tuple[Share, ...]
    people: int

    @property
    def stated(self) -> int:
        """Of how many people it is known."""
        return sum(share.count for share in self.shares)

    @property
    def unstated(self) -> int:
        """Of how many people it is not known."""
        return self.people - self.stated


@dataclass(frozen=True, slots=True)
class Shares:
    """Some people by what a balance looks at; ``lists`` overlap, so each is a share of all people."""

    people: int
    gender: Spread
    regions: Spread
    tracks: Spread
    sectors: Spread
    lists: tuple[Share, ...]
    countries: int
    unions: int  # the European Union (E17)


@dataclass(frozen=True, slots=True)
class Apart:
    """People who take none of the seats for Parties."""

    organizations: int
    observers: int  # of Governments that are no Party on the day (E16)


@dataclass(frozen=True, slots=True)
class Donor:
    """For how many of the selected a contribution pays, wholly or in part, how much and in which ``currency`` (or none)."""

    contribution: UUID
    label: str
    people: int
    money: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class SelectionShares:
    """What a selection comes to; ``own`` are those selected for Parties for whom no contribution pays."""

    day: date  # of the lists: the call's
    selected: Shares
    reserves: Shares
    apart: Apart
    apart_reserves: Apart
    donors: tuple[Donor, ...]
    own: int


class DayLists:
    """The UN regional groups, least developed countries and small island developing States of a day, read in two queries."""

    def __init__(self, day: date, parties: Collection[str]) -> None:
        groups = Region.objects.filter(of_list=RegionList.UN_GROUP).order_by("slug")
        self.groups = {group.pk: str(group) for group in groups}
        members = memberships_in([RegionList.UN_GROUP, *LISTS], day).filter(party__in=set(parties))
        self.group_of: dict[str, str] = {}
        self.on: dict[str, set[str]] = {name: set() for name in LISTS}
        for party, region, of_list in members.values_list("party", "region", "region__of_list"):
            if of_list == RegionList.UN_GROUP:
                self.group_of[party] = region
            else:
                self.on[of_list].add(party)


def percent(count: int, of: int) -> int | None:
    """Return ``count`` as whole percent of ``of``, a half upwards; ``None`` of nothing."""
    if not of:
        return None
    return int((Decimal(100 * count) / of).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def entries_of(selection: Selection) -> list[SelectionEntry]:
    """Return all entries with what shares and papers say of them, reserves in order, others by Party; two queries."""
    rows = (
        decided(selection)
        .select_related("nomination__person", "nomination__party", "nomination__organization", "overridden_by")
        .prefetch_related(Prefetch("parts", CostPart.objects.select_related("contribution__donor")))
    )
    found = list(
        rows.order_by("outcome", "position", "nomination__party__name_en", "nomination__rank", "nomination__reference")
    )
    for each in found:
        each.selection = selection
    return found


def is_apart(entry: SelectionEntry) -> bool:
    """Whether a person takes none of the seats for Parties; so does every expert of an organization."""
    return entry.apart or entry.nomination.party_id is None


def shares(selection: Selection, entries: Sequence[SelectionEntry] | None = None) -> SelectionShares:
    """Return the shares of a selection in any state, with the lists of the day its call was opened (E20).

    ``entries`` are those of ``entries_of`` if read already. Four queries, and one for the call where it was not joined.
    """
    rows = entries_of(selection) if entries is None else entries
    day = selection.call.opened_at.date()
    lists = DayLists(day, _codes(row.nomination for row in rows))
    selected = [row for row in rows if row.outcome == Outcome.SELECTED]
    reserves = [row for row in rows if row.outcome == Outcome.RESERVE]
    return SelectionShares(
        day=day,
        selected=_seated(selected, lists),
        reserves=_seated(reserves, lists),
        apart=_apart(selected),
        apart_reserves=_apart(reserves),
        donors=_donors(selected, selection.currency),
        own=sum(not row.parts.all() and not is_apart(row) for row in selected),
    )


def shares_of(nominations: Iterable[Nomination], day: date) -> Shares:
    """Return the shares of any people with the lists of ``day``; who is nominated twice counts once, by the first (E04).

    Two queries; each nomination with its person and Party.
    """
    rows = list(nominations)
    return _shares(rows, DayLists(day, _codes(rows)))


def _codes(nominations: Iterable[Nomination]) -> set[str]:
    return {each.party_id for each in nominations if each.party_id is not None}


def _seated(entries: Iterable[SelectionEntry], lists: DayLists) -> Shares:
    return _shares([each.nomination for each in entries if not is_apart(each)], lists)


def _shares(nominations: Iterable[Nomination], lists: DayLists) -> Shares:
    once: dict[UUID, Nomination] = {}
    for each in nominations:
        once.setdefault(each.person_id, each)
    people = list(once.values())
    parties = {each.party for each in people if each.party is not None}
    unions = sum(party.kind == PartyKind.ORGANIZATION for party in parties)
    return Shares(
        people=len(people),
        gender=_spread((_stated(each.person.gender) for each in people), _labels(Gender, besides=Gender.UNKNOWN)),
        regions=_spread((lists.group_of.get(each.party_id or "") for each in people), lists.groups),
        tracks=_spread((each.track for each in people), _labels(Track)),
        sectors=_spread((each.sector for each in people), _labels(Sector)),
        lists=tuple(_on_list(name, lists.on[name], people) for name in LISTS),
        countries=len(parties) - unions,
        unions=unions,
    )


def _stated(gender: str) -> str | None:
    return None if gender == Gender.UNKNOWN else gender


def _labels(choices: type[TextChoices], besides: str = "") -> dict[str, str]:
    return {value: str(label) for value, label in choices.choices if value != besides}


def _spread(values: Iterable[str | None], labels: Mapping[str, str]) -> Spread:
    """Count the values; one without a label is not known."""
    found = list(values)
    counts = Counter(value for value in found if value in labels)
    stated = counts.total()
    return Spread(tuple(Share(str(value), label, counts[value], stated) for value, label in labels.items()), len(found))


def _on_list(name: RegionList, on: Collection[str], people: Sequence[Nomination]) -> Share:
    return Share(name.value, str(name.label), sum(each.party_id in on for each in people), len(people))


def _apart(entries: Iterable[SelectionEntry]) -> Apart:
    parties = [entry.nomination.party_id for entry in entries if is_apart(entry)]
    return Apart(organizations=parties.count(None), observers=len(parties) - parties.count(None))


def contribution_label(contribution: Contribution) -> str:
    """Return whose money it is: "Norway (LifeWeb)"; needs its donor."""
    return f"{contribution.donor} ({contribution.fund})" if contribution.fund else str(contribution.donor)


def _donors(selected: Iterable[SelectionEntry], currency: str) -> tuple[Donor, ...]:
    paid: dict[UUID, list[CostPart]] = {}
    for part in (part for entry in selected for part in entry.parts.all()):
        paid.setdefault(part.contribution_id, []).append(part)
    donors = (
        Donor(
            contribution=key,
            label=contribution_label(parts[0].contribution),
            people=len({part.entry_id for part in parts}),
            money=sum((part.amount for part in parts), Decimal(0)),
            currency=currency,
        )
        for key, parts in paid.items()
    )
    return tuple(sorted(donors, key=lambda donor: (donor.label, donor.contribution)))
