"""Two lists for one Party (E10): held back together, settled by naming the focal point who stood."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, Refused
from accounts.states import move
from accounts.verbs.activities import record
from correspondence.facts import Days
from correspondence.models import Mailing
from participants.models import Dispute, FocalPoint, Nomination
from participants.models.endorsements import Channel
from participants.models.nominations import NOMINATION_STEPS, NominationState
from participants.queries.disputes import HELD_BACK, authority, lists_of, open_dispute, rivals, signed_by_cbd
from participants.queries.endorsements import channel_of, missing
from participants.queries.focal_points import standing
from participants.verbs.endorsements import settle_state
from participants.verbs.notices import ask_signatures, write_to_signatory
from participants.verbs.places import lock_places

NOTE_LIMIT = 500


def side_of(nomination: Nomination, *, contest: bool) -> UUID | None:
    """Return whose word a new nomination carries in a dispute; ``None`` when there is none for it to be part of.

    The caller holds the Party's places.
    """
    mandate, party = nomination.focal_point, nomination.party
    if mandate is None or party is None or channel_of(mandate.kind) != Channel.CBD:
        return None
    if open_dispute(nomination.call, party) is None:
        rows = [each for each in signed_by_cbd(nomination.call, party) if each.state in HELD_BACK]
        if not rivals(mandate, rows, contest=contest):
            return None
    return authority(mandate)


def hold_back(nomination: Nomination, *, at: datetime) -> None:
    """Open the dispute that a new nomination starts, hold back what CBD focal points of the Party sent, and tell them.

    The caller holds the Party's places; the nomination itself is not saved yet.
    """
    call, party, newcomer = nomination.call, nomination.party, nomination.focal_point
    if party is None or newcomer is None or open_dispute(call, party) is not None:
        return
    dispute = Dispute.objects.create(call=call, party=party, raised_at=at)
    signatories = {newcomer.person_id: newcomer}
    for each in _locked(signed_by_cbd(call, party)):
        if each.state in (NominationState.WAITING, NominationState.SUBMITTED):
            move(each, NominationState.DISPUTED, NOMINATION_STEPS)
            each.save(update_fields=["state"])
            if each.focal_point is not None:
                signatories.setdefault(each.focal_point.person_id, each.focal_point)
    for mandate in signatories.values():
        write_to_signatory(
            call,
            mandate,
            "nomination-disputed",
            key=f"nomination-disputed:{dispute.pk}:{mandate.person_id}",
            at=at,
            told={"symbol": call.symbol},
        )


def _locked(rows: list[Nomination]) -> list[Nomination]:
    """Return rows as they stand now, locked in one order: a signature or a withdrawal may have come meanwhile."""
    held = Nomination.objects.select_for_update(of=("self",)).filter(pk__in=[each.pk for each in rows])
    return list(held.select_related("call__workshop", "party", "person", "focal_point__person").order_by("pk"))


def settle_dispute(
    dispute: Dispute, standing_one: FocalPoint, *, note: str, mailing: Mailing | None = None, by: Actor, at: datetime
) -> Dispute:
    """Confirm the focal point who stood on the date of the letter: that list counts, the other is set aside and kept.

    ``note`` says on which ground (the designation, its date). Everyone who sent a list is told who was confirmed, by which
    date and on which ground. Raises ``NotAllowed``, ``Invalid`` (``note_missing``, ``too_long``, ``no_standing``) and
    ``Refused`` (``settled_already``, ``no_list``).
    """
    by.require_organizer()
    note = _checked(note)
    with transaction.atomic():
        lock_places(dispute.call, dispute.party, at)
        dispute = (
            Dispute.objects.select_for_update(of=("self",))
            .select_related("call__workshop__programme", "call__workshop__host", "party")
            .get(pk=dispute.pk)
        )
        if dispute.settled_at is not None:
            raise Refused("settled_already", _("This dispute is settled already."))
        lists = lists_of(dispute)
        judged_on = _check_standing(lists, standing_one)
        for side, rows in lists.items():
            _put(_locked(rows), wins=side == authority(standing_one), at=at)
        dispute.settled_at, dispute.standing, dispute.judged_on, dispute.note = at, standing_one, judged_on, note
        dispute.save(update_fields=["settled_at", "standing", "judged_on", "note"])
        _tell(dispute, lists, mailing, at)
        record("settle_dispute", dispute, by=by, at=at, judged_on=judged_on.isoformat(), kind=standing_one.kind)
    return dispute


def _checked(note: str) -> str:
    note = note.strip()
    if not note:
        raise Invalid("note_missing", _("Say on which ground; the letters quote it."), field="note")
    if len(note) > NOTE_LIMIT:
        raise Invalid("too_long", _("Use at most %(limit)d characters.") % {"limit": NOTE_LIMIT}, field="note")
    return note


def _check_standing(lists: dict[UUID, list[Nomination]], mandate: FocalPoint) -> date:
    """Return the date of the letter on which the mandate must have stood, and did."""
    rows = lists.get(authority(mandate))
    if not rows:
        raise Refused("no_list", _("This focal point sent no nomination that is in dispute."), field="standing")
    days = [each.letter_date or each.submitted_at.date() for each in rows]
    for day in days:
        if not standing(day, party=mandate.party).filter(pk=mandate.pk).exists():
            raise Invalid(
                "no_standing",
                _("This focal point had no mandate on the date of the letter, %(day)s.") % {"day": day.isoformat()},
                field="standing",
            )
    return max(days)


def _put(rows: list[Nomination], *, wins: bool, at: datetime) -> None:
    for each in rows:
        if each.state != NominationState.DISPUTED:
            continue  # withdrawn meanwhile
        if wins:
            move(each, NominationState.SUBMITTED, NOMINATION_STEPS)
            settle_state(each)
        else:
            move(each, NominationState.SET_ASIDE, NOMINATION_STEPS)
        each.save(update_fields=["state"])
        if each.state == NominationState.WAITING:
            ask_signatures(each, missing(each), at)


def _tell(dispute: Dispute, lists: dict[UUID, list[Nomination]], mailing: Mailing | None, at: datetime) -> None:
    confirmed, day = dispute.standing, dispute.judged_on
    if confirmed is None or day is None:
        return
    signatories = {each.focal_point for rows in lists.values() for each in rows if each.focal_point is not None}
    for mandate in sorted(signatories, key=lambda each: each.pk):
        write_to_signatory(
            dispute.call,
            mandate,
            "dispute-settled",
            key=f"dispute-settled:{dispute.pk}:{mandate.pk}",
            at=at,
            mailing=mailing,
            told={
                "symbol": dispute.call.symbol,
                "holder": confirmed.person.name,
                "issued": Days(day, day),
                "reason": dispute.note,
            },
        )
