"""What each Party has answered to a call, as the page of the call shows it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from participants.models import Call, Dispute, Reopening
from participants.models.endorsements import Channel
from participants.models.nominations import GONE, NominationState
from participants.models.reopenings import ReopeningState
from participants.queries.gaps import gaps
from workshops.models import Party
from workshops.queries.regions import eligible


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one Party: how many experts hold a place of ``seats``, and what keeps it from the rest.

    ``waiting`` of them lack a signature; ``missing`` are the channels in which nobody can be asked (E12), ``disputed`` says
    that two lists stand against each other (E10), ``more_time`` that the Party asked for it; ``financed`` is ``None`` where the
    call finances nobody.
    """

    party: Party
    seats: int
    nominated: int
    waiting: int
    missing: tuple[str, ...]
    disputed: bool
    more_time: bool
    financed: bool | None

    @property
    def silent(self) -> bool:
        """Whether nothing has come."""
        return not self.nominated and not self.disputed

    @property
    def gaps(self) -> list[str]:
        """Return the missing focal points by their names."""
        return [str(Channel(each).label) for each in self.missing]


def answers(call: Call, on: date) -> list[Answer]:
    """Return the answer of each Party that is served, by name; a fixed number of queries whatever their number."""
    rows = call.nominations.filter(party__isnull=False).exclude(state__in=GONE).order_by()
    states = list(rows.values_list("party", "state"))
    placed = Counter(party for party, state in states if state != NominationState.DISPUTED)
    waiting = Counter(party for party, state in states if state == NominationState.WAITING)
    disputed = set(Dispute.objects.filter(call=call, settled_at__isnull=True).values_list("party", flat=True))
    asked = set(Reopening.objects.filter(call=call, state=ReopeningState.ASKED).values_list("party", flat=True))
    missing: dict[str, list[str]] = {}
    for party, channel in gaps(call, on):
        missing.setdefault(party.pk, []).append(channel)
    financed = eligible(call.funded_lists, call.opened_at.date()) if call.funded_lists else None
    return [
        Answer(
            party=party,
            seats=call.seats_per_party,
            nominated=placed[party.pk],
            waiting=waiting[party.pk],
            missing=tuple(missing.get(party.pk, ())),
            disputed=party.pk in disputed,
            more_time=party.pk in asked,
            financed=None if not call.funded_seats else financed is None or party.pk in financed,
        )
        for party in Party.objects.filter(coverages__workshop=call.workshop_id)
    ]
