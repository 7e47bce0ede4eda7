"""A decided call, laid as rows: who is selected, who waits, and on what money the decision was made."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from accounts.actors import Actor
from accounts.identifiers import uuid7
from participants.models import Call, CostPart, Nomination, Selection
from participants.verbs.candidates import Candidate
from participants.verbs.nominations import nominate
from tests import builders
from tests.participants.conftest import BEFORE, DECIDED
from workshops.models import Contribution, Party

COST = 1000


def nominee(call: Call, party: Party, number: int, organizer: Actor, *, sector: str = "forest") -> Nomination:
    """The expert of a Party with this number; references count up in the order in which they are made."""
    return nominate(
        call,
        party=party,
        candidate=Candidate(name=f"Expert {number}", email=f"expert{number}@ministry.example"),
        track="biodiversity",
        sector=sector,
        signature=builders.official(),
        by=organizer,
        at=BEFORE,
    )


def contribution(call: Call, fund: str) -> Contribution:
    """A contribution of Jordan, the host, told apart by its fund."""
    return Contribution.objects.create(
        programme=call.workshop.programme, donor=call.workshop.host, fund=fund, kind="cash"
    )


def donor(of: Contribution, **limits: Any) -> dict[str, Any]:
    """A budget of a contribution as inputs name one; without limits it pays for everybody."""
    open_to_all = {"amount": None, "places": None, "parties": None, "sectors": None, "rooms": None}
    return {"key": str(uuid7()), "contribution": str(of.pk), **open_to_all, **limits}


def paid_for(nomination: Nomination) -> dict[str, int]:
    """What each fund pays of somebody's journey, as it is written."""
    parts = CostPart.objects.filter(entry__nomination=nomination)
    return {fund: int(amount) for fund, amount in parts.values_list("contribution__fund", "amount")}


def decide(
    call: Call,
    *,
    selected: Sequence[Nomination],
    reserves: Sequence[Nomination] = (),
    seats: int,
    donors: Sequence[Mapping[str, Any]] = (),
    payers: Mapping[Nomination, Sequence[Mapping[str, Any]]] | None = None,
    own_expense: Sequence[Nomination] = (),
) -> Selection:
    """Approve a selection; with ``donors`` everybody costs ``COST`` and the call finances all but ``own_expense``.

    ``payers`` name who shares whose journey, in equal parts.
    """
    everybody = [*selected, *reserves]
    nominees = [{"key": str(each.pk), "financed": each not in own_expense, "cost": COST} for each in everybody]
    selection = Selection.objects.create(
        call=call,
        number=1,
        state="approved",
        seats=seats,
        inputs={"donors": list(donors), "nominees": nominees} if donors else {},
        proposed_at=DECIDED,
        decided_at=DECIDED,
    )
    positions = {each.pk: position for position, each in enumerate(reserves, start=1)}
    for each in everybody:
        each.state = "reserve" if each.pk in positions else "selected"
        each.save(update_fields=["state"])
        entry = selection.entries.create(
            nomination=each,
            outcome=each.state,
            position=positions.get(each.pk),
            reason="As decided.",
            cost=Decimal(COST) if donors else None,
        )
        shared = (payers or {}).get(each, ())
        for payer in shared:
            entry.parts.create(
                contribution_id=payer["contribution"], budget=payer["key"], amount=Decimal(COST) / len(shared)
            )
    call.state, call.workshop.stage = "closed", "selected"
    call.save(update_fields=["state"])
    call.workshop.save(update_fields=["stage"])
    return selection
