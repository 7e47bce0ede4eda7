"""Answers to a campaign: somebody else is focal point now, or somebody at last, with the letter of designation."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, NotFound, Refused
from accounts.states import move
from accounts.verbs.activities import record
from correspondence.models import Mailing
from correspondence.models.files import FilePurpose
from correspondence.queries.files import read_bytes
from correspondence.verbs.files import accept_upload
from participants.models import CampaignEntry
from participants.models.campaigns import CAMPAIGN_ANSWERS, CampaignAnswer
from participants.queries.campaigns import REQUEST, Directory
from participants.verbs.campaign_letters import write_about
from participants.verbs.confirmations import forget_proposal, locked_entry, take_answer
from participants.verbs.focal_points import designate, holder_named
from participants.verbs.persons import clean

AHEAD = timedelta(days=366)  # a designation takes effect within a year, or the year is mistyped
NOTE_LIMIT = 1000  # characters


def propose_successor(
    entry: CampaignEntry,
    *,
    name: str,
    email: str,
    position: str = "",
    language: str = "",
    valid_from: date,
    letter: bytes,
    letter_name: str,
    by: Actor,
    at: datetime,
) -> CampaignEntry:
    """Name who follows the holder of a mandate, or fills a gap (E12), from a day on, with the signed letter of designation.

    An organizer records it once the letter is read; until then the directory stays as it is. A later proposal takes the
    place of the one before. Raises as ``confirm_mandate`` does, and ``Invalid`` naming the field: those of ``record_person``
    and ``accept_upload``, ``email_missing``, ``letter_missing``, ``from_unlikely``, ``from_before_predecessor``.
    """
    said = {"name": name, "email": email, "position": position, "language": language}
    cleaned = {field: clean(field, value) for field, value in said.items()}
    _check(cleaned, valid_from, letter, at)
    with transaction.atomic():
        entry = locked_entry(entry, by, at)
        if entry.mandate is not None and valid_from <= entry.mandate.valid_from:
            raise Invalid(
                "from_before_predecessor", _("Choose a day after the present mandate began."), field="valid_from"
            )
        forget_proposal(entry, at)
        for field, value in cleaned.items():
            setattr(entry, f"proposed_{field}", value)
        entry.proposed_from = valid_from
        entry.letter = accept_upload(
            letter, name=letter_name, purpose=FilePurpose.DESIGNATION, owner_key=str(entry.pk), at=at, field="letter"
        )
        take_answer(entry, CampaignAnswer.PROPOSED, by=by, at=at)
        record("propose_successor", entry, by=by, at=at)
    return entry


def _check(cleaned: dict[str, str], valid_from: date, letter: bytes, at: datetime) -> None:
    if not cleaned["name"]:
        raise Invalid("name_missing", _("Enter the name as the person writes it; one name is enough."), field="name")
    if not cleaned["email"]:
        raise Invalid("email_missing", _("Give an address; letters to the focal point go there."), field="email")
    if not letter:
        raise Invalid(
            "letter_missing", _("Add the signed letter of designation as PDF, DOCX, JPEG or PNG."), field="letter"
        )
    if not date(1992, 6, 5) <= valid_from <= at.date() + AHEAD:  # the Convention was opened for signature on that day
        raise Invalid(
            "from_unlikely", _("Give the first day of the mandate, at most a year ahead."), field="valid_from"
        )


def open_letter(entry: CampaignEntry, *, by: Actor, at: datetime) -> bytes:
    """Return the letter of designation of a proposal; each download is logged.

    Raises ``NotAllowed`` for others than organizers and ``NotFound`` (``letter_missing`` and those of ``read_bytes``).
    """
    by.require_organizer()
    if entry.letter is None:
        raise NotFound("letter_missing", _("No letter of designation was sent with this entry."))
    data = read_bytes(entry.letter)
    record("open_letter", entry, by=by, at=at)
    return data


def record_proposal(entry: CampaignEntry, *, mailing: Mailing | None = None, by: Actor, at: datetime) -> CampaignEntry:
    """Put the person proposed into the directory; the old focal point keeps an end date (E13). Both letters stay in place.

    Whoever the register knows by the same name and address is meant, else a new person is recorded and told. Raises
    ``NotAllowed``, ``Refused`` (``campaign_closed``, ``illegal_step``, ``mandate_exists``) and what ``designate`` raises.
    """
    by.require_organizer()
    with transaction.atomic():
        entry = locked_entry(entry, by, at)
        move(entry, CampaignAnswer.RECORDED, CAMPAIGN_ANSWERS, field="answer")
        _designate(entry, mailing, by=by, at=at)
        entry.save(update_fields=["answer"])
        record("record_proposal", entry, by=by, at=at)
    return entry


def _designate(entry: CampaignEntry, mailing: Mailing | None, *, by: Actor, at: datetime) -> None:
    if entry.letter is None or entry.proposed_from is None:  # every proposal came with both
        raise Refused("letter_missing", _("No letter of designation was sent with this entry."))
    person = holder_named(
        entry.proposed_name,
        entry.proposed_email,
        position=entry.proposed_position,
        rehearsal=entry.campaign.rehearsal,
        by=by,
        at=at,
    )
    designate(
        entry.party,
        person,
        entry.kind,
        valid_from=entry.proposed_from,
        designation=_("Letter received on %(day)s") % {"day": (entry.answered_at or at).date().isoformat()},
        language=entry.proposed_language,
        letter=read_bytes(entry.letter),
        letter_name=entry.letter.name,
        succeeds=entry.mandate,
        tell=True,
        mailing=mailing,
        by=by,
        at=at,
    )


def return_proposal(
    entry: CampaignEntry, note: str, *, mailing: Mailing | None = None, by: Actor, at: datetime
) -> CampaignEntry:
    """Send a proposal back with the reason: whoever was asked is written to again and may answer anew.

    Raises ``NotAllowed``, ``Invalid`` (``note_missing``, ``too_long``) and ``Refused`` (``campaign_closed``,
    ``illegal_step``).
    """
    by.require_organizer()
    note = note.strip()
    if not note:
        raise Invalid("note_missing", _("Say what is missing; the letter quotes it."), field="note")
    if len(note) > NOTE_LIMIT:
        raise Invalid("too_long", _("Use at most %(limit)d characters.") % {"limit": NOTE_LIMIT}, field="note")
    with transaction.atomic():
        entry = locked_entry(entry, by, at)
        move(entry, CampaignAnswer.WAITING, CAMPAIGN_ANSWERS, field="answer")
        forget_proposal(entry, at)
        entry.answered_at = entry.answered_by = None
        directory = Directory([entry.kind], entry.campaign.rehearsal, at.date())
        entry.asked = directory.asked(entry.party_id, entry.mandate_id)
        entry.save()
        record("return_proposal", entry, by=by, at=at)
        occasion = f"{entry.pk}-{at.isoformat()}"
        write_about(entry.campaign, [entry], REQUEST, at=at, occasion=occasion, mailing=mailing, note=note)
    return entry
