"""People whom nothing has bound to the secretariat for five years are erased."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.actors import CLOCK
from accounts.errors import Refused
from participants.models import FocalPoint, Nomination, Person
from participants.privacy import days_of
from participants.verbs.erasures import erase_person

FORGOTTEN = timedelta(days=days_of("people"))
A_NIGHT = 500


def forgotten(at: datetime) -> QuerySet[Person]:
    """Return the people without a mandate, a nomination or a workshop since five years before ``at``."""
    day = (at - FORGOTTEN).date()
    mandates = FocalPoint.objects.filter(person=OuterRef("pk")).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))
    asked = Nomination.objects.filter(person=OuterRef("pk"))
    recent = asked.filter(Q(call__workshop__ends_on__gt=day) | Q(submitted_at__gt=at - FORGOTTEN))
    bound = Exists(asked) | Exists(FocalPoint.objects.filter(person=OuterRef("pk")))
    rows = Person.objects.filter(bound, erased_at__isnull=True, merged_into__isnull=True)
    return rows.exclude(Exists(mandates)).exclude(Exists(recent)).order_by("pk")


def erase_forgotten(at: datetime) -> int:
    """Erase so many of them as one night may; whoever still has an account with the secretariat stays."""
    gone = 0
    for person in forgotten(at)[:A_NIGHT]:
        try:
            erase_person(person, by=CLOCK, at=at)
        except Refused:
            continue
        gone += 1
    return gone
