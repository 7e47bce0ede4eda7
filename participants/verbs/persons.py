"""Recording people: a name as written is enough."""

from datetime import datetime
from typing import TypedDict, Unpack
from unicodedata import category

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.addresses import as_read
from accounts.errors import Invalid, Refused
from accounts.models import User
from accounts.verbs.activities import record
from participants.models import Organization, Person
from participants.models.persons import Gender
from participants.queries.persons import standing_for
from workshops.models import Programme
from workshops.queries.names import searchable

COMPARED = frozenset({"name", "passport_name", "email", "phone"})  # what duplicates are found by
LIMITS = {
    "name": 200,
    "passport_name": 200,
    "sort_key": 200,
    "gender": 8,
    "email": 254,
    "phone": 40,
    "language": 2,
    "position": 200,
}


class PersonFields(TypedDict, total=False):
    """What may be said of a person; see ``participants.models.persons.Person``."""

    name: str
    email: str
    passport_name: str
    sort_key: str
    gender: str
    language: str
    position: str
    phone: str
    organization: Organization | None


def record_person(
    *, rehearsal: Programme | None = None, by: Actor, at: datetime, **fields: Unpack[PersonFields]
) -> Person:
    """Record somebody new; ``rehearsal`` marks a synthetic person of that practice copy.

    Raises ``Invalid`` naming the field: ``name_missing``, ``too_long``, ``control_characters``, ``email_invalid``,
    ``unknown_choice``.
    """
    person = Person(rehearsal=rehearsal)
    _fill(person, fields)
    with transaction.atomic():
        person.save()
        record("record_person", person, by=by, at=at)
    return person


def change_person(person: Person, *, by: Actor, at: datetime, **fields: Unpack[PersonFields]) -> Person:
    """Change what is recorded of a person; the activity log keeps which fields changed, not their contents.

    Raises as ``record_person`` does, and ``Refused`` for a row that was merged into another (``merged_already``) or erased
    (``erased_already``).
    """
    with transaction.atomic():
        locked = Person.objects.select_for_update().get(pk=person.pk)
        if locked.merged_into_id is not None:
            raise Refused("merged_already", _("%(name)s was merged into another person.") % {"name": locked})
        if locked.erased_at is not None:
            raise Refused("erased_already", _("This person was erased."))
        if locked.sort_key == locked.name:
            locked.sort_key = ""  # it followed the name, and shall follow the new one
        _fill(locked, fields)
        locked.save()
        record("change_person", locked, by=by, at=at, fields=sorted(fields))
    return locked


def link_account(person: Person, user: User, *, by: Actor, at: datetime) -> Person:
    """Say that an account is this person's; from then on the user sees what the person may see.

    Raises ``NotAllowed`` for others than organizers and ``Refused`` (``account_taken``) when it is somebody else's.
    """
    by.require_organizer()
    with transaction.atomic():
        locked = Person.objects.select_for_update().get(pk=person.pk)
        if Person.objects.filter(user=user).exclude(pk=person.pk).exists():
            raise Refused("account_taken", _("This account belongs to somebody else."), field="user")
        locked.user = user
        locked.save(update_fields=["user"])
        record("link_account", locked, by=by, at=at)
    return locked


def unlink_account(user: User, *, by: Actor, at: datetime) -> None:
    """Part an account from its person, if it has one. Raises ``NotAllowed`` for others than organizers."""
    by.require_organizer()
    with transaction.atomic():
        for person in Person.objects.select_for_update().filter(user=user):
            person.user = None
            person.save(update_fields=["user"])
            record("unlink_account", person, by=by, at=at)


def _fill(person: Person, fields: PersonFields) -> None:
    for field, value in fields.items():
        setattr(person, field, clean(field, value) if isinstance(value, str) else value)
    if not person.name:
        raise Invalid("name_missing", _("Enter the name as the person writes it; one name is enough."), field="name")
    person.search_text = searched(person)
    person.sort_key = person.sort_key or person.name
    if COMPARED & set(fields):
        person.match_key = ""  # marks the row: the next sweep for duplicates compares it and writes the key


def searched(person: Person) -> str:
    """Return what a person is found by: all names, and those of the rows merged into this one (edge case E02)."""
    names = dict.fromkeys([person.name, person.passport_name, person.sort_key])
    own = searchable(" ".join(filter(None, names)))
    merged = () if person._state.adding else person.merged.values_list("search_text", flat=True)  # noqa: SLF001  # no other way to ask whether the row is saved
    return " ".join([own, *merged])


def lock_current(person: Person) -> Person:
    """Lock a person's row, or the one it was merged into, so that a merge at this moment comes before or after.

    A row that was merged while we waited is let go before the other one is asked for: who holds two takes them in order.
    """
    while True:
        current = standing_for(person.pk) or person
        before = transaction.savepoint()
        locked = Person.objects.select_for_update(no_key=True).get(
            pk=current.pk
        )  # rows that point to it may be written
        if locked.merged_into_id is None:
            transaction.savepoint_commit(before)
            return locked
        transaction.savepoint_rollback(before)


def clean(field: str, value: str) -> str:
    """Return a value as a person's record keeps it. Raises ``Invalid`` as ``record_person`` does."""
    text = value.strip()
    if any(category(letter) in {"Cc", "Cs"} for letter in text):
        raise Invalid("control_characters", _("Remove line breaks and control characters."), field=field)
    limit = LIMITS[field]
    if len(text) > limit:
        raise Invalid("too_long", _("Use at most %(limit)d characters.") % {"limit": limit}, field=field)
    if field == "email" and text:
        return as_read(text)
    choices = {"gender": Gender.values, "language": ["", *dict(settings.LANGUAGES)]}.get(field)
    if choices is not None and text not in choices:
        raise Invalid("unknown_choice", _("Choose one of the values offered."), field=field)
    return text
