"""Who may open what is sealed: the person, and whoever was given that permission and works for the workshop."""

from enum import StrEnum

from django.db.models import QuerySet

from accounts.models import User
from accounts.models.users import Role
from workshops.models import Workshop


class Sealed(StrEnum):
    """What is opened by a permission of its own."""

    PASSPORT = "passport"
    NEEDS = "needs"
    EMERGENCY = "emergency"


PERMISSIONS = {Sealed.PASSPORT: "opens_passports", Sealed.NEEDS: "opens_health", Sealed.EMERGENCY: "opens_emergency"}


def may_open(user: User | None, what: Sealed, workshop: Workshop) -> bool:
    """Whether a user may open sealed data of the participants of a workshop; a role alone opens nothing."""
    return (
        user is not None
        and user.is_active
        and getattr(user, PERMISSIONS[what])
        and working_for(user).filter(pk=workshop.pk).exists()
    )


def working_for(user: User) -> QuerySet[Workshop]:
    """Return the workshops whose participants a user works with: an organizer all, liaison and finance those assigned."""
    if user.is_organizer:
        return Workshop.objects.all()
    if user.is_active and user.role in (Role.LIAISON, Role.FINANCE):
        return Workshop.objects.filter(assignments__user=user)
    return Workshop.objects.none()
