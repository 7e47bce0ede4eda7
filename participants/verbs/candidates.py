"""Who is nominated: what a nomination says of the person, and the row of the register that this is."""

from dataclasses import dataclass
from datetime import datetime

from accounts.actors import Actor
from accounts.addresses import as_read
from participants.models import Call, Person
from participants.queries.persons import rehearsal_of
from participants.verbs.persons import lock_current, record_person


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a nomination says of the person; one name as written is enough (edge cases E01 to E03, E07)."""

    name: str
    email: str
    passport_name: str = ""
    gender: str = "unknown"
    language: str = ""
    position: str = ""
    phone: str = ""


def known_person(call: Call, candidate: Candidate) -> Person | None:
    """Return whom the register knows by the same name and address; never on the name alone (E05).

    Somebody known by the name and address of a row that was merged is whom it was merged into; the row stays locked, so that
    a merge at this moment comes before or after. Raises ``Invalid`` (``email_invalid``).
    """
    email = as_read(candidate.email) if candidate.email.strip() else ""
    known = Person.objects.filter(
        rehearsal=rehearsal_of(call.workshop.programme), email__iexact=email, name=candidate.name.strip()
    ).first()
    return lock_current(known) if known is not None else None


def new_person(call: Call, candidate: Candidate, *, by: Actor, at: datetime) -> Person:
    """Record a candidate whom the register does not know. Raises as ``record_person`` does."""
    return record_person(
        name=candidate.name,
        email=candidate.email,
        passport_name=candidate.passport_name,
        gender=candidate.gender,
        language=candidate.language,
        position=candidate.position,
        phone=candidate.phone,
        rehearsal=rehearsal_of(call.workshop.programme),
        by=by,
        at=at,
    )
