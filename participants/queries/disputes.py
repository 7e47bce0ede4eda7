"""Disputes over who speaks for a Party, and the lists that stand against each other."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from participants.models import Call, Dispute, FocalPoint, Nomination
from participants.models.endorsements import Channel
from participants.models.nominations import GONE, NominationState
from participants.queries.endorsements import channel_of
from participants.queries.focal_points import of_own_party
from workshops.models import Party

HELD_BACK = (NominationState.WAITING, NominationState.SUBMITTED, NominationState.DISPUTED)


def visible_to(user: User | AnonymousUser) -> QuerySet[Dispute]:
    """Return the disputes a user may see: organizers all, focal points those of the own Party."""
    if not isinstance(user, User):
        return Dispute.objects.none()
    if user.is_organizer:
        return Dispute.objects.all()
    return Dispute.objects.filter(of_own_party(user, party="party", programme="call__workshop__programme")).distinct()


def open_dispute(call: Call, party: Party) -> Dispute | None:
    """Return the open dispute of a Party in a call, if there is one."""
    return Dispute.objects.filter(call=call, party=party, settled_at__isnull=True).first()


def authority(mandate: FocalPoint) -> UUID:
    """Return whose word a mandate carries: a deputy's that of the focal point who named it."""
    return mandate.deputy_of_id or mandate.pk


def signed_by_cbd(call: Call, party: Party) -> list[Nomination]:
    """Return what CBD focal points of a Party sent to a call and still counts or is held back, the first signer joined."""
    rows = call.nominations.filter(party=party, focal_point__isnull=False).exclude(state__in=GONE)
    found = rows.select_related("focal_point", "person").order_by("submitted_at", "reference")
    return [each for each in found if each.focal_point and channel_of(each.focal_point.kind) == Channel.CBD]


def rivals(mandate: FocalPoint, rows: Sequence[Nomination], *, contest: bool) -> list[Nomination]:
    """Return those of ``rows`` that stand against what ``mandate`` sends now (E10).

    Two who hold the same office of a Party at once are rivals without a word: one of them has no mandate. Those of different
    offices (primary and secondary) share the Party's list, unless one of them ``contest``s it.
    """
    own = authority(mandate)
    return [
        each
        for each in rows
        if each.focal_point is not None
        and authority(each.focal_point) != own
        and each.focal_point.person_id != mandate.person_id  # one person may hold an office by two letters
        and (contest or each.focal_point.kind == mandate.kind)
    ]


def lists_of(dispute: Dispute) -> dict[UUID, list[Nomination]]:
    """Return the nominations held back by a dispute, by whose word they carry, in the order of their ranks."""
    found: dict[UUID, list[Nomination]] = {}
    rows = dispute.call.nominations.filter(party=dispute.party_id, state=NominationState.DISPUTED)
    for each in rows.select_related("focal_point__person", "person").order_by("rank", "reference"):
        if each.focal_point is not None:
            found.setdefault(authority(each.focal_point), []).append(each)
    return found
