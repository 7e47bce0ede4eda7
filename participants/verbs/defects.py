"""Naming what is wrong with a nomination, and asking for what it lacks (E33)."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.actors import Actor
from accounts.errors import Invalid, Refused
from accounts.verbs.activities import record
from correspondence.facts import Moment
from correspondence.models import Mailing
from participants.models import Defect, FocalPoint, Nomination
from participants.models.defects import DefectKind
from participants.models.nominations import NominationState
from participants.queries.calls import signatories
from participants.queries.defects import faults
from participants.verbs.letters import language_of
from participants.verbs.notices import write_to_signatory

NOTE_LIMIT = 500
OPEN = (NominationState.WAITING, NominationState.SUBMITTED, NominationState.DISPUTED, NominationState.JOINED)


def note_defect(nomination: Nomination, kind: str, note: str = "", *, by: Actor, at: datetime) -> Defect:
    """Note what an organizer found wrong; the nomination keeps its state and the date on which it came first (E33).

    Raises ``NotAllowed``, ``Invalid`` (``unknown_choice``, ``note_missing``, ``too_long``) and ``Refused`` (``noted_already``).
    """
    by.require_organizer()
    note = note.strip()
    if kind not in DefectKind.values:
        raise Invalid("unknown_choice", _("Choose one of the defects."), field="kind")
    if kind == DefectKind.OTHER and not note:
        raise Invalid("note_missing", _("Say what is wrong."), field="note")
    if len(note) > NOTE_LIMIT:
        raise Invalid("too_long", _("Use at most %(limit)d characters.") % {"limit": NOTE_LIMIT}, field="note")
    try:
        with transaction.atomic():
            defect = Defect.objects.create(nomination=nomination, kind=kind, note=note, noted_at=at)
            record("note_defect", nomination, by=by, at=at, kind=kind)
    except IntegrityError as error:
        raise Refused("noted_already", _("This defect is noted already.")) from error
    return defect


def cure_defect(defect: Defect, *, by: Actor, at: datetime) -> Defect:
    """Note that a defect was put right. Raises ``NotAllowed`` and ``Refused`` (``cured_already``)."""
    by.require_organizer()
    with transaction.atomic():
        locked = Defect.objects.select_for_update(of=("self",)).select_related("nomination").get(pk=defect.pk)
        if locked.cured_at is not None:
            raise Refused("cured_already", _("This was put right already."))
        locked.cured_at = at
        locked.save(update_fields=["cured_at"])
        record("cure_defect", locked.nomination, by=by, at=at, kind=locked.kind)
    return locked


def ask_for_papers(nomination: Nomination, *, mailing: Mailing | None = None, by: Actor, at: datetime) -> int:
    """Write to the Party's focal points what a nomination lacks, at most once a day; return how many letters.

    Raises ``NotAllowed`` and ``Refused`` (``nothing_missing``, ``not_of_a_party``, ``decided_already``).
    """
    by.require_organizer()
    if nomination.party is None:
        raise Refused("not_of_a_party", _("An expert of an organization has no focal point to ask."))
    if nomination.state not in OPEN:
        raise Refused("decided_already", _("This nomination is no longer open."))
    if not faults(nomination):
        raise Refused("nothing_missing", _("This nomination lacks nothing."))
    with transaction.atomic():
        written = sum(_ask(nomination, each, mailing, at) for each in _asked(nomination, at))
        record("ask_for_papers", nomination, by=by, at=at, letters=written)
    return written


def _asked(nomination: Nomination, at: datetime) -> list[FocalPoint]:
    """Return who signed, if still standing, else all who could."""
    standing = signatories(nomination.call, at.date()).filter(party=nomination.party)
    people = {each.person_id: each for each in standing}
    signer = nomination.focal_point
    if signer is not None and signer.person_id in people:
        return [people[signer.person_id]]
    return list(people.values())


def _ask(nomination: Nomination, mandate: FocalPoint, mailing: Mailing | None, at: datetime) -> bool:
    call = nomination.call
    with override(language_of(mandate.person, mandate.party)):
        lacking = "\n".join(f"– {each}" for each in faults(nomination))
    letter = write_to_signatory(
        call,
        mandate,
        "papers-request",
        key=f"papers-request:{nomination.pk}:{mandate.person_id}:{at.date().isoformat()}",
        about=nomination,
        linked=True,
        mailing=mailing,
        at=at,
        told={"deadline": Moment(call.deadline_at, call.deadline_zone), "papers": lacking},
    )
    return letter is not None
