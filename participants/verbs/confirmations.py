"""Answers to a campaign: the entry is right, or right once its contact details are changed."""

from datetime import datetime
from typing import Unpack, cast

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed, Refused
from accounts.states import move
from accounts.verbs.activities import record
from participants.models import CampaignEntry, FocalPoint, Person
from participants.models.campaigns import CAMPAIGN_ANSWERS, CampaignAnswer
from participants.queries.addresses import dead_address
from participants.queries.focal_points import standing
from participants.queries.persons import person_of
from participants.queries.wording import party_name
from participants.verbs.campaigns import locked_open
from participants.verbs.letters import language_of, write_to
from participants.verbs.persons import PersonFields, change_person

CONTACT = ("name", "email", "phone", "position", "language")


def confirm_mandate(entry: CampaignEntry, *, by: Actor, at: datetime) -> CampaignEntry:
    """Say that a mandate of the directory is right as it stands; a proposal made before is taken back.

    Whoever was asked may do it, the holder, or an organizer for the Party. Raises ``NotAllowed`` (``not_yours``) and
    ``Refused`` (``campaign_closed``, ``nobody_on_record``, ``mandate_ended``, ``illegal_step``).
    """
    with transaction.atomic():
        entry = locked_entry(entry, by, at)
        mandate = _mandate(entry, at)
        take_answer(entry, CampaignAnswer.CONFIRMED, by=by, at=at)
        _mark(mandate, at)
        record("confirm_mandate", entry, by=by, at=at)
    return entry


def update_contact(entry: CampaignEntry, *, by: Actor, at: datetime, **fields: Unpack[PersonFields]) -> CampaignEntry:
    """Change the contact details of a mandate's holder (any of ``CONTACT``), which confirms the mandate too.

    The activity log names the fields and no contents. A changed address is told to the old one, so that whoever found a
    letter cannot take its mail unseen. Raises as ``confirm_mandate`` and ``change_person`` do, and ``Invalid``
    (``nothing_changed``, ``email_missing``).
    """
    with transaction.atomic():
        entry = locked_entry(entry, by, at)
        mandate = _mandate(entry, at)
        before = mandate.person
        changed = _changed(mandate, fields)
        after = change_person(before, by=by, at=at, **changed)
        if before.email and after.email != before.email:
            _tell_old_address(mandate, before, at)
        if mandate.language and "language" in changed:
            mandate.language = after.language
        take_answer(entry, CampaignAnswer.UPDATED, by=by, at=at)
        _mark(mandate, at)
        record("update_contact", entry, by=by, at=at, fields=sorted(changed))
    return entry


def _changed(mandate: FocalPoint, fields: PersonFields) -> PersonFields:
    known = {name: getattr(mandate.person, name) for name in CONTACT}
    known["language"] = mandate.language or known["language"]
    said = {name: str(value).strip() for name, value in fields.items() if name in CONTACT}
    if known["email"] and said.get("email", known["email"]) == "":
        raise Invalid("email_missing", _("Give an address; letters to the focal point go there."), field="email")
    changed = {name: value for name, value in said.items() if value != known[name]}
    if not changed:
        raise Invalid("nothing_changed", _("Nothing differs from what is recorded; confirm the entry instead."))
    return cast("PersonFields", changed)  # its keys are among CONTACT


def _tell_old_address(mandate: FocalPoint, before: Person, at: datetime) -> None:
    if dead_address(before) is not None:  # which may be why it was changed
        return
    language = language_of(before, mandate.party, mandate)
    write_to(
        before,
        "address-changed",
        key=f"address-changed:{before.pk}:{at.isoformat()}",
        language=language,
        context={"party": party_name(mandate.party, at.date(), language)},
        about=before,
        workshop=None,
        at=at,
    )


def locked_entry(entry: CampaignEntry, by: Actor, at: datetime) -> CampaignEntry:
    """Return an entry as it stands, locked after its campaign, for somebody who may answer it.

    Raises ``NotAllowed`` (``not_yours``) and ``Refused`` (``campaign_closed``).
    """
    campaign = locked_open(entry.campaign)
    entry = (
        CampaignEntry.objects.select_for_update(of=("self",))
        .select_related("party", "mandate__person", "mandate__party", "letter")
        .get(pk=entry.pk)
    )
    entry.campaign = campaign
    _require_answerer(entry, by, at)
    return entry


def _require_answerer(entry: CampaignEntry, by: Actor, at: datetime) -> None:
    if by.is_organizer:
        return
    person = person_of(by)
    own = [key for key in (entry.asked_id, entry.mandate_id) if key is not None]
    if person is None or not standing(at.date(), person=person).filter(pk__in=own).exists():
        raise NotAllowed("not_yours", _("This entry is for another focal point of the Party to answer."))


def take_answer(entry: CampaignEntry, answer: CampaignAnswer, *, by: Actor, at: datetime) -> None:
    """Write an answer on a locked entry; what was proposed before is forgotten unless it is being recorded.

    Raises ``Refused`` (``illegal_step``).
    """
    move(entry, answer, CAMPAIGN_ANSWERS, field="answer")
    person = person_of(by)
    entry.answered_at, entry.answered_by = at, person
    if answer not in {CampaignAnswer.PROPOSED, CampaignAnswer.RECORDED}:
        forget_proposal(entry, at)
    entry.save()


def forget_proposal(entry: CampaignEntry, at: datetime) -> None:
    """Clear what was proposed on a locked entry, which the caller saves; the letter is to be purged."""
    if entry.letter is not None:
        entry.letter.purge_on = at.date()
        entry.letter.save(update_fields=["purge_on"])
    entry.letter = entry.proposed_from = None
    for name in ("name", "email", "position", "language"):
        setattr(entry, f"proposed_{name}", "")


def _mandate(entry: CampaignEntry, at: datetime) -> FocalPoint:
    """Return the mandate of an entry, locked. Raises ``Refused`` (``nobody_on_record``, ``mandate_ended``)."""
    if entry.mandate_id is None:
        raise Refused("nobody_on_record", _("Nobody is on record here; name the focal point."))
    rows = standing(at.date()).filter(pk=entry.mandate_id).select_related("person", "party")
    mandate = rows.select_for_update(of=("self",)).first()
    if mandate is None:
        raise Refused("mandate_ended", _("This mandate has ended meanwhile; the directory was changed already."))
    return mandate


def _mark(mandate: FocalPoint, at: datetime) -> None:
    mandate.confirmed_on = at.date()
    mandate.save(update_fields=["confirmed_on", "language"])
