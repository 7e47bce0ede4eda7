"""Signing a nomination: a focal point, or a senior official whose letter an organizer enters."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed, Refused
from accounts.states import move
from accounts.verbs.activities import record
from participants.models import Endorsement, FocalPoint, Nomination
from participants.models.endorsements import Channel
from participants.models.nominations import NOMINATION_STEPS, NominationState
from participants.queries.calls import SIGNATORIES
from participants.queries.endorsements import channel_of, channels_of, missing
from participants.queries.focal_points import standing
from participants.queries.persons import person_of
from workshops.models import Party

OFFICIAL_LIMIT = 300
NOTE_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed a letter that an organizer enters.

    Either the ``focal_point``, or a senior official by name and office with a ``note`` why (notification 2015-044 accepts a
    focal point or a senior Government official; E11); ``channel`` says for whose signature the official's stands.
    """

    focal_point: FocalPoint | None = None
    official: str = ""
    channel: str = Channel.CBD.value
    note: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that was found good: who, through which channel, on a letter of which day."""

    channel: str
    letter_date: date
    focal_point: FocalPoint | None = None
    official: str = ""
    note: str = ""

    def under(self, nomination: Nomination, at: datetime) -> Endorsement:
        """Put the signature under a nomination; the caller holds its lock."""
        return Endorsement.objects.create(
            nomination=nomination,
            channel=self.channel,
            focal_point=self.focal_point,
            official=self.official,
            note=self.note,
            letter_date=self.letter_date,
            signed_at=at,
        )


def signed(
    by: Actor,
    party: Party,
    track: str,
    *,
    signature: Signature | None,
    letter_date: date | None,
    channels: frozenset[str] | None = None,
    at: datetime,
) -> Signed:
    """Return the signature of this act; standing is judged on the date of the letter (E11).

    A focal point signs under the own mandate, which must stand today and on that date; an organizer says whose signature the
    letter bears. ``channels`` limits which signatures are of use. Raises ``NotAllowed`` (``no_standing``) and ``Invalid``
    (``letter_date_ahead``, ``signature_missing``, ``no_standing``, ``wrong_party``, ``unknown_choice``, ``too_long``).
    """
    day = letter_date or at.date()
    if day > at.date():
        raise Invalid("letter_date_ahead", _("The letter bears a date that is still to come."), field="letter_date")
    if not by.is_organizer:
        return _own(by, party, track, day, channels, at)
    if signature is None or (signature.focal_point is None and not signature.official.strip()):
        raise Invalid(
            "signature_missing", _("Say who signed the letter: a focal point or a senior official."), field="signature"
        )
    return _entered(signature, party, track, day)


def _own(by: Actor, party: Party, track: str, day: date, channels: frozenset[str] | None, at: datetime) -> Signed:
    person = person_of(by)
    kinds = SIGNATORIES[track]
    found = standing(day, party=party, person=person, kinds=kinds).order_by("kind", "id") if person else ()
    today = set(standing(at.date(), party=party, person=person, kinds=kinds)) if person else set()
    good = [each for each in found if each in today and (channels is None or channel_of(each.kind) in channels)]
    if not good:
        raise NotAllowed(
            "no_standing",
            _("On this track a nomination needs a focal point of the Party who stands on the date of the letter."),
            field="track",
        )
    return Signed(channel_of(good[0].kind), day, focal_point=good[0])


def _entered(signature: Signature, party: Party, track: str, day: date) -> Signed:
    note = signature.note.strip()[:NOTE_LIMIT]
    mandate = signature.focal_point
    if mandate is not None:
        _check_mandate(mandate, party, track, day)
        return Signed(channel_of(mandate.kind), day, focal_point=mandate, note=note)
    if signature.channel not in channels_of(track):
        raise Invalid("unknown_choice", _("On this track that signature is not asked for."), field="channel")
    official = signature.official.strip()
    if len(official) > OFFICIAL_LIMIT:
        raise Invalid("too_long", _("Use at most %(limit)d characters.") % {"limit": OFFICIAL_LIMIT}, field="official")
    if not note:
        raise Invalid("note_missing", _("Say why a senior official signed in place of the focal point."), field="note")
    return Signed(signature.channel, day, official=official, note=note)


def _check_mandate(mandate: FocalPoint, party: Party, track: str, day: date) -> None:
    if mandate.party_id != party.pk:
        raise Invalid("wrong_party", _("This focal point speaks for another Party."), field="signature")
    if mandate.kind not in SIGNATORIES[track] or not standing(day, party=party).filter(pk=mandate.pk).exists():
        raise Invalid(
            "no_standing",
            _("The signatory was not a focal point for this track on the date of the letter."),
            field="signature",
        )


def settle_state(nomination: Nomination) -> None:
    """Move a nomination to where its signatures put it: waiting while one is missing, else submitted. Saves nothing."""
    lacking = missing(nomination)
    wanted = NominationState.WAITING if lacking else NominationState.SUBMITTED
    if nomination.state != wanted:
        move(nomination, wanted, NOMINATION_STEPS)


def endorse(
    nomination: Nomination,
    *,
    signature: Signature | None = None,
    letter_date: date | None = None,
    by: Actor,
    at: datetime,
) -> Nomination:
    """Put the missing signature under a nomination; with the last one it is submitted.

    Source: Annex II, participants, "through FAO and CBD focal points". A signature stays in a dispute what it was. Raises as
    ``signed`` does and ``Refused`` (``nothing_to_sign``, ``signed_already``).
    """
    party = nomination.party
    if party is None:
        raise Refused("nothing_to_sign", _("An expert of an organization needs no focal point's signature."))
    lacking = missing(nomination)
    given = signed(
        by,
        party,
        nomination.track,
        signature=signature,
        letter_date=letter_date,
        channels=lacking or None,
        at=at,
    )
    with transaction.atomic():
        locked = (
            Nomination.objects.select_for_update(of=("self",)).select_related("call", "party").get(pk=nomination.pk)
        )
        if locked.state not in (NominationState.WAITING, NominationState.DISPUTED, NominationState.SUBMITTED):
            raise Refused("nothing_to_sign", _("This nomination waits for no signature."))
        if locked.endorsements.filter(channel=given.channel).exists():
            raise Refused("signed_already", _("This signature is under the nomination already."))
        given.under(locked, at)
        if locked.state == NominationState.WAITING:
            settle_state(locked)
            locked.save(update_fields=["state"])
        record("endorse", locked, by=by, at=at, channel=given.channel)
    return locked
