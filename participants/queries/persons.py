"""Finding people, and who somebody is when acting."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from accounts.actors import Actor
from accounts.models import User
from participants.models import Person
from participants.queries.focal_points import of_own_party
from workshops.models import Programme
from workshops.queries.names import searchable


def visible_to(user: User | AnonymousUser) -> QuerySet[Person]:
    """Return the people a user may see: organizers all, others themselves and whom their Party nominated."""
    if not isinstance(user, User):
        return Person.objects.none()
    if user.is_organizer:
        return Person.objects.all()
    own = of_own_party(user, party="nominations__party", programme="nominations__call__workshop__programme")
    return Person.objects.filter(own | Q(user=user)).distinct()


def search(text: str) -> QuerySet[Person]:
    """Return the people of whom any name contains ``text``, whatever the case, marks or apostrophes (edge case E02)."""
    return Person.objects.filter(search_text__contains=searchable(text))


def person_of(by: Actor) -> Person | None:
    """Return the person an actor acts as: the bearer of a link, or the person linked to the user."""
    if by.person_id is not None:
        return Person.objects.filter(pk=by.person_id).first()
    if by.user is not None:
        return Person.objects.filter(user=by.user).first()
    return None


def rehearsal_of(programme: Programme) -> Programme | None:
    """Return what ``Person.rehearsal`` must be for people of a programme: itself when it is a practice copy, else nothing."""
    return programme if programme.rehearsal_of_id else None


def belongs(person: Person, programme: Programme) -> bool:
    """Whether a person and a programme are both real, or the person was made up for that very practice copy."""
    return person.rehearsal_id == (programme.pk if programme.rehearsal_of_id else None)
