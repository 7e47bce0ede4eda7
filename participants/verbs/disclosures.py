"""Opening what is sealed: each time is checked and logged, for the person too."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import NotAllowed, NotFound
from accounts.verbs.activities import record
from correspondence.queries.files import read_bytes
from participants.models import EmergencyContact, Needs, Registration, TravelDocument, Visa
from participants.queries.persons import person_of
from participants.queries.sealed import Sealed, may_open


def open_documents(registration: Registration, *, by: Actor, at: datetime) -> tuple[list[TravelDocument], Visa | None]:
    """Return the travel documents, the one for this journey first, and the visa. Raises ``NotAllowed`` (``sealed``)."""
    _check(registration, Sealed.PASSPORT, by)
    record("open_passport", registration, by=by, at=at)
    documents = list(registration.travel_documents.select_related("issuer", "scan"))
    return documents, Visa.objects.filter(registration=registration).first()


def open_scan(document: TravelDocument, *, by: Actor, at: datetime) -> bytes:
    """Return the copy of a document. Raises ``NotAllowed`` (``sealed``) and ``NotFound`` (``file_missing``)."""
    _check(document.registration, Sealed.PASSPORT, by)
    if document.scan is None:
        raise NotFound("file_missing", _("There is no copy of this document."))
    record("open_passport", document.registration, by=by, at=at, copy=document.position)
    return read_bytes(document.scan)


def open_needs(registration: Registration, *, by: Actor, at: datetime) -> Needs | None:
    """Return what somebody may eat and needs; ``None`` when nothing was told. Raises ``NotAllowed`` (``sealed``)."""
    _check(registration, Sealed.NEEDS, by)
    record("open_needs", registration, by=by, at=at)
    return Needs.objects.filter(registration=registration).first()


def open_emergency_contact(registration: Registration, *, by: Actor, at: datetime) -> EmergencyContact | None:
    """Return whom to call; ``None`` when nobody was named. Raises ``NotAllowed`` (``sealed``)."""
    _check(registration, Sealed.EMERGENCY, by)
    record("open_emergency", registration, by=by, at=at)
    return EmergencyContact.objects.filter(registration=registration).first()


def open_photo(registration: Registration, *, by: Actor) -> bytes:
    """Return the photo, to its person and to those who see the registration. Raises ``NotAllowed`` and ``NotFound``."""
    if not by.is_organizer and not is_own(registration, by):
        raise NotAllowed("sealed", _("This is shown to its own person alone."))
    if registration.photo is None:
        raise NotFound("file_missing", _("There is no photo."))
    return read_bytes(registration.photo)


def is_own(registration: Registration, by: Actor) -> bool:
    """Whether an actor is the person who registers."""
    person = person_of(by)
    return person is not None and person.pk == registration.invitation.nomination.person_id


def _check(registration: Registration, what: Sealed, by: Actor) -> None:
    if is_own(registration, by) or may_open(by.user, what, registration.invitation.nomination.call.workshop):
        return
    raise NotAllowed(
        "sealed", _("This is sealed. An administrator gives the permission to open it to who needs it for the work.")
    )
