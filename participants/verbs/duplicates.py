"""Possible duplicates: found by the clock, decided by a person; nothing is merged here."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import CLOCK, Actor
from accounts.errors import Invalid, Refused
from accounts.states import move
from accounts.verbs.activities import record
from measurement.likeness import POINTS, SHOWN, Reason, score
from measurement.names import match_key
from participants.models import DuplicatePair, Person
from participants.models.duplicates import PAIR_STEPS, PairState
from participants.queries.duplicates import candidates, described, said

BATCH = 1000
KEYS_AT_ONCE = 500
MANY = 2000  # so many new people cost no less than everybody
NOTE_LIMIT = 500

Pair = tuple[UUID, UUID]
Found = dict[Pair, tuple[int, list[str]]]


@dataclass(slots=True)
class Swept:
    """What a sweep did: how many ``pairs`` it compared, and how many rows it ``wrote``, changed or took away."""

    people: int = 0
    pairs: int = 0
    wrote: int = 0


def find_pairs(*, everybody: bool = False, at: datetime) -> Swept:
    """Compare people who are new or were changed with all others, or ``everybody`` with everybody.

    An empty ``match_key`` marks who was not compared yet. Pairs that score ``SHOWN`` or more are kept for somebody to
    decide; a decided pair is opened again only when a new reason for one person has come up. May run twice.
    """
    fresh = _take_marked()
    swept = Swept(people=len(fresh))
    if not fresh and not everybody:
        return swept
    pairs = candidates(None if everybody or len(fresh) > MANY else fresh)
    while batch := list(islice(pairs, BATCH)):
        swept.pairs += len(batch)
        swept.wrote += _write(_scored(batch), batch, at)
    return swept


def mark_different(pair: DuplicatePair, note: str = "", *, by: Actor, at: datetime) -> DuplicatePair:
    """Say that these are two people; the pair is not shown again unless more comes to light.

    Raises ``NotAllowed`` for others than organizers, ``Invalid`` (``too_long``) and ``Refused`` (``illegal_step``).
    """
    by.require_organizer()
    if len(note) > NOTE_LIMIT:
        raise Invalid("too_long", _("Use at most %(limit)d characters.") % {"limit": NOTE_LIMIT}, field="note")
    with transaction.atomic():
        locked = DuplicatePair.objects.select_for_update().get(pk=pair.pk)
        decide(locked, PairState.DIFFERENT, note.strip(), by=by, at=at)
        record("mark_different", locked, by=by, at=at)
    return locked


def reopen_pair(pair: DuplicatePair, *, by: Actor, at: datetime) -> DuplicatePair:
    """Put a pair that was said to be two people back among those to be decided.

    Raises ``NotAllowed`` for others than organizers and ``Refused`` (``illegal_step``, ``undo_the_merge``).
    """
    by.require_organizer()
    with transaction.atomic():
        locked = DuplicatePair.objects.select_for_update().get(pk=pair.pk)
        if locked.state == PairState.MERGED:
            raise Refused("undo_the_merge", _("The two are merged; undo the merge instead."))
        open_again(locked)
        record("reopen_pair", locked, by=by, at=at)
    return locked


def decide(pair: DuplicatePair, state: PairState, note: str, *, by: Actor, at: datetime) -> None:
    """Save what was decided on a pair; the caller holds its lock."""
    move(pair, state, PAIR_STEPS)
    pair.decided_at, pair.decided_by, pair.note = at, by.user, note
    pair.save(update_fields=["state", "decided_at", "decided_by", "note"])


def open_again(pair: DuplicatePair) -> None:
    """Save a decided pair as one to be decided; the caller holds its lock."""
    move(pair, PairState.OPEN, PAIR_STEPS)
    pair.decided_at, pair.decided_by = None, None
    pair.save(update_fields=["state", "decided_at", "decided_by"])


def _take_marked() -> list[UUID]:
    """Give everybody without a key theirs, some at a time so that no lock is held for long; return whom.

    Who is being changed at this moment keeps the mark and has a turn with the next sweep.
    """
    taken: list[UUID] = []
    marked = Person.objects.filter(match_key="", merged_into__isnull=True, erased_at__isnull=True).order_by("pk")
    while True:
        with transaction.atomic():
            people = list(marked.select_for_update(skip_locked=True).only("name", "passport_name")[:KEYS_AT_ONCE])
            for person in people:
                person.match_key = match_key(person.name, person.passport_name)
            Person.objects.bulk_update(people, ["match_key"])
        taken += [person.pk for person in people]
        if len(people) < KEYS_AT_ONCE:
            return taken


def _scored(batch: Collection[Pair]) -> Found:
    """Return score and reasons of the pairs that are worth showing."""
    ids = {key for pair in batch for key in pair}
    about = described(Person.objects.filter(pk__in=ids))
    found: Found = {}
    for one, other in batch:
        if one in about and other in about:
            points, reasons = score(about[one], about[other])
            if points >= SHOWN:
                found[one, other] = (points, [_written(reason) for reason in reasons])
    return found


def _written(reason: Reason) -> str:
    return f"{reason.code}:{reason.detail}" if reason.detail else reason.code


def _write(found: Found, batch: Sequence[Pair], at: datetime) -> int:
    """Keep the pairs found, change those that say something else now, and drop open ones that lost their reasons.

    New rows are written before any is locked: they wait for a merge of their people, which waits for their pair.
    """
    made = _make(found, at)
    with transaction.atomic():
        rows = DuplicatePair.objects.select_for_update().filter(first__in={one for one, _other in batch}).order_by("pk")
        known = {(row.first_id, row.second_id): row for row in rows}
        changed = sum(_renew(known[pair], *found[pair], at) for pair in found if pair in known)
        lost = [known[pair].pk for pair in batch if pair in known and pair not in found and _is_open(known[pair])]
        DuplicatePair.objects.filter(pk__in=lost).delete()
    return made + changed + len(lost)


def _make(found: Found, at: datetime) -> int:
    """Write the pairs that are new and whose people are still there; return how many."""
    known = set(
        DuplicatePair.objects.filter(first__in={one for one, _other in found}).values_list("first_id", "second_id")
    )
    new = {pair: what for pair, what in found.items() if pair not in known}
    if not new:
        return 0
    with transaction.atomic():
        people = Person.objects.filter(pk__in={key for pair in new for key in pair}, merged_into__isnull=True)
        # Held in the order a merge takes them: each new row asks for its two people, in whatever order that is.
        there = set(people.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
        made = [
            DuplicatePair(first_id=one, second_id=other, score=points, reasons=reasons, found_at=at)
            for (one, other), (points, reasons) in new.items()
            if {one, other} <= there
        ]
        DuplicatePair.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def _is_open(pair: DuplicatePair) -> bool:
    return pair.state == PairState.OPEN


def _renew(pair: DuplicatePair, points: int, reasons: list[str], at: datetime) -> int:
    """Save a pair that has another score or other reasons; open it again when there is more than was decided on."""
    if (pair.score, pair.reasons) == (points, reasons) or pair.state == PairState.MERGED:
        return 0
    if pair.state == PairState.DIFFERENT:
        if _codes(reasons) <= _codes(pair.reasons):
            return 0
        open_again(pair)
        record("reopen_pair", pair, by=CLOCK, at=at)
    pair.score, pair.reasons, pair.found_at = points, reasons, at
    pair.save(update_fields=["score", "reasons", "found_at"])
    return 1


def _codes(reasons: Iterable[str]) -> set[str]:
    """Return the codes that speak for one person."""
    return {code for code in (said(each)[0] for each in reasons) if POINTS[code] > 0}
