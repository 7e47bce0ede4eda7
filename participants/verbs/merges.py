"""Two rows that are one person become one, and two again when that was wrong (E04 to E06).

Nothing is thrown away: what pointed to the row that goes points to the one that is kept, and the merge notes each row
moved. Lock order: Coverage, Call, Nomination, Person, then the merge or the pair.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, Refused
from accounts.verbs.activities import record
from measurement.likeness import name_alone
from participants.models import Call, DuplicatePair, Merge, Nomination, Person
from participants.models.duplicates import PairState
from participants.models.nominations import WITHOUT_PLACE, NominationState
from participants.queries.duplicates import said
from participants.verbs.duplicates import decide, open_again
from participants.verbs.joins import join, part
from participants.verbs.moves import MOVES, close_mandates, empty, fill, hand_over, move_back, move_rows, open_mandates
from workshops.models import Coverage

REASON_LEAST, REASON_LIMIT = 10, 500
DECIDED = (NominationState.SELECTED, NominationState.RESERVE, NominationState.NOT_SELECTED)


def merge(kept: Person, gone: Person, *, reason: str, by: Actor, at: datetime) -> Merge:
    """Say that ``gone`` is ``kept``; ``reason`` is what confirms it, since a name never does (E05).

    All of both stands with ``kept``, which takes over what it did not know; two nominations to one call are joined (E04),
    two letters of one mandate stay and the second row ends. Letters written keep their addressee.

    Raises ``NotAllowed`` for others than organizers, ``Invalid`` (``same_row``, ``reason_missing``, ``name_alone``, ``too_long``)
    and ``Refused`` (``merged_already``, ``erased_already``, ``two_worlds``, ``two_accounts``, ``disputed`` and those of
    ``joins.join``).
    """
    by.require_organizer()
    with transaction.atomic():
        pair = DuplicatePair.objects.filter(first=min(kept.pk, gone.pk), second=max(kept.pk, gone.pk)).first()
        reason = _checked(reason, pair, kept, gone)
        _lock_nominations(Nomination.objects.filter(person__in=[kept.pk, gone.pk]))
        kept, gone = _lock_two(kept, gone)
        _check_two(kept, gone)
        moved: dict[str, Any] = {"joined": _join_nominations(kept, gone), "account": str(gone.user_id or "")}
        moved["mandates"] = close_mandates(kept, gone, at)
        moved["rows"] = move_rows(gone, kept, MOVES, staying={each["gone"] for each in moved["mandates"]})
        hand_over(moved["account"], giver=gone, taker=kept)
        filled = fill(kept, gone)
        done = Merge.objects.create(
            kept=kept, gone=gone, moved=moved, filled=filled, reason=reason, merged_at=at, merged_by=by.user
        )
        if pair is not None:
            locked = DuplicatePair.objects.select_for_update().get(pk=pair.pk)
            decide(locked, PairState.MERGED, locked.note, by=by, at=at)
        record("merge", done, by=by, at=at, kept=str(kept.pk), gone=str(gone.pk))
    return done


def undo_merge(merge: Merge, *, by: Actor, at: datetime) -> Merge:
    """Let the two be two people again: all that was moved and is still there moves back.

    What came to the kept row since stays with it; a nomination that was joined takes a place of its own.

    Raises ``NotAllowed`` for others than organizers and ``Refused`` (``undone_already``, ``merged_onwards`` and those of
    ``joins.part``).
    """
    by.require_organizer()
    with transaction.atomic():
        _lock_nominations(Nomination.objects.filter(pk__in=_rows_of(merge, "nomination")))
        kept, gone = _lock_two(merge.kept, merge.gone)
        done = Merge.objects.select_for_update().get(pk=merge.pk)
        if done.undone_at is not None:
            raise Refused("undone_already", _("This merge is undone already."))
        if kept.merged_into is not None:
            raise Refused(
                "merged_onwards",
                _("%(name)s was merged into another person since; undo that merge first.") % {"name": kept},
            )
        move_back(done.moved["rows"], kept.pk, gone.pk)
        hand_over(done.moved["account"], giver=kept, taker=gone)
        empty(kept, gone, done.filled)
        open_mandates(done.moved["mandates"])
        _part_nominations(done.moved["joined"])
        done.undone_at = at
        done.save(update_fields=["undone_at"])
        pairs = DuplicatePair.objects.select_for_update().filter(state=PairState.MERGED)
        for pair in pairs.filter(first=min(kept.pk, gone.pk), second=max(kept.pk, gone.pk)):
            open_again(pair)
        record("undo_merge", done, by=by, at=at, kept=str(kept.pk), gone=str(gone.pk))
    return done


def _checked(reason: str, pair: DuplicatePair | None, kept: Person, gone: Person) -> str:
    text = reason.strip()
    if kept.pk == gone.pk:
        raise Invalid("same_row", _("Choose two rows; this is one."), field="kept")
    if len(text) > REASON_LIMIT:
        raise Invalid("too_long", _("Use at most %(limit)d characters.") % {"limit": REASON_LIMIT}, field="reason")
    if len(text) >= REASON_LEAST:
        return text
    if pair is None or name_alone(said(each)[0] for each in pair.reasons):
        raise Invalid(
            "name_alone",
            _(
                "Two people may have this name. Ask for the date of birth or another e-mail address, and write what "
                "confirms that this is one person."
            ),
            field="reason",
        )
    raise Invalid("reason_missing", _("Write in a few words what confirms that this is one person."), field="reason")


def _lock_nominations(nominations: Any) -> None:
    """Lock the places of every call concerned, the calls and the nominations, in the order everybody takes."""
    calls = list(
        Call.objects.filter(nominations__in=nominations).order_by("pk").distinct().values_list("pk", flat=True)
    )
    coverage = Coverage.objects.filter(workshop__calls__in=calls, party__nominations__in=nominations)
    keys = list(coverage.values_list("pk", flat=True))
    list(Coverage.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    list(Call.objects.select_for_update().filter(pk__in=calls).order_by("pk"))
    list(nominations.select_for_update().order_by("pk"))


def _lock_two(kept: Person, gone: Person) -> tuple[Person, Person]:
    rows = Person.objects.select_for_update(of=("self",)).select_related("user", "merged_into")
    locked = {row.pk: row for row in rows.filter(pk__in=[kept.pk, gone.pk]).order_by("pk")}
    return locked[kept.pk], locked[gone.pk]


def _check_two(kept: Person, gone: Person) -> None:
    for each in (kept, gone):
        if each.erased_at is not None:
            raise Refused("erased_already", _("This person was erased."))
        if each.merged_into is not None:
            raise Refused(
                "merged_already",
                _("%(name)s was merged into %(other)s already.") % {"name": each, "other": each.merged_into},
            )
    if kept.rehearsal_id != gone.rehearsal_id:
        raise Refused("two_worlds", _("Synthetic people of a practice copy stay apart from all others."))
    if kept.user is not None and gone.user is not None:
        raise Refused(
            "two_accounts",
            _("Both have an account: %(kept)s and %(gone)s. Untie one of them first.")
            % {"kept": kept.user, "gone": gone.user},
        )


def _join_nominations(kept: Person, gone: Person) -> list[dict[str, Any]]:
    """Join the nominations of both to one call; the one that was decided on or came first goes on. Returns what was joined."""
    rows = Nomination.objects.exclude(state__in=WITHOUT_PLACE).select_related("call", "party", "person")
    ours = {each.call_id: each for each in rows.filter(person=kept)}
    noted = []
    for theirs in rows.filter(person=gone, call__in=list(ours)).order_by("pk"):
        first, second = sorted(
            (ours[theirs.call_id], theirs), key=lambda each: (each.state not in DECIDED, each.submitted_at, each.pk)
        )
        noted.append(
            {
                "second": str(second.pk),
                "first": str(first.pk),
                "rank": second.rank,
                "with": [str(pk) for pk in second.joined.values_list("pk", flat=True)],
            }
        )
        join(second, first)
    return noted


def _part_nominations(noted: Iterable[dict[str, Any]]) -> None:
    """Give the nominations that a merge joined a place of their own again, unless somebody has parted them since."""
    for each in noted:
        second = Nomination.objects.select_related("joined_to", "call", "party").get(pk=each["second"])
        if second.state != NominationState.JOINED or str(second.joined_to_id) != each["first"]:
            continue
        part(second, rank=each["rank"])
        Nomination.objects.filter(pk__in=each["with"], joined_to=each["first"]).update(joined_to=second)


def _rows_of(merge: Merge, model: str) -> list[UUID]:
    """Return the ids of the rows of one table that a merge moved, and of those it joined to others."""
    joined = [UUID(each[which]) for each in merge.moved["joined"] for which in ("first", "second")]
    return joined + [UUID(pk) for pk in merge.moved["rows"][f"participants.{model}.person"]]
