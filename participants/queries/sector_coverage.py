"""Which sectors each Party's people come from: nominated, selected and in reserve (note, para 21: where possible all four)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from participants.models import SelectionEntry
from participants.models.nominations import Sector
from participants.models.selections import Outcome
from participants.queries.shares import is_apart
from workshops.models import Party


@dataclass(frozen=True, slots=True)
class SectorCount:
    """The people of one sector: how many were nominated, selected and put among the reserves."""

    value: str
    label: str
    nominated: int
    selected: int
    reserves: int


@dataclass(frozen=True, slots=True)
class PartySectors:
    """The sectors that one Party's people come from, in the call's order."""

    party: Party
    sectors: tuple[SectorCount, ...]

    @property
    def missing(self) -> tuple[SectorCount, ...]:
        """Return the sectors of which nobody is selected."""
        return tuple(sector for sector in self.sectors if not sector.selected)


def sector_coverage(entries: Iterable[SelectionEntry], sectors: Sequence[str]) -> list[PartySectors]:
    """Return for each Government with a seat at stake the people of each of ``sectors``, by name; asks no query."""
    counts: Counter[tuple[Party, str, str]] = Counter()
    for entry in entries:
        if entry.nomination.party is not None and not is_apart(entry):
            counts[entry.nomination.party, entry.nomination.sector, entry.outcome] += 1
    parties = sorted({party for party, _sector, _outcome in counts}, key=str)
    return [PartySectors(party, tuple(_sector_count(sector, party, counts) for sector in sectors)) for party in parties]


def _sector_count(sector: str, party: Party, counts: Mapping[tuple[Party, str, str], int]) -> SectorCount:
    by_outcome = {outcome: counts.get((party, sector, outcome), 0) for outcome in Outcome}
    return SectorCount(
        value=sector,
        label=str(Sector(sector).label),
        nominated=sum(by_outcome.values()),
        selected=by_outcome[Outcome.SELECTED],
        reserves=by_outcome[Outcome.RESERVE],
    )
