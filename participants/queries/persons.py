"""Finding people, and who somebody is when acting."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from accounts.actors import Actor
from accounts.models import User
from participants.models import Person
from participants.queries.focal_points import of_own_party
from workshops.models import Programme
from workshops.queries.names import searchable


def visible_to(user: User | AnonymousUser) -> QuerySet[Person]:
    """Return the people a user may see: organizers all, others themselves and whom their Party nominated.

    Rows that were merged into another are left out here and in every search.
    """
    if not isinstance(user, User):
        return Person.objects.none()
    if user.is_organizer:
        return current()
    own = of_own_party(user, party="nominations__party", programme="nominations__call__workshop__programme")
    return current().filter(own | Q(user=user)).distinct()


def current() -> QuerySet[Person]:
    """Return everybody, each once: no row that was merged into another."""
    return Person.objects.filter(merged_into__isnull=True)


def search(text: str) -> QuerySet[Person]:
    """Return the people of whom any name contains ``text``, whatever the case, marks or apostrophes (edge case E02).

    Who was erased is found by nothing.
    """
    return current().filter(search_text__contains=searchable(text), erased_at__isnull=True)


def standing_for(key: UUID) -> Person | None:
    """Return the person of an id; for a row that was merged the one it was merged into."""
    person = Person.objects.filter(pk=key).first()
    while person is not None and person.merged_into is not None:
        person = person.merged_into
    return person


def same_person(person: Person) -> set[UUID]:
    """Return the ids that mean this person: the own one and those merged into it, directly or through another row."""
    ids, found = {person.pk}, {person.pk}
    while found := set(Person.objects.filter(merged_into__in=found).values_list("pk", flat=True)):
        ids |= found
    return ids


def person_of(by: Actor) -> Person | None:
    """Return the person an actor acts as: the bearer of a link, or the person linked to the user."""
    if by.person_id is not None:
        return standing_for(by.person_id)
    if by.user is not None:
        return Person.objects.filter(user=by.user).first()
    return None


def rehearsal_of(programme: Programme) -> Programme | None:
    """Return what ``Person.rehearsal`` must be for people of a programme: itself when it is a practice copy, else nothing."""
    return programme if programme.rehearsal_of_id else None


def belongs(person: Person, programme: Programme) -> bool:
    """Whether a person and a programme are both real, or the person was made up for that very practice copy."""
    return person.rehearsal_id == (programme.pk if programme.rehearsal_of_id else None)
