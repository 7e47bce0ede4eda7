"""The directory of focal points: for a day who stands for each Party and kind, where nobody does, and how it came to be so."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from accounts.models import ActivityEntry
from participants.models import FocalPoint, Person
from participants.models.focal_points import FocalPointKind
from participants.queries.focal_points import standing
from workshops.models import Party, Programme

SHOWN_FIRST = (
    FocalPointKind.CBD_PRIMARY,
    FocalPointKind.CBD_SECONDARY,
    FocalPointKind.PROTECTED_AREAS,
    FocalPointKind.FAO,
)
RECORDING = ("designate", "name_deputy")


@dataclass(slots=True)
class Cell:
    """The mandates of one Party and kind, as a day finds them; ``ended`` and ``coming`` are those of focal points alone."""

    kind: FocalPointKind
    due: bool  # whether a Party should have one: an "other Government" may have focal points and lacks none (E16)
    standing: list[FocalPoint] = field(default_factory=list)
    deputies: list[FocalPoint] = field(default_factory=list)
    coming: list[FocalPoint] = field(default_factory=list)
    ended: list[FocalPoint] = field(default_factory=list)

    @property
    def gap(self) -> bool:
        """Whether nobody stands where somebody should (E12)."""
        return self.due and not self.standing

    @property
    def overlap(self) -> bool:
        """Whether several stand at once and could speak against each other (E10)."""
        return len({each.person_id for each in self.standing}) > 1

    def put(self, mandate: FocalPoint, on: date) -> None:
        """Sort in one mandate; they come by their beginning."""
        over = mandate.valid_to is not None and mandate.valid_to <= on
        if mandate.deputy_of_id is not None:
            if mandate.valid_from <= on and not over:
                self.deputies.append(mandate)
        elif over:
            self.ended.append(mandate)
        else:
            (self.standing if mandate.valid_from <= on else self.coming).append(mandate)


@dataclass(frozen=True, slots=True)
class Row:
    """One Party with a cell for each kind asked for."""

    party: Party
    is_party: bool
    cells: Sequence[Cell]

    @property
    def has_gap(self) -> bool:
        """Whether a focal point of one of the kinds is missing."""
        return any(cell.gap for cell in self.cells)

    @property
    def has_overlap(self) -> bool:
        """Whether of one of the kinds several stand."""
        return any(cell.overlap for cell in self.cells)


def directory(
    on: date,
    kinds: Sequence[FocalPointKind] = SHOWN_FIRST,
    *,
    parties: QuerySet[Party] | None = None,
    rehearsal: Programme | None = None,
) -> list[Row]:
    """Return the directory of a day for some Parties (all if not given) and kinds, in the order of the Parties' names.

    Governments that are no Party on that day (E16, E18) have a row when they have a focal point. ``rehearsal`` asks for the
    synthetic people of that practice copy instead of the real ones. Two queries, whatever the number of Parties.
    """
    mandates = (
        FocalPoint.objects.filter(kind__in=kinds, person__rehearsal=rehearsal)
        .exclude(valid_to=F("valid_from"))
        .select_related("person")
        .order_by("valid_from", "person__name", "id")
    )
    found: dict[tuple[str, str], list[FocalPoint]] = defaultdict(list)
    for mandate in mandates:
        found[mandate.party_id, mandate.kind].append(mandate)
    named = {code for code, _kind in found}
    rows = []
    for party in parties if parties is not None else Party.objects.all():
        is_party = party.in_force_on is not None and party.in_force_on <= on
        if is_party or party.pk in named:
            cells = [_cell(kind, is_party, found[party.pk, kind], on) for kind in kinds]
            rows.append(Row(party, is_party, cells))
    return rows


def _cell(kind: FocalPointKind, due: bool, mandates: Iterable[FocalPoint], on: date) -> Cell:
    cell = Cell(kind, due)
    for mandate in mandates:
        cell.put(mandate, on)
    return cell


def gaps(on: date, kind: str, *, rehearsal: Programme | None = None) -> QuerySet[Party]:
    """Return the Parties of a day without a focal point of a kind (E12: what is asked of them goes to the primary one)."""
    stands = standing(on, kinds=[kind]).filter(
        party=OuterRef("pk"), person__rehearsal=rehearsal, deputy_of__isnull=True
    )
    return Party.objects.filter(~Exists(stands), in_force_on__lte=on)


def overlaps(
    on: date, *, kinds: Iterable[str] | None = None, rehearsal: Programme | None = None
) -> list[tuple[str, str]]:
    """Return code and kind where several focal points stand at once, deputies aside (E10 may follow)."""
    principals = standing(on, kinds=list(kinds) if kinds is not None else None).filter(
        deputy_of__isnull=True, person__rehearsal=rehearsal
    )
    counted = principals.order_by().values("party", "kind").annotate(number=Count("person", distinct=True))
    return sorted(counted.filter(number__gt=1).values_list("party", "kind"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One mandate in the history of a Party and kind, and who put it into the directory when, as far as the log tells."""

    mandate: FocalPoint
    recorded_by: str
    recorded_at: datetime | None


def history(party: Party, kind: str, *, rehearsal: Programme | None = None) -> list[Entry]:
    """Return every mandate of a Party and kind, the oldest first, deputies after their focal point; two queries."""
    rows = list(
        FocalPoint.objects.filter(party=party, kind=kind, person__rehearsal=rehearsal)
        .select_related("person", "letter", "deputy_of__person")
        .order_by("valid_from", F("deputy_of").asc(nulls_first=True), "id")
    )
    log = ActivityEntry.objects.filter(
        subject_kind="focalpoint", subject_key__in=[str(row.pk) for row in rows], verb__in=RECORDING
    )
    recorded = {
        each.subject_key: each for each in log.order_by("-at", "-id")
    }  # the first recording comes last and stays
    entries = ((row, recorded.get(str(row.pk))) for row in rows)
    return [Entry(row, each.actor_label if each else "", each.at if each else None) for row, each in entries]


class Own(NamedTuple):
    """What a focal point sees of one own Party: the mandates of the person, and all that stand."""

    party: Party
    held: Sequence[FocalPoint]
    colleagues: Sequence[FocalPoint]


def own_parties(person: Person, on: date) -> list[Own]:
    """Return the Parties a person is a focal point of on a day, with all who stand for them; what is real and each
    practice copy stay apart. One query.
    """
    mine = standing(on, person=person)
    rows = (
        standing(on)
        .filter(Q(party__in=mine.values("party")), person__rehearsal=person.rehearsal_id)
        .select_related("party", "person__organization", "deputy_of__person")
        .order_by("party__name_en", "kind", F("deputy_of").asc(nulls_first=True), "person__name", "id")
    )
    by_party: dict[str, list[FocalPoint]] = defaultdict(list)
    for row in rows:
        by_party[row.party_id].append(row)
    return [
        Own(standings[0].party, [row for row in standings if row.person_id == person.pk], standings)
        for standings in by_party.values()
    ]
