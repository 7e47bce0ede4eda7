"""The directory of focal points as rows of text: what an export writes, and what an import reads and compares with."""

from collections.abc import Iterator

from django.db.models import QuerySet

from participants.models import FocalPoint

COLUMNS = (
    "party",
    "kind",
    "name",
    "email",
    "language",
    "phone",
    "position",
    "organization",
    "valid_from",
    "valid_to",
    "designation",
    "deputy_of",
    "id",
)
CHUNK = 500  # rows read from the database at a time


def with_contents(mandates: QuerySet[FocalPoint]) -> QuerySet[FocalPoint]:
    """Join what a row says, so that a list of them is one query."""
    return mandates.select_related("person__organization", "deputy_of__person")


def row_of(mandate: FocalPoint) -> dict[str, str]:
    """Return a mandate by column, as text: codes, ISO dates, names as they were written."""
    person = mandate.person
    return {
        "party": mandate.party_id,
        "kind": mandate.kind,
        "name": person.name,
        "email": person.email,
        "language": mandate.language,
        "phone": person.phone,
        "position": person.position,
        "organization": person.organization.name if person.organization else "",
        "valid_from": mandate.valid_from.isoformat(),
        "valid_to": mandate.valid_to.isoformat() if mandate.valid_to else "",
        "designation": mandate.designation,
        "deputy_of": (mandate.deputy_of.person.email or mandate.deputy_of.person.name) if mandate.deputy_of else "",
        "id": str(mandate.pk),
    }


def in_order(mandates: QuerySet[FocalPoint]) -> QuerySet[FocalPoint]:
    """Order for an export: by what the rows say, so that equal directories give equal files."""
    return mandates.order_by("party_id", "kind", "valid_from", "person__name", "person__email", "id")


def exported(mandates: QuerySet[FocalPoint]) -> Iterator[list[str]]:
    """Yield the heading and then the rows, read a chunk at a time."""
    yield list(COLUMNS)
    for mandate in with_contents(in_order(mandates)).iterator(chunk_size=CHUNK):
        yield list(row_of(mandate).values())
