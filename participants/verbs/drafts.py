"""Nominations begun and not sent: saved, given papers, discarded or sent."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed, Refused
from accounts.verbs.activities import record
from correspondence.models.files import FilePurpose
from correspondence.queries.files import read_bytes
from correspondence.verbs.files import accept_upload
from participants.models import Call, DraftDocument, Nomination, NominationDocument, NominationDraft, Person
from participants.models.calls import CallState
from participants.models.nominations import DocumentKind
from participants.queries.calls import ALL_SIGNATORIES
from participants.queries.focal_points import standing
from participants.queries.persons import person_of
from participants.verbs.candidates import Candidate
from participants.verbs.nominations import nominate
from workshops.models import Party

FIELDS = (
    "name", "passport_name", "gender", "email", "phone", "language", "position", "track", "sector", "rank", "expertise",
    "letter_date",
)  # fmt: skip
OFFERED = {"gender", "track", "sector", "rank", "language", "letter_date"}  # a page fills these in by itself
VALUE_LIMIT = 4000
DRAFTS_LIMIT = 10  # a Party has at most three places; more than ten drafts of one hand are a mistake or mischief


def save_draft(
    call: Call,
    party: Party,
    fields: Mapping[str, str],
    *,
    draft: NominationDraft | None = None,
    by: Actor,
    at: datetime,
) -> NominationDraft:
    """Keep what is filled in so far, as text, without judging it; only ``FIELDS`` are kept.

    A draft is changed by its author alone. Raises ``NotAllowed`` (``no_standing``, ``not_yours``), ``Invalid`` (``too_long``,
    ``nothing_filled_in``) and ``Refused`` (``call_cancelled``, ``too_many_drafts``, ``draft_gone``).
    """
    author = _author(party, by, at)
    kept = {name: fields[name].strip() for name in FIELDS if fields.get(name, "").strip()}
    for name, value in kept.items():
        if len(value) > VALUE_LIMIT:
            raise Invalid("too_long", _("Use at most %(limit)d characters.") % {"limit": VALUE_LIMIT}, field=name)
    if not kept.keys() - OFFERED:
        raise Invalid("nothing_filled_in", _("Fill in something first, such as the name."), field="name")
    with transaction.atomic():
        if Call.objects.select_for_update().get(pk=call.pk).state == CallState.CANCELLED:
            raise Refused("call_cancelled", _("This call was cancelled."))
        if draft is None:
            if call.drafts.filter(party=party, author=author).count() >= DRAFTS_LIMIT:
                raise Refused("too_many_drafts", _("Discard a draft first; you have ten of this call."))
            draft = NominationDraft(call=call, party=party, author=author)
        else:
            draft = _locked(draft, author)
        draft.fields, draft.saved_at = kept, at
        draft.save()
        record("save_draft", draft, by=by, at=at)
    return draft


def _author(party: Party, by: Actor, at: datetime) -> Person:
    """Return who writes: a focal point of the Party who stands today, of a kind that may sign."""
    person = person_of(by)
    if person is None or not standing(at.date(), party=party, person=person, kinds=ALL_SIGNATORIES).exists():
        raise NotAllowed("no_standing", _("Only a focal point of the Party who stands today may nominate."))
    return person


def _locked(draft: NominationDraft, author: Person) -> NominationDraft:
    """Return the locked row of a draft: it is its author's, and one that was sent or discarded does not come back."""
    locked = NominationDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if locked is None:
        raise Refused("draft_gone", _("This draft was sent or discarded already."))
    if locked.author_id != author.pk:
        raise NotAllowed("not_yours", _("This draft is changed by the person who began it."))
    return locked


def attach_to_draft(
    draft: NominationDraft, kind: str, *, data: bytes, name: str, by: Actor, at: datetime
) -> DraftDocument:
    """Keep a paper with a draft; a newer one of the kind takes the place of the older.

    Raises as ``save_draft`` and ``accept_upload`` do.
    """
    author = _author(draft.party, by, at)
    if kind not in DocumentKind.values:
        raise Invalid("unknown_choice", _("Choose letter, form or CV."), field="kind")
    with transaction.atomic():
        locked = _locked(draft, author)
        file = accept_upload(
            data, name=name, purpose=FilePurpose.NOMINATION, owner_key=str(locked.pk), at=at, field=kind
        )
        document, _created = DraftDocument.objects.update_or_create(draft=locked, kind=kind, defaults={"file": file})
        record("attach_to_draft", locked, by=by, at=at, kind=kind)
    return document


def open_draft_document(document: DraftDocument, *, by: Actor, at: datetime) -> bytes:
    """Return the bytes of a draft's paper to a signatory of its Party; every time is in the activity log.

    Raises ``NotAllowed`` (``no_standing``).
    """
    _author(document.draft.party, by, at)
    record("open_draft_document", document.draft, by=by, at=at, kind=document.kind)
    return read_bytes(document.file)


def discard_draft(draft: NominationDraft, *, by: Actor, at: datetime) -> None:
    """Throw a draft away. Raises ``NotAllowed`` (``no_standing``, ``not_yours``); a second time changes nothing."""
    author = _author(draft.party, by, at)
    with transaction.atomic():
        if not NominationDraft.objects.filter(pk=draft.pk).exists():
            return
        locked = _locked(draft, author)
        record("discard_draft", locked, by=by, at=at)
        locked.delete()


def send_draft(
    draft: NominationDraft,
    *,
    candidate: Candidate,
    track: str,
    sector: str,
    rank: int | None = None,
    expertise: str = "",
    letter_date: date | None = None,
    contest: bool = False,
    by: Actor,
    at: datetime,
) -> Nomination:
    """Nominate what a draft has become: its papers go along and the draft is gone; twice sent it is one nomination.

    Raises as ``nominate`` does, ``NotAllowed`` (``not_yours``) and ``Refused`` (``draft_gone``).
    """
    author = _author(draft.party, by, at)
    with transaction.atomic():
        nomination = nominate(
            draft.call,
            party=draft.party,
            candidate=candidate,
            track=track,
            sector=sector,
            rank=rank,
            expertise=expertise,
            letter_date=letter_date,
            contest=contest,
            by=by,
            at=at,
        )
        locked = _locked(draft, author)
        for each in locked.documents.all():
            NominationDocument.objects.create(nomination=nomination, kind=each.kind, file=each.file)
        locked.delete()
    return nomination
