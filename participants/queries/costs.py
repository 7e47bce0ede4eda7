"""What journeys to a call's workshop are estimated at."""

from collections.abc import Iterable

from participants.models import Call, SelectionRules
from planning.costs import Rates, estimate, great_circle_km
from workshops.models import Party, Workshop


def costs(call: Call, rules: SelectionRules, parties: Iterable[Party]) -> dict[str, int]:
    """Return what one person of each Party costs, by its code, in whole units of the rules' currency.

    Nobody travels to a workshop held online: 0. Where the capital or the venue has no position, see
    ``planning.costs.UNKNOWN_KM``. The days of a workshop that was put off still tell how long it lasts.
    """
    workshop = call.workshop
    if workshop.online:
        return {each.code: 0 for each in parties}
    rates = Rates(rules.fare_start, rules.fare_per_1000_km, rules.allowance_a_day)
    days = (workshop.ends_on - workshop.starts_on).days + 1
    return {each.code: estimate(_way(each, workshop), rates, days) for each in parties}


def _way(party: Party, workshop: Workshop) -> float | None:
    if party.latitude is None or party.longitude is None or workshop.latitude is None or workshop.longitude is None:
        return None
    return great_circle_km(party.latitude, party.longitude, workshop.latitude, workshop.longitude)
