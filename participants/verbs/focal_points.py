"""Mandates of focal points begin, change and end; an old one keeps its end date, and who follows is another row."""

from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.actors import Actor
from accounts.addresses import as_read
from accounts.errors import Invalid, NotFound, Refused
from accounts.verbs.activities import record
from correspondence.facts import Days
from correspondence.models import Mailing
from correspondence.models.files import FilePurpose
from correspondence.queries.files import read_bytes
from correspondence.verbs.files import accept_upload
from participants.models import FocalPoint, Person
from participants.models.focal_points import FocalPointKind
from participants.queries.persons import standing_for
from participants.queries.wording import party_name
from participants.verbs.letters import language_of, write_to
from participants.verbs.persons import record_person
from workshops.models import Party, Programme

DESIGNATION_LIMIT = 120


def designate(
    party: Party,
    person: Person,
    kind: str,
    *,
    valid_from: date,
    valid_to: date | None = None,
    designation: str = "",
    language: str = "",
    letter: bytes = b"",
    letter_name: str = "",
    succeeds: FocalPoint | None = None,
    tell: bool = False,
    mailing: Mailing | None = None,
    key: UUID | None = None,
    by: Actor,
    at: datetime,
) -> FocalPoint:
    """Record a mandate of ``person`` for ``party`` in the half-open range [``valid_from``, ``valid_to``).

    ``designation`` names the letter that made it, ``letter`` is its scan (PDF, DOCX, JPEG or PNG by its bytes), ``language``
    the one to write in about this mandate. Whom the person ``succeeds`` ends on ``valid_from`` and keeps the row (E13).
    ``tell`` writes to the person, ``key`` is the id the mandate had in an export.

    Raises ``NotAllowed`` for others than organizers, ``Invalid`` (``unknown_choice``, ``range_reversed``, ``too_long``,
    ``not_its_predecessor`` and those of ``accept_upload``) for bad values and ``Refused`` (``mandate_exists`` for the same
    mandate again, ``person_merged``).
    """
    by.require_organizer()
    _check(kind, valid_from, valid_to)
    values = {"valid_to": valid_to} | _said(designation, language) | ({"id": key} if key else {})
    if person.merged_into_id is not None:
        raise Refused("person_merged", _("This record was merged; choose the person it went to."), field="person")
    with transaction.atomic():
        if succeeds is not None:
            _end_predecessor(succeeds, party, person, kind, on=valid_from, by=by, at=at)
        mandate, created = FocalPoint.objects.get_or_create(
            party=party, person=person, kind=kind, valid_from=valid_from, defaults=values
        )
        if not created:
            raise Refused("mandate_exists", _("This mandate is already in the directory."), field="person")
        if letter:
            _keep_letter(mandate, letter, letter_name, at)
        record("designate", mandate, by=by, at=at, kind=kind)
        if tell:
            _tell(mandate, mailing, at)
    return mandate


def _check(kind: str, valid_from: date, valid_to: date | None) -> None:
    if kind not in FocalPointKind.values:
        raise Invalid("unknown_choice", _("Choose one of the kinds of focal point."), field="kind")
    if valid_to is not None and valid_to <= valid_from:
        raise Invalid("range_reversed", _("A mandate ends after the day it begins."), field="valid_to")


def _said(designation: str | None, language: str | None) -> dict[str, str]:
    """Return what is said of a mandate, checked; ``None`` says nothing."""
    said = {}
    if designation is not None:
        said["designation"] = designation.strip()
        if len(said["designation"]) > DESIGNATION_LIMIT:
            limit = {"limit": DESIGNATION_LIMIT}
            raise Invalid("too_long", _("Use at most %(limit)d characters.") % limit, field="designation")
    if language is not None:
        said["language"] = language
        if language and language not in dict(settings.LANGUAGES):
            raise Invalid("unknown_choice", _("Choose one of the values offered."), field="language")
    return said


def _end_predecessor(
    before: FocalPoint, party: Party, person: Person, kind: str, *, on: date, by: Actor, at: datetime
) -> None:
    """End the mandate that another follows; one that is over by then stays as it is."""
    before = FocalPoint.objects.select_for_update(of=("self",)).select_related("person").get(pk=before.pk)
    same = (before.party_id, before.kind, before.person.rehearsal_id) == (party.pk, kind, person.rehearsal_id)
    if not same or before.deputy_of_id is not None:
        sentence = _("Nobody but a focal point of the same Party and kind can be succeeded.")
        raise Invalid("not_its_predecessor", sentence, field="succeeds")
    if before.valid_to is not None and before.valid_to <= on:
        return
    if on <= before.valid_from:
        sentence = _("The mandate before this began on that day or later; let the new one begin after it.")
        raise Invalid("range_reversed", sentence, field="valid_from")
    end_mandate(before, on=on, by=by, at=at)


def _keep_letter(mandate: FocalPoint, data: bytes, name: str, at: datetime) -> None:
    """Keep the scan of a letter of designation; the one before it stays stored."""
    mandate.letter = accept_upload(
        data, name=name, purpose=FilePurpose.DESIGNATION, owner_key=str(mandate.pk), at=at, field="letter"
    )
    mandate.save(update_fields=["letter"])


def _tell(mandate: FocalPoint, mailing: Mailing | None, at: datetime) -> None:
    language = language_of(mandate.person, mandate.party, mandate)
    write_to(
        mandate.person,
        "focal-point-recorded",
        key=f"focal-point-recorded:{mandate.pk}",
        language=language,
        context={
            "party": party_name(mandate.party, at.date(), language),
            "kind": kind_in(language, mandate.kind),
            "since": Days(mandate.valid_from, mandate.valid_from),
        },
        about=mandate,
        workshop=None,
        at=at,
        mailing=mailing,
    )


def kind_in(language: str, kind: str) -> str:
    """Return the name of a kind of focal point in a language."""
    with override(language):
        return str(FocalPointKind(kind).label)


def holder_named(
    name: str, email: str, *, position: str = "", rehearsal: Programme | None, by: Actor, at: datetime
) -> Person:
    """Return the person to hold a mandate: known by the same name and address, never by the name alone (E05), else new.

    Somebody known as in a record that was merged is whom it was merged into. What is recorded of somebody known stays as it
    is. Raises ``Invalid`` as ``record_person`` does.
    """
    address = as_read(email) if email.strip() else ""
    known = Person.objects.filter(name=name.strip(), email__iexact=address, rehearsal=rehearsal).first()
    found = standing_for(known.pk) if known is not None else None
    return found or record_person(name=name, email=address, position=position, rehearsal=rehearsal, by=by, at=at)


def change_mandate(
    focal_point: FocalPoint,
    *,
    language: str | None = None,
    designation: str | None = None,
    letter: bytes = b"",
    letter_name: str = "",
    by: Actor,
    at: datetime,
) -> FocalPoint:
    """Change the language of correspondence or the letter that made a mandate; ``None`` leaves a value as it is.

    Raises ``NotAllowed`` for others than organizers and ``Invalid`` (``unknown_choice``, ``too_long`` and those of
    ``accept_upload``).
    """
    by.require_organizer()
    said = _said(designation, language)
    with transaction.atomic():
        mandate = FocalPoint.objects.select_for_update(of=("self",)).get(pk=focal_point.pk)
        changed = [field for field, value in said.items() if getattr(mandate, field) != value]
        for field in changed:
            setattr(mandate, field, said[field])
        mandate.save(update_fields=changed)
        if letter:
            _keep_letter(mandate, letter, letter_name, at)
            changed.append("letter")
        if changed:
            record("change_mandate", mandate, by=by, at=at, fields=sorted(changed))
    return mandate


def end_mandate(focal_point: FocalPoint, *, on: date, by: Actor, at: datetime) -> FocalPoint:
    """End a mandate: ``on`` is the first day on which it no longer stands; its deputies stand no longer than it.

    Raises ``NotAllowed`` for others than organizers, ``Invalid`` (``range_reversed``) for a day before its beginning and
    ``Refused`` (``is_deputy``) for a deputy, whom ``end_deputy`` keeps inside the holder's mandate.
    """
    by.require_organizer()
    with transaction.atomic():
        mandate = FocalPoint.objects.select_for_update(of=("self",)).get(pk=focal_point.pk)
        if mandate.deputy_of_id is not None:
            raise Refused("is_deputy", _("This is a deputy; end it as one."))
        if on <= mandate.valid_from:
            raise Invalid("range_reversed", _("A mandate ends after the day it begins."), field="on")
        mandate.valid_to = on
        mandate.save(update_fields=["valid_to"])
        for deputy in FocalPoint.objects.select_for_update(of=("self",)).filter(deputy_of=mandate).order_by("pk"):
            if deputy.valid_to is None or deputy.valid_to > on:
                stop(deputy, on, by=by, at=at)
        record("end_mandate", mandate, by=by, at=at, on=on.isoformat())
    return mandate


def stop(deputy: FocalPoint, on: date, *, by: Actor, at: datetime) -> None:
    """End a deputy's mandate, at the earliest on its first day: it then never stood. The caller holds the row's lock."""
    deputy.valid_to = max(on, deputy.valid_from)
    deputy.save(update_fields=["valid_to"])
    record("end_deputy", deputy, by=by, at=at, on=deputy.valid_to.isoformat())


def open_designation(focal_point: FocalPoint, *, by: Actor, at: datetime) -> bytes:
    """Return the scan of the letter that made a mandate; each download is logged.

    Raises ``NotAllowed`` for others than organizers and ``NotFound`` (``letter_missing`` and those of ``read_bytes``).
    """
    by.require_organizer()
    if focal_point.letter is None:
        raise NotFound("letter_missing", _("No scan of the letter of designation is kept for this mandate."))
    data = read_bytes(focal_point.letter)
    record("open_designation", focal_point, by=by, at=at)
    return data
