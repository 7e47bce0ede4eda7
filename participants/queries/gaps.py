"""Where a call finds no focal point of a kind it asks (E12)."""

from datetime import date

from participants.models import Call
from participants.models.endorsements import Channel
from participants.queries.calls import signatories
from participants.queries.endorsements import channel_of, channels_of
from workshops.models import Party


def gaps(call: Call, on: date) -> list[tuple[Party, str]]:
    """Return each Party served that no focal point of a channel can be written to for, with that channel.

    The request goes to the primary focal point of such a Party where it has one. Who is not yet a Party on the day is not
    asked at all and not listed (E18).
    """
    reached = {
        (party, channel_of(kind)) for party, kind in signatories(call, on).order_by().values_list("party", "kind")
    }
    asked = sorted(frozenset[str]().union(*(channels_of(track) for track in call.tracks)), key=Channel.values.index)
    served = Party.objects.filter(coverages__workshop=call.workshop_id, in_force_on__lte=on)
    return [(party, channel) for party in served for channel in asked if (party.pk, channel) not in reached]
