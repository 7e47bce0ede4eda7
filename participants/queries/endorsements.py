"""Who must sign a nomination and whose signature is still missing."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from participants.models import Call, Endorsement, FocalPoint, Nomination
from participants.models.calls import PlanningSignatures
from participants.models.endorsements import Channel
from participants.models.focal_points import FocalPointKind
from participants.models.nominations import NominationState, Track
from participants.queries import nominations
from participants.queries.calls import SIGNATORIES, signatories

BOTH = frozenset({Channel.CBD.value, Channel.FAO.value})


def visible_to(user: User | AnonymousUser) -> QuerySet[Endorsement]:
    """Return the signatures under the nominations a user may see."""
    return Endorsement.objects.filter(nomination__in=nominations.visible_to(user))


def channel_of(kind: str) -> str:
    """Return the channel that a kind of focal point signs in."""
    return Channel.FAO.value if kind == FocalPointKind.FAO else Channel.CBD.value


def channels_of(track: str) -> frozenset[str]:
    """Return the channels that may sign on a track (Annex II, participants)."""
    return frozenset(channel_of(kind) for kind in SIGNATORIES[track])


def still_missing(call: Call, track: str, signed: Iterable[str]) -> frozenset[str]:
    """Return the channels whose signature a nomination on ``track`` lacks, with those of ``signed`` under it."""
    have = frozenset(signed)
    if track == Track.PLANNING and call.planning_signatures == PlanningSignatures.BOTH:
        return BOTH - have
    return frozenset() if have & channels_of(track) else frozenset({Channel.CBD.value})


def missing(nomination: Nomination) -> frozenset[str]:
    """Return the channels whose signature a nomination lacks; experts of organizations need none."""
    if nomination.party_id is None:
        return frozenset()
    signed = [each.channel for each in nomination.endorsements.all()]
    return still_missing(nomination.call, nomination.track, signed)


def waiting_for(mandates: Iterable[FocalPoint]) -> QuerySet[Nomination]:
    """Return the nominations that wait for a signature one of these mandates could give."""
    fao = {each.party_id for each in mandates if channel_of(each.kind) == Channel.FAO}
    cbd = {each.party_id for each in mandates if each.kind in SIGNATORIES[Track.PLANNING]} - fao
    waiting = Nomination.objects.filter(state=NominationState.WAITING).select_related("person", "call__workshop")
    return (
        waiting.filter(party__in=fao).exclude(endorsements__channel=Channel.FAO)
        | waiting.filter(party__in=cbd).exclude(endorsements__channel=Channel.CBD)
    ).distinct()


def could_sign(call: Call, nomination: Nomination, channel: str, on: date) -> list[FocalPoint]:
    """Return whom to ask for a signature; a Party without such a focal point is asked through its primary one (E12)."""
    of_party = [
        each
        for each in signatories(call, on).filter(party=nomination.party)
        if each.kind in SIGNATORIES[nomination.track]
    ]
    found = [each for each in of_party if channel_of(each.kind) == channel]
    return found or [each for each in of_party if each.kind == FocalPointKind.CBD_PRIMARY]
