"""National targets in a user's scope, and what is doubtful in one."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from measurement.statements import contradictions
from measurement.units import UNITS, UnitKind, to_hectares
from targets.models import TargetItem
from targets.queries import submissions

QUANTITY_UNREAD = "quantity-unread"
CONVERSION_DIFFERS = "conversion-differs"


def visible_to(user: User | AnonymousUser) -> QuerySet[TargetItem]:
    """Return the national targets of the submissions a user may see."""
    return TargetItem.objects.filter(submission__in=submissions.visible_to(user))


def doubts_about(item: TargetItem) -> list[str]:
    """Return what a person should look at: nothing is guessed and nothing corrected silently (edge cases E36, E37).

    ``quantity-unread``: a quantity is written that has no certain reading. ``conversion-differs``: the text states an area
    twice and the two differ.
    """
    unit = UNITS.get(item.unit)
    doubts = []
    if item.value is None and item.as_written and unit is not None and unit.kind is not UnitKind.NONE:
        doubts.append(QUANTITY_UNREAD)
    if item.hectares is not None:
        start = None if item.start_value is None else to_hectares(item.start_value, item.unit)
        known = [item.hectares, *([] if start is None else [start])]
        if contradictions(item.as_written, known):
            doubts.append(CONVERSION_DIFFERS)
    return doubts
