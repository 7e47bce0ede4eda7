"""What keeps a person from being erased yet."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.errors import Refused
from accounts.models.users import Role
from participants.models import FocalPoint, Nomination, Person
from participants.models.invitations import STANDING
from participants.models.nominations import NominationState
from participants.queries.focal_points import standing
from participants.queries.persons import same_person
from workshops.models.workshops import WorkshopStage

OPEN = (NominationState.WAITING, NominationState.SUBMITTED, NominationState.DISPUTED)


def hindrance(person: Person, at: datetime) -> Refused | None:
    """Return why a person cannot be erased now, with the way out; ``None`` when nothing stands against it."""
    keys = same_person(person)
    user = person.user
    if user is not None and user.role != Role.GUEST:
        return Refused("account_held", _("This person works with the secretariat; the account must be closed first."))
    mandates = FocalPoint.objects.filter(person__in=keys)
    if standing(at.date()).filter(pk__in=mandates).exists():
        return Refused("mandate", _("This person is a focal point; the Party must name another first."))
    if _expected(Nomination.objects.filter(person__in=keys), at):
        return Refused(
            "expected",
            _("This person is invited to a workshop that is still to come; decline first, or ask again after it."),
        )
    under_way = Nomination.objects.filter(person__in=keys, state__in=OPEN)
    if under_way.exclude(call__workshop__stage=WorkshopStage.CANCELLED).exists():
        return Refused(
            "selection_open", _("A nomination of this person is not decided yet; the Party must withdraw it first.")
        )
    return None


def _expected(nominations: QuerySet[Nomination], at: datetime) -> bool:
    coming = nominations.filter(state=NominationState.SELECTED, call__workshop__ends_on__gte=at.date())
    coming = coming.exclude(call__workshop__stage=WorkshopStage.CANCELLED)
    return coming.filter(invitation__isnull=True).exists() or coming.filter(invitation__state__in=STANDING).exists()
