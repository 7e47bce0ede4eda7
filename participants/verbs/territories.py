"""Where somebody from a territory that is no Party belongs (E19)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, Refused
from accounts.verbs.activities import record
from participants.models import Nomination, TerritoryDecision
from participants.verbs.locks import lock_live, reason_given

TERRITORY_LIMIT = 120


def record_territory(
    nomination: Nomination, territory: str, *, as_observer: bool, reason: str, by: Actor, at: datetime
) -> TerritoryDecision:
    """Record that a nominee comes from a territory, and whether as an observer or in a place of the Party responsible.

    The Party is the one that nominates. A later decision takes the place of an earlier one; the activity log keeps both.
    Raises ``NotAllowed``, ``Invalid`` (``territory_missing``, ``reason_missing``, ``too_long``) and ``Refused``
    (``not_of_a_party``, ``already_decided``, ``nomination_gone``).
    """
    by.require_organizer()
    territory, reason = _territory_given(territory), reason_given(reason)
    with transaction.atomic():
        nomination = lock_live(nomination)
        if nomination.party is None:
            raise Refused("not_of_a_party", _("An expert of an organization comes from no territory."))
        decision, _new = TerritoryDecision.objects.update_or_create(
            nomination=nomination,
            defaults={
                "territory": territory,
                "as_observer": as_observer,
                "reason": reason,
                "decided_by": by.user,
                "decided_at": at,
            },
        )
        said = {"territory": territory, "as_observer": as_observer, "reason": reason}
        record("record_territory", nomination, by=by, at=at, **said)
    return decision


def _territory_given(territory: str) -> str:
    territory = territory.strip()
    if not territory:
        raise Invalid("territory_missing", _("Name the territory."), field="territory")
    if len(territory) > TERRITORY_LIMIT:
        raise Invalid(
            "too_long", _("Use at most %(limit)d characters.") % {"limit": TERRITORY_LIMIT}, field="territory"
        )
    return territory
