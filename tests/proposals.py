"""A closed call with nominees enough to choose from, for tests of proposals: Parties and people by name, a donor with money."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from accounts.actors import Actor
from participants.models import Call, Nomination, Selection
from participants.verbs.budgets import add_budget
from participants.verbs.calls import close_call
from participants.verbs.candidates import Candidate
from participants.verbs.computing import compute_proposal
from participants.verbs.nominations import nominate
from participants.verbs.proposals import request_proposal
from participants.verbs.rules import set_rules, usual_rules
from tests import builders
from workshops.models import Contribution, Coverage, Party

# Party, name, gender, track, sector.
PEOPLE = (
    ("JOR", "Suharyanto", "man", "biodiversity", "forest"),
    ("JOR", "Rana Haddad", "woman", "planning", "agriculture"),
    ("LBN", "Samir Khoury", "man", "biodiversity", "conservation"),
    ("LBN", "Maya Aoun", "woman", "planning", "planning"),
    ("WSM", "Sina Leota", "woman", "biodiversity", "forest"),
    ("WSM", "Tavita Fa", "unknown", "planning", "agriculture"),
)
NAMES = {"JOR": "Jordan", "LBN": "Lebanon", "WSM": "Samoa"}


@dataclass
class Chosen:
    """A call and whom it may choose from, by name."""

    call: Call
    people: dict[str, Nomination]
    by: Actor
    at: datetime

    def computed(self, at: datetime | None = None) -> Selection:
        """Ask for a proposal and compute it at once."""
        made = request_proposal(self.call, by=self.by, at=at or self.at)
        compute_proposal(made.pk, at=at or self.at)
        made.refresh_from_db()
        return made

    def rules(self, seats: int, *, women_share: int = 100) -> None:
        """Set the usual rules with so many seats; with women alone the outcome is certain: one of each Party."""
        given = replace(usual_rules(self.call), seats=seats, women_share=women_share)
        set_rules(self.call, given, by=self.by, at=self.at)

    def pays(self, amount: int | None = None, places: int | None = None) -> Contribution:
        """Let Norway pay at the workshop, for one expert of each Party."""
        self.call.funded_seats = 1
        self.call.save(update_fields=["funded_seats"])
        money = Contribution.objects.create(
            programme=self.call.workshop.programme,
            donor=builders.party("NOR", "Norway"),
            fund="Nature Fund",
            kind="cash",
            amount=Decimal(90_000),
            currency="USD",
        )
        sum_of = None if amount is None else Decimal(amount)
        add_budget(self.call.rules, money, amount=sum_of, places=places, by=self.by, at=self.at)
        return money


def chosen_from(
    call: Call, *, by: Actor, before: datetime, at: datetime, people: Iterable[tuple[str, ...]] = PEOPLE
) -> Chosen:
    """Nominate people to an open call that asks for no papers, and close it."""
    Call.objects.filter(pk=call.pk).update(papers=[], planning_signatures="either")
    call.refresh_from_db()
    made = {}
    for code, name, gender, track, sector in people:
        party = builders.party(code, NAMES.get(code, code))
        _serve(call, party)
        made[name] = nominate(
            call,
            party=party,
            candidate=Candidate(name=name, email=f"{name.split()[0].lower()}@ministry.example", gender=gender),
            track=track,
            sector=sector,
            signature=builders.official(),
            by=by,
            at=before,
        )
    close_call(call, by=by, at=at)
    call.refresh_from_db()
    return Chosen(call, made, by, at)


def _serve(call: Call, party: Party) -> None:
    Coverage.objects.get_or_create(programme=call.workshop.programme, party=party, workshop=call.workshop)
