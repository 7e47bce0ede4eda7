"""The stage of passports and visas: what a ticket and a visa need, sealed (edge case E09)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid
from correspondence.models import StoredFile
from correspondence.models.files import FilePurpose
from correspondence.verbs.files import accept_upload
from participants.models import Invitation, Registration, TravelDocument
from participants.models.registrations import RegistrationStage
from participants.models.travel_documents import TravelDocumentKind
from participants.queries.asked import passport_days
from participants.verbs.names import clean_text
from participants.verbs.registrations import hold, keep
from workshops.models import Party, Workshop

DOCUMENTS_MOST = 2
NUMBER_LIMIT = 40
OLDEST = 120  # years


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent."""

    data: bytes
    name: str


@dataclass(frozen=True, slots=True)
class DocumentDetails:
    """One document; ``scan`` takes the place of the copy that is here, ``keep_scan`` off deletes it."""

    kind: str
    number: str
    issuer: Party | None = None
    born_on: date | None = None
    issued_on: date | None = None
    expires_on: date | None = None
    scan: Upload | None = None
    keep_scan: bool = True


@dataclass(frozen=True, slots=True)
class DocumentsDetails:
    """The document for this journey first, then a second one, if any."""

    documents: tuple[DocumentDetails, ...] = ()


def save_documents(invitation: Invitation, details: DocumentsDetails, *, by: Actor, at: datetime) -> Registration:
    """Save the travel documents; those not named any more are deleted.

    A field of the second one is called ``second_…`` where an error names it. Raises as ``hold`` does and ``Invalid``
    (``too_many``, ``unknown_choice``, ``number_missing``, ``too_long``, ``born_off``, ``dates_reversed`` and those of
    ``accept_upload``).
    """
    if len(details.documents) > DOCUMENTS_MOST:
        raise Invalid("too_many", _("Two travel documents at most."), field="documents")
    with transaction.atomic():
        row = hold(invitation, RegistrationStage.DOCUMENT, by=by, at=at)
        for place, each in enumerate(details.documents):
            _check(each, "second_" if place else "", at)
        keep(row, RegistrationStage.DOCUMENT, by=by, at=at)
        for place, each in enumerate(details.documents):
            _save(row, place + 1, each, at)
        row.travel_documents.filter(position__gt=len(details.documents)).delete()
    return row


def _check(document: DocumentDetails, prefix: str, at: datetime) -> None:
    if document.kind not in TravelDocumentKind.values:
        raise Invalid("unknown_choice", _("Choose the kind of document."), field=f"{prefix}kind")
    if not clean_text(document.number, limit=NUMBER_LIMIT, field=f"{prefix}number"):
        raise Invalid("number_missing", _("Enter the number of the document."), field=f"{prefix}number")
    today = at.date()
    if document.born_on and not today - timedelta(days=366 * OLDEST) < document.born_on < today:
        raise Invalid("born_off", _("Check the date of birth."), field=f"{prefix}born_on")
    issued, expires = document.issued_on, document.expires_on
    if issued and (issued > today or (expires and expires <= issued)):
        raise Invalid(
            "dates_reversed",
            _("Check the dates: a document is issued first and ends later."),
            field=f"{prefix}expires_on",
        )


def _save(row: Registration, position: int, document: DocumentDetails, at: datetime) -> None:
    before = row.travel_documents.filter(position=position).first()
    kept = before.scan if before is not None and document.keep_scan else None
    TravelDocument.objects.update_or_create(
        registration=row,
        position=position,
        defaults={
            "kind": document.kind,
            "number": document.number.strip(),
            "issuer": document.issuer,
            "born_on": _iso(document.born_on),
            "issued_on": _iso(document.issued_on),
            "expires_on": _iso(document.expires_on),
            "scan": _scan(row, document.scan, position, at) if document.scan else kept,
            "saved_at": at,
        },
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _scan(row: Registration, upload: Upload, position: int, at: datetime) -> StoredFile:
    return accept_upload(
        upload.data,
        name=upload.name,
        purpose=FilePurpose.SCAN,
        owner_key=str(row.pk),
        at=at,
        purge_on=_purge_on(row.invitation.nomination.call.workshop),
        field="second_scan" if position > 1 else "scan",
        sealed=True,
    )


def _purge_on(workshop: Workshop) -> date:
    return workshop.ends_on + timedelta(days=passport_days(workshop))
