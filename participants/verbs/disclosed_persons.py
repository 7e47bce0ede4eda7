"""Everything the planner holds of one person, as one file for that person."""

import json
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import NotAllowed, NotFound
from accounts.models.sealed import SealedTextField
from accounts.sealing import UnopenableError
from accounts.verbs.activities import record
from correspondence.queries.files import read_bytes
from participants.models import Person
from participants.queries.holdings import Holdings
from participants.queries.persons import person_of, standing_for

# Secrets, and what the program makes for itself of what stands beside it.
HIDDEN = frozenset(
    {"password", "search_text", "match_key", "link_digest", "link_key", "digest", "worker", "storage_name"}
)


def export_person(person: Person, *, by: Actor, at: datetime) -> bytes:
    """Return a ZIP of ``person.json`` and the files held: to the person, or to an organizer who may open all that is sealed.

    It is read row by row as the planner keeps it, sealed columns opened; what no key opens is named and left out. Raises
    ``NotAllowed`` (``sealed``).
    """
    person, own = standing_for(person.pk) or person, person_of(by)
    if not ((own is not None and own.pk == person.pk) or _opens_all(by)):
        raise NotAllowed("sealed", _("Only the person, or who may open all that is sealed, takes this out."))
    held = Holdings.of(person)
    told, files = held_of(held), list(held.files())
    record("export_person", person, by=by, at=at, rows=sum(len(rows) for rows in told.values()), files=len(files))
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("person.json", json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
        for number, file in enumerate(files, 1):
            try:
                archive.writestr(f"files/{number:02}-{_safe(file.name)}", read_bytes(file))
            except (NotFound, UnopenableError):
                continue  # the row outlived the bytes or the key
    return packed.getvalue()


def _opens_all(by: Actor) -> bool:
    user = by.user
    return by.is_organizer and user is not None and user.opens_passports and user.opens_health and user.opens_emergency


def held_of(held: Holdings) -> dict[str, list[dict[str, Any]]]:
    """Return the rows about a person by noun, each with the names of its fields as the planner calls them."""
    told: dict[str, list[dict[str, Any]]] = {}
    for rows in held.rows():
        sealed = [field.name for field in _fields(rows.model) if isinstance(field, SealedTextField)]
        nouns = str(rows.model._meta.verbose_name_plural)  # noqa: SLF001  # Django's documented Meta API
        told.setdefault(nouns, []).extend(_plain(row, sealed) for row in rows.defer(*sealed))
    return told


def _plain(row: Model, sealed: list[str]) -> dict[str, Any]:
    return {field.name: _value(row, field, sealed) for field in _fields(type(row)) if field.name not in HIDDEN}


def _value(row: Model, field: Any, sealed: list[str]) -> Any:
    """Return the value of a field; a sealed one is read by itself, so that one that no key opens hides no other."""
    if field.name not in sealed:
        return field.value_from_object(row)
    try:
        return getattr(row, field.name)
    except UnopenableError:
        return None


def _fields(model: type[Model]) -> Any:
    return model._meta.concrete_fields  # noqa: SLF001


def _safe(name: str) -> str:
    """Return a file name without what another system would take for a folder."""
    return "".join("_" if letter in '/\\:*?"<>|' or not letter.isprintable() else letter for letter in name)
