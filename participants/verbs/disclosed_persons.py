"""Everything the planner holds of one person, as one file for that person."""

import json
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import NotAllowed, NotFound
from accounts.models import ActivityEntry
from accounts.verbs.activities import record
from correspondence.models import Message, StoredFile
from correspondence.queries.files import read_bytes
from participants.models import (
    Attendance,
    EmergencyContact,
    FocalPoint,
    Invitation,
    Journey,
    Needs,
    Nomination,
    NominationDocument,
    NominationDraft,
    Person,
    Registration,
    RegistrationAnswer,
    Stay,
    TravelDocument,
    Visa,
)
from participants.queries.persons import person_of, same_person

HIDDEN = frozenset({"search_text", "match_key", "link_digest", "link_key", "worker"})


def export_person(person: Person, *, by: Actor, at: datetime) -> bytes:
    """Return a ZIP of ``person.json`` and the files held: to the person, or to an organizer who may open all that is sealed.

    Raises ``NotAllowed`` (``sealed``).
    """
    own = person_of(by)
    if not ((own is not None and own.pk == person.pk) or _opens_all(by)):
        raise NotAllowed("sealed", _("Only the person, or who may open all that is sealed, takes this out."))
    record("export_person", person, by=by, at=at)
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        told = json.dumps(held_of(person), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
        archive.writestr("person.json", told)
        for name, file in _files(person):
            try:
                archive.writestr(name, read_bytes(file))
            except NotFound:
                continue  # the row outlived the bytes
    return held.getvalue()


def _opens_all(by: Actor) -> bool:
    user = by.user
    return by.is_organizer and user is not None and user.opens_passports and user.opens_health and user.opens_emergency


def held_of(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Return the rows about a person by kind, each with the names of its fields as the planner calls them."""
    keys = same_person(person)
    nominations = Nomination.objects.filter(person__in=keys)
    registrations = Registration.objects.filter(invitation__nomination__in=nominations)
    rows: list[QuerySet[Any]] = [
        Person.objects.filter(pk__in=keys),
        FocalPoint.objects.filter(person__in=keys),
        nominations,
        NominationDraft.objects.filter(author__in=keys),
        Invitation.objects.filter(nomination__in=nominations),
        registrations,
    ]
    details = (TravelDocument, Visa, Needs, EmergencyContact, Journey, Stay, RegistrationAnswer, Attendance)
    rows += [model.objects.filter(registration__in=registrations) for model in details]
    rows.append(Message.objects.filter(person_key__in=keys))
    about = [str(key) for key in (*keys, *registrations.values_list("pk", flat=True))]
    rows.append(ActivityEntry.objects.filter(subject_key__in=about))
    return {str(each.model._meta.verbose_name_plural): [_plain(row) for row in each] for each in rows}  # noqa: SLF001


def _plain(row: Model) -> dict[str, Any]:
    fields = row._meta.concrete_fields  # noqa: SLF001  # Django's documented Meta API
    return {field.name: field.value_from_object(row) for field in fields if field.name not in HIDDEN}


def _files(person: Person) -> list[tuple[str, StoredFile]]:
    nominations = Nomination.objects.filter(person__in=same_person(person))
    registrations = Registration.objects.filter(invitation__nomination__in=nominations)
    papers = NominationDocument.objects.filter(nomination__in=nominations).select_related("file", "nomination")
    scans = TravelDocument.objects.filter(registration__in=registrations, scan__isnull=False).select_related("scan")
    photos = registrations.filter(photo__isnull=False).select_related("photo")
    return [
        *((f"{each.nomination.reference}/{each.kind}-{each.file.name}", each.file) for each in papers),
        *((f"passport-{each.position}-{each.pk}-{each.scan.name}", each.scan) for each in scans if each.scan),
        *((f"photo-{each.pk}.jpg", each.photo) for each in photos if each.photo),
    ]
