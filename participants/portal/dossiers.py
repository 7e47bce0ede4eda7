"""What a Party has sent to a call: each nomination with what it lacks and what the reader may do about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

from participants.models import CallExtension, Dispute, FocalPoint, Nomination
from participants.models.calls import PlanningSignatures
from participants.models.nominations import GONE, NOMINATION_STEPS, WITHOUT_PLACE, NominationState, Track
from participants.portal.sentences import Note, about, about_gap
from participants.portal.sittings import Sitting
from participants.queries.calls import signatories
from participants.queries.deadlines import takes
from participants.queries.defects import faults
from participants.queries.disputes import HELD_BACK, authority, rivals
from participants.queries.endorsements import BOTH, channel_of, missing
from participants.queries.nominations import dossiers
from participants.verbs.ranks import MOVABLE
from participants.verbs.replacements import REPLACEABLE
from workshops.models import Workshop

NO_PAPERS = (NominationState.WITHDRAWN, NominationState.SET_ASIDE)
SIGNABLE = (NominationState.WAITING, NominationState.DISPUTED)
ORDER = (NominationState.DISPUTED, NominationState.JOINED, NominationState.SET_ASIDE, NominationState.WITHDRAWN)


class Row(NamedTuple):
    """A nomination, what is to be said of it, what it lacks, and what the reader may do: names of pages."""

    nomination: Nomination
    notes: list[Note]
    lacks: list[str]
    may: frozenset[str]


@dataclass(frozen=True)
class Answer:
    """A Party's answer to a call as somebody sitting there sees it; every part is read once."""

    sitting: Sitting

    @cached_property
    def nominations(self) -> list[Nomination]:
        """All nominations: those with a place first, by rank, then what is disputed, joined, set aside, withdrawn."""
        rows = dossiers(self.sitting.call, self.sitting.party)
        return sorted(rows, key=lambda row: (_group(row.state), _list_of(row), row.rank or 0, row.reference))

    @cached_property
    def is_open(self) -> bool:
        """Whether the call takes a nomination of this Party now."""
        return takes(self.sitting.call, self.sitting.party, self.sitting.at)

    @cached_property
    def extensions(self) -> Sequence[CallExtension]:
        """The extensions of the call, the first one first."""
        return list(self.sitting.call.extensions.all())

    @cached_property
    def disputes(self) -> Sequence[Dispute]:
        """The disputes about this Party's list, the latest first."""
        rows = self.sitting.call.disputes.filter(party=self.sitting.party)
        return list(rows.select_related("standing__person"))

    @cached_property
    def signatories(self) -> Sequence[FocalPoint]:
        """Whom the call asks in this Party."""
        return list(signatories(self.sitting.call, self.sitting.at.date()).filter(party=self.sitting.party))

    @property
    def in_dispute(self) -> bool:
        """Whether two lists stand for the Party now."""
        return any(each.settled_at is None for each in self.disputes)

    @cached_property
    def opposed(self) -> list[Nomination]:
        """What another focal point sent that the reader could speak against (E10)."""
        return self._rivals(contest=True)

    @cached_property
    def begins_dispute(self) -> bool:
        """Whether one more nomination by the reader begins a dispute without a word: two hold the same office (E10)."""
        return bool(self._rivals(contest=False))

    def _rivals(self, *, contest: bool) -> list[Nomination]:
        mandate = self.sitting.cbd
        if mandate is None or self.in_dispute:
            return []
        return rivals(mandate, [each for each in self.nominations if _held_back(each)], contest=contest)

    def free_ranks(self, *, contest: bool = False) -> list[int]:
        """Return the places that a nomination by the reader could take now; in a dispute those of the own list."""
        taken = set(self._taken(contest=contest))
        return [rank for rank in range(1, self.sitting.call.seats_per_party + 1) if rank not in taken]

    def _taken(self, *, contest: bool) -> Iterator[int]:
        mandate = self.sitting.cbd
        disputing = mandate is not None and (self.in_dispute or contest or self.begins_dispute)
        side = authority(mandate) if mandate is not None and disputing else None
        for row in self.nominations:
            if row.rank is None or row.state in GONE:
                continue
            apart = row.state in WITHOUT_PLACE or (side is not None and _held_back(row))
            own = side is not None and row.focal_point is not None and authority(row.focal_point) == side
            if not apart or side is None or own:
                yield row.rank

    @property
    def gap(self) -> str:
        """The sentence about a signature the call asks for and nobody of the Party could give (E12); else ""."""
        call = self.sitting.call
        if call.planning_signatures != PlanningSignatures.BOTH or Track.PLANNING not in call.tracks:
            return ""
        absent = sorted(BOTH - {channel_of(each.kind) for each in self.signatories})
        return about_gap(self.sitting.party, absent[0], asked_for=True) if absent else ""

    def rows(self) -> list[Row]:
        """Return each nomination with what is said of it and what the reader may do."""
        movable = [row for row in self.nominations if row.state in MOVABLE and row.rank is not None]
        return [
            Row(row, list(self._about(row)), self._lacks(row), frozenset(self._may(row, movable)))
            for row in self.nominations
        ]

    def _about(self, row: Nomination) -> Iterator[Note]:
        return about(
            row,
            call=self.sitting.call,
            extensions=self.extensions,
            signatories=self.signatories,
            disputes=self.disputes,
        )

    def _lacks(self, row: Nomination) -> list[str]:
        """Return what to put right; a signature waited for is told in a sentence of its own."""
        if row.state in GONE:
            return []
        return faults(row, signatures=row.state != NominationState.WAITING)

    def _may(self, row: Nomination, movable: Sequence[Nomination]) -> Iterator[str]:
        sitting = self.sitting
        if not sitting.speaks_on(row.track):
            return
        if row.state not in NO_PAPERS:
            yield "papers"
        if may_sign(sitting, row):
            yield "sign"
        if row.state in REPLACEABLE and not row.joined.all() and self.is_open:
            yield "replace"
        if row.state == NominationState.SELECTED and not begun(sitting.call.workshop, sitting.at):
            yield "substitute"
        if NominationState.WITHDRAWN in NOMINATION_STEPS[row.state]:
            yield "withdraw"
        yield from self._may_move(row, movable)

    def _may_move(self, row: Nomination, movable: Sequence[Nomination]) -> Iterator[str]:
        """Yield where a nomination can go: who orders the list must speak on the track of each in it."""
        if row not in movable or not self.is_open or not all(self.sitting.speaks_on(each.track) for each in movable):
            return
        if row != movable[0]:
            yield "up"
        if row != movable[-1]:
            yield "down"


def begun(workshop: Workshop, at: datetime) -> bool:
    """Whether the workshop's first day has come there."""
    return at.astimezone(ZoneInfo(workshop.zone)).date() >= workshop.starts_on


def may_sign(sitting: Sitting, row: Nomination) -> bool:
    """Whether the reader could give a signature that a nomination lacks."""
    lacking = missing(row) & sitting.channels
    return bool(lacking) and row.state in SIGNABLE and sitting.speaks_on(row.track)


def _group(state: str) -> int:
    return ORDER.index(NominationState(state)) + 1 if state in ORDER else 0


def _list_of(row: Nomination) -> str:
    """Return what keeps the lists in a dispute together: whose word a nomination carries."""
    if row.state != NominationState.DISPUTED or row.focal_point is None:
        return ""
    return str(authority(row.focal_point))


def _held_back(row: Nomination) -> bool:
    """Whether a dispute that begins now would hold a nomination back: one by a CBD focal point that is still open."""
    signer = row.focal_point
    return row.state in HELD_BACK and signer is not None and channel_of(signer.kind) == "cbd"
