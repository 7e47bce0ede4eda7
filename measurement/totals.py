"""Adding up areas when nobody knows which of them overlap (edge cases E35, E39 and E40).

A hectare restored inside a protected area may stand in two targets of one Party. Without a map of both, the Party's true
area lies between its largest single target (all others inside it) and the sum (none overlap). Areas of different Parties
never overlap, so the ends of their ranges add up. Shares, rates and counts are never added.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)
FIRM_BOUNDS = frozenset({"exact", "at-least"})  # E40: "up to" and "about" are not firm


@dataclass(frozen=True, slots=True)
class Claim:
    """One national target as the totals see it; ``hectares`` is ``None`` for whatever is no area."""

    party: str
    measure: str
    hectares: Decimal | None = None
    bound: str = "exact"
    is_quantified: bool = False

    @property
    def is_firm(self) -> bool:
        """Whether the number is stated without "up to" or "about"."""
        return self.bound in FIRM_BOUNDS


@dataclass(frozen=True, slots=True)
class Range:
    """From ``low`` to ``high`` hectares."""

    low: Decimal = ZERO
    high: Decimal = ZERO

    def __add__(self, other: "Range") -> "Range":
        return Range(self.low + other.low, self.high + other.high)


@dataclass(frozen=True, slots=True)
class Total:
    """What the targets of one measure come to.

    ``quantified`` items have a number; ``added`` of them are areas and stand in the ranges, ``listed_only`` are shares,
    rates and counts. ``firm`` and ``not_firm`` are ranges of their own; ``all`` is the range of both together, whose low
    end is no sum of theirs, since a firm and an "up to" area of one Party may overlap too.
    """

    measure: str
    parties: int
    items: int
    quantified: int
    added: int
    firm: Range
    not_firm: Range
    all: Range

    @property
    def listed_only(self) -> int:
        """How many quantified items are not areas and so are not added."""
        return self.quantified - self.added


def party_range(areas: Iterable[Decimal]) -> Range:
    """Return the range of one Party's ``areas`` in hectares: the largest alone, and all of them side by side."""
    known = list(areas)
    return Range(max(known, default=ZERO), sum(known, ZERO))


def add_up(claims: Iterable[Claim]) -> tuple[Total, ...]:
    """Return one total a measure, in order of the measure's name."""
    by_measure: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_measure[claim.measure].append(claim)
    return tuple(_total(measure, by_measure[measure]) for measure in sorted(by_measure))


def _total(measure: str, claims: list[Claim]) -> Total:
    areas = [claim for claim in claims if claim.hectares is not None]
    return Total(
        measure=measure,
        parties=len({claim.party for claim in claims}),
        items=len(claims),
        quantified=sum(claim.is_quantified or claim.hectares is not None for claim in claims),
        added=len(areas),
        firm=_over_parties(claim for claim in areas if claim.is_firm),
        not_firm=_over_parties(claim for claim in areas if not claim.is_firm),
        all=_over_parties(areas),
    )


def _over_parties(claims: Iterable[Claim]) -> Range:
    by_party: dict[str, list[Decimal]] = defaultdict(list)
    for claim in claims:
        if claim.hectares is not None:
            by_party[claim.party].append(claim.hectares)
    return sum((party_range(areas) for areas in by_party.values()), Range())
