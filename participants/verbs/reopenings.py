"""More time for one Party after the deadline."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed, Refused
from accounts.states import move
from accounts.verbs.activities import record
from correspondence.facts import Facts, Moment
from correspondence.models import Mailing
from participants.models import Call, Reopening
from participants.models.calls import CallState
from participants.models.reopenings import REOPENING_STEPS, ReopeningState
from participants.queries.calls import ALL_SIGNATORIES, signatories
from participants.queries.deadlines import takes
from participants.queries.focal_points import standing
from participants.queries.persons import person_of
from participants.queries.selections import approved
from participants.verbs.calls import check_deadline
from participants.verbs.notices import write_to_signatory
from workshops.models import Party

REASON_LIMIT = 500


def ask_reopening(call: Call, party: Party, reason: str, *, by: Actor, at: datetime) -> Reopening:
    """Ask for more time for a Party; the secretariat answers.

    Raises ``NotAllowed`` (``no_standing``), ``Invalid`` (``reason_missing``, ``too_long``) and ``Refused`` (``call_still_open``,
    ``already_decided``, ``already_asked``).
    """
    person = person_of(by)
    own = standing(at.date(), party=party, person=person, kinds=ALL_SIGNATORIES) if person else None
    if not by.is_organizer and (own is None or not own.exists()):
        raise NotAllowed("no_standing", _("Only a focal point of the Party who stands today may ask for more time."))
    reason = _checked(reason, field="reason", why=_("Say why the Party needs more time."))
    if takes(call, party, at):
        raise Refused("call_still_open", _("The Party can nominate now; it needs no more time."))
    if call.state == CallState.CANCELLED or approved(call) is not None:
        raise Refused("already_decided", _("The nominations of this call were decided on; no more are taken."))
    try:
        with transaction.atomic():
            asked = Reopening.objects.create(call=call, party=party, asked_by=person, reason=reason, asked_at=at)
            record("ask_reopening", asked, by=by, at=at)
    except IntegrityError as error:
        raise Refused("already_asked", _("The Party has asked already and waits for the answer.")) from error
    return asked


def grant_reopening(
    reopening: Reopening, until: datetime, *, note: str = "", mailing: Mailing | None = None, by: Actor, at: datetime
) -> Reopening:
    """Let the Party nominate ``until`` a moment (UTC); what comes is marked as late. Its focal points are told.

    Raises ``NotAllowed``, ``Invalid`` (those of ``check_deadline``, ``too_long``) and ``Refused`` (``illegal_step``,
    ``already_decided``).
    """
    by.require_organizer()
    with transaction.atomic():
        reopening = _locked(reopening)
        call = reopening.call
        if approved(call) is not None:
            raise Refused("already_decided", _("The nominations of this call were decided on; no more are taken."))
        check_deadline(call.workshop, until, call.deadline_zone, at)
        move(reopening, ReopeningState.GRANTED, REOPENING_STEPS)
        reopening.until = until
        told: Facts = {"until": Moment(until, call.deadline_zone), "symbol": call.symbol}
        _answer(reopening, note, "reopening-granted", told, mailing, at)
        record("grant_reopening", reopening, by=by, at=at, until=until.isoformat())
    return reopening


def refuse_reopening(
    reopening: Reopening, *, note: str, mailing: Mailing | None = None, by: Actor, at: datetime
) -> Reopening:
    """Refuse a Party more time and tell its focal points why.

    Raises ``NotAllowed``, ``Invalid`` (``reason_missing``, ``too_long``) and ``Refused`` (``illegal_step``).
    """
    by.require_organizer()
    note = _checked(note, field="note", why=_("Say why; the letter quotes it."))
    with transaction.atomic():
        reopening = _locked(reopening)
        move(reopening, ReopeningState.REFUSED, REOPENING_STEPS)
        _answer(reopening, note, "reopening-refused", {"symbol": reopening.call.symbol}, mailing, at)
        record("refuse_reopening", reopening, by=by, at=at)
    return reopening


def _checked(text: str, *, field: str, why: str) -> str:
    text = text.strip()
    if not text:
        raise Invalid("reason_missing", why, field=field)
    if len(text) > REASON_LIMIT:
        raise Invalid("too_long", _("Use at most %(limit)d characters.") % {"limit": REASON_LIMIT}, field=field)
    return text


def _locked(reopening: Reopening) -> Reopening:
    rows = Reopening.objects.select_for_update(of=("self",))
    return rows.select_related("call__workshop__programme", "call__workshop__host", "party").get(pk=reopening.pk)


def _answer(reopening: Reopening, note: str, kind: str, told: Facts, mailing: Mailing | None, at: datetime) -> None:
    """Keep the answer and write to each focal point of the Party who may nominate."""
    reopening.answer, reopening.answered_at = note.strip()[:REASON_LIMIT], at
    reopening.save(update_fields=["state", "until", "answer", "answered_at"])
    people = {each.person_id: each for each in signatories(reopening.call, at.date()).filter(party=reopening.party)}
    for mandate in people.values():
        write_to_signatory(
            reopening.call,
            mandate,
            kind,
            key=f"{kind}:{reopening.pk}:{mandate.person_id}",
            at=at,
            linked=kind == "reopening-granted",
            mailing=mailing,
            told={"note": reopening.answer, **told},
        )
