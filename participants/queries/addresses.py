"""Whom mail no longer reaches."""

from datetime import date

from django.db.models import Q, QuerySet

from accounts.addresses import as_read, on_the_wire
from accounts.errors import Invalid
from correspondence.models import Bounce, DeadAddress
from correspondence.queries.addresses import dead
from correspondence.queries.bounces import of_person
from participants.models import Invitation, Person
from participants.models.invitations import InvitationState
from participants.queries.focal_points import standing


def wire_address(person: Person) -> str:
    """Return a person's address as mail servers hear it; "" for somebody without one."""
    try:
        return on_the_wire(person.email) if person.email else ""
    except Invalid:  # a row that is older than the check
        return ""


def dead_address(person: Person) -> DeadAddress | None:
    """Return why no mail goes to a person, or nothing."""
    address = wire_address(person)
    return dead().filter(address=address).first() if address else None


def came_back(person: Person) -> QuerySet[Bounce]:
    """Return what came back of a person's letters or from their address, the latest first."""
    return of_person(person.pk, wire_address(person))


def with_dead_address() -> QuerySet[Person]:
    """Return the people no mail goes to."""
    return Person.objects.filter(email__in=[as_read(each) for each in dead().values_list("address", flat=True)])


def missed(on: date) -> QuerySet[Person]:
    """Return the real people who should get letters and cannot: invited and not answered, or a focal point on that day."""
    invited = Invitation.objects.filter(state=InvitationState.OPEN).values("nomination__person")
    mandated = standing(on).values("person")
    return with_dead_address().filter(Q(pk__in=invited) | Q(pk__in=mandated), rehearsal__isnull=True)
