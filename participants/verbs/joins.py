"""Two nominations of one person to one call hold one seat (E04): joined, and parted again.

Both functions work inside the caller's transaction, which holds the Party's places (``lock_places``) and both rows.
"""

from django.utils.translation import gettext as _

from accounts.errors import Refused
from accounts.states import move
from participants.models import Nomination, Selection
from participants.models.nominations import NOMINATION_STEPS, NominationState
from participants.models.selections import SelectionState
from participants.queries.endorsements import channels_of
from participants.verbs.endorsements import settle_state
from participants.verbs.places import take_place

_OPEN = (NominationState.WAITING, NominationState.SUBMITTED)


def join(second: Nomination, first: Nomination) -> None:
    """Let ``second`` stand with ``first``: its place is free again, its letter and signature count for both.

    Raises ``Refused`` (``another_government``, ``decided_already``).
    """
    if second.party_id != first.party_id or second.call_id != first.call_id:
        raise Refused(
            "another_government",
            _("%(name)s is nominated by two Governments; withdraw one nomination first.") % {"name": first.person},
        )
    if second.state not in _OPEN or first.joined_to_id is not None:
        raise Refused(
            "decided_already", _("Nomination %(what)s can no longer be joined to another.") % {"what": second}
        )
    move(second, NominationState.JOINED, NOMINATION_STEPS)
    second.joined_to, second.rank = first, None
    second.save(update_fields=["state", "joined_to", "rank"])
    second.joined.update(joined_to=first)
    lend_signatures(second, first)


def lend_signatures(second: Nomination, first: Nomination) -> None:
    """Let the signatures under ``second`` count under ``first`` where its track asks for them."""
    have = set(first.endorsements.values_list("channel", flat=True))
    for each in second.endorsements.all():
        if each.channel in channels_of(first.track) and each.channel not in have:
            first.endorsements.create(
                channel=each.channel,
                focal_point=each.focal_point,
                official=each.official,
                note=each.note,
                letter_date=each.letter_date,
                signed_at=each.signed_at,
            )
    _again(first)


def part(second: Nomination, *, rank: int | None) -> None:
    """Let a joined nomination stand alone again, in place ``rank`` if that is free, else in the first free one.

    The signatures it lent are taken back. Raises ``Refused`` (``party_limit``) when the Party has no place left.
    """
    first = second.joined_to
    if first is None or second.party is None:
        return
    try:
        second.rank = take_place(second.call, second.party, rank)
    except Refused as refused:
        if refused.code != "rank_taken":
            raise
        second.rank = take_place(second.call, second.party, None)
    _stand_alone(second)
    take_back_signatures(second, first)


def take_back_signatures(second: Nomination, first: Nomination) -> None:
    """Take the signatures that ``second`` lent away from ``first`` again."""
    for each in second.endorsements.all():
        lent = first.endorsements.filter(channel=each.channel, signed_at=each.signed_at, official=each.official)
        lent.filter(focal_point=each.focal_point).delete()
    _again(first)


def succeed(gone: Nomination) -> None:
    """Let what was joined to a nomination that is taken back stand in its place, the earliest first.

    Who was decided on goes as one: what was joined to it is taken back with it.
    """
    rest = list(gone.joined.select_for_update().order_by("submitted_at", "reference"))
    if not rest:
        return
    heir, *others = rest
    if Selection.objects.filter(call=gone.call_id, state=SelectionState.APPROVED).exists():
        for each in rest:
            move(each, NominationState.WITHDRAWN, NOMINATION_STEPS)
            each.joined_to = None
            each.save(update_fields=["state", "joined_to"])
        return
    heir.rank = gone.rank
    _stand_alone(heir)
    for each in others:
        each.joined_to = heir
        each.save(update_fields=["joined_to"])
        lend_signatures(each, heir)


def _stand_alone(nomination: Nomination) -> None:
    """Save a nomination that was joined as one of its own; its signatures say in which state."""
    nomination.joined_to = None
    move(nomination, NominationState.SUBMITTED, NOMINATION_STEPS)
    settle_state(nomination)
    nomination.save(update_fields=["state", "joined_to", "rank"])


def _again(first: Nomination) -> None:
    """Put a nomination that is still open where its signatures put it now."""
    if first.state in _OPEN:
        settle_state(first)
        first.save(update_fields=["state"])
