"""A closed call with complete dossiers, rules and money: what a proposal is computed from."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from accounts.actors import Actor
from participants.models import Budget, Call, Nomination, Selection
from participants.verbs.budgets import add_budget
from participants.verbs.candidates import Candidate
from participants.verbs.computing import compute_proposal
from participants.verbs.nominations import nominate
from participants.verbs.proposals import request_proposal
from participants.verbs.rules import set_rules, usual_rules
from tests import builders
from tests.participants.conftest import BEFORE, DECIDED
from workshops.models import Contribution, Party


def expert(call: Call, party: Party, number: int, by: Actor, **facts: Any) -> Nomination:
    """The expert of a Party with this number, whose call asks for no papers."""
    person = {"gender": facts.pop("gender", "unknown"), "language": facts.pop("language", "")}
    track = facts.pop("track", "biodiversity")
    return nominate(
        call,
        party=party,
        candidate=Candidate(name=f"Expert {number}", email=f"expert{number}@ministry.example", **person),
        track=track,
        sector=facts.pop("sector", "forest"),
        signature=builders.official("fao" if track == "planning" else "cbd"),
        by=by,
        at=BEFORE,
    )


def asks_for_nothing(call: Call, **terms: Any) -> Call:
    """Let the call ask for no papers, so that every dossier is complete; and let it finance two experts a Party."""
    for name, value in {"papers": [], "funded_seats": 2, **terms}.items():
        setattr(call, name, value)
    call.save()
    return call


def pays(call: Call, donor: Party, by: Actor, *, amount: int | None = None, **limits: Any) -> Budget:
    """A budget of a donor's contribution to the programme."""
    contribution = Contribution.objects.create(programme=call.workshop.programme, donor=donor, kind="cash")
    values = {"places": None, "lists": [], "parties": [], "sectors": [], **limits}
    money = None if amount is None else Decimal(amount)
    return add_budget(call.rules, contribution, amount=money, by=by, at=DECIDED, **values)


def ruled(call: Call, by: Actor, **changes: Any) -> None:
    """Set the rules of a call; a journey costs 1,000 of any Party."""
    flat = {"fare_start": Decimal(1000), "fare_per_1000_km": Decimal(0), "allowance_a_day": Decimal(0)}
    set_rules(call, replace(usual_rules(call), **{**flat, **changes}), by=by, at=DECIDED)
    call.refresh_from_db()


def computed(call: Call, by: Actor) -> Selection:
    """A proposal, asked for and computed."""
    selection = request_proposal(call, by=by, at=DECIDED)
    compute_proposal(selection.pk, at=DECIDED)
    return Selection.objects.get(pk=selection.pk)


def outcomes(selection: Selection) -> list[tuple[str, str, int | None]]:
    """Name, outcome and place of each, in the order of the references."""
    rows = selection.entries.order_by("nomination__reference")
    return [(each.nomination.person.name, each.outcome, each.position) for each in rows]
