"""What a host's liaison and finance see of the workshops they are assigned to."""

from django.db.models import Prefetch, QuerySet

from accounts.models import User
from accounts.models.users import Role
from participants.models import CostPart, Registration, Selection, SelectionEntry
from participants.models.invitations import InvitationState
from participants.models.selections import SelectionState
from participants.queries.selections import holders
from workshops.models import Workshop


def assigned_to(user: User) -> QuerySet[Workshop]:
    """Return the workshops a liaison or somebody of finance works for; nobody else has any."""
    if not user.is_active or user.role not in (Role.LIAISON, Role.FINANCE):
        return Workshop.objects.none()
    rows = Workshop.objects.filter(assignments__user=user).select_related("programme")
    return rows.order_by("starts_on", "slug")


def coming_to(workshop: Workshop) -> QuerySet[Registration]:
    """Return the registrations of who comes to a workshop, by Party and name, with journey and stay."""
    rows = Registration.objects.filter(
        invitation__state=InvitationState.ACCEPTED, invitation__nomination__call__workshop=workshop
    )
    joined = rows.select_related(
        "invitation__nomination__party", "invitation__nomination__organization", "journey", "stay"
    )
    return joined.order_by("invitation__nomination__party__name_en", "badge_name", "id")


def paid_at(workshop: Workshop) -> list[SelectionEntry]:
    """Return who holds a seat of a workshop's decision, with the estimated cost, who pays and the days told; three queries."""
    selection = Selection.objects.filter(call__workshop=workshop, state=SelectionState.APPROVED).first()
    if selection is None:
        return []
    parts = Prefetch("parts", CostPart.objects.select_related("contribution__donor"))
    joined = holders(selection).select_related(
        "nomination__person", "nomination__party", "nomination__invitation__registration__journey"
    )
    found = list(joined.prefetch_related(parts).order_by("nomination__party__name_en", "nomination__reference"))
    for each in found:
        each.selection = selection
    return found
