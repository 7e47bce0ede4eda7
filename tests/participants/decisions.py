"""A call whose selection is written row by row, so that a test can say exactly who is in it."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from participants.models import Call, Nomination, Organization, Selection, SelectionEntry
from tests import builders
from workshops.models import Contribution, Party, Region, RegionMembership, Workshop

OPENED = datetime(2013, 11, 20, 9, 0, tzinfo=UTC)
CLOSED = datetime(2014, 3, 21, 14, 0, tzinfo=UTC)
DECIDED = datetime(2014, 4, 1, 9, 0, tzinfo=UTC)
GROUPS = {"africa": "Africa", "asia-pacific": "Asia-Pacific", "weog": "Western European and others"}


@dataclass
class Decision:
    """A selection of a call opened on 20 November 2013, to be filled person by person."""

    workshop: Workshop
    call: Call
    selection: Selection
    made: list[Nomination] = field(default_factory=list)

    def nominated(self, party: Party | None, **facts: Any) -> Nomination:
        """One more nomination of a Party (an organization's without one); facts of the person begin with ``person_``."""
        number = len(self.made) + 1
        person = {name[7:]: facts.pop(name) for name in list(facts) if name.startswith("person_")}
        person = {"name": f"Expert {number}", "email": f"expert{number}@ministry.example"} | person
        if party is None:
            facts.setdefault("organization", Organization.objects.get_or_create(name="Centre", kind="regional")[0])
        else:
            facts.setdefault("rank", sum(each.party_id == party.pk for each in self.made) + 1)
        facts = {"track": "biodiversity", "sector": "forest", "submitted_at": OPENED} | facts
        who: Any = facts.pop("who", None) or builders.person(**person)
        reference = f"{self.workshop.reference}-{number:03d}"
        made = Nomination.objects.create(call=self.call, reference=reference, party=party, person=who, **facts)
        self.made.append(made)
        return made

    def entry(self, party: Party | None, outcome: str = "selected", **facts: Any) -> SelectionEntry:
        """One more nomination with what is decided on it; facts of the entry begin with ``entry_``."""
        entry = {name[6:]: facts.pop(name) for name in list(facts) if name.startswith("entry_")}
        if outcome == "reserve":
            entry.setdefault("position", self.selection.entries.filter(outcome=outcome).count() + 1)
        nomination = self.nominated(party, **facts)
        payer = entry.pop("payer", None)
        values = {"reason": f"Reason {nomination.reference}"} | entry
        made = SelectionEntry.objects.create(selection=self.selection, nomination=nomination, outcome=outcome, **values)
        if payer is not None:
            made.parts.create(contribution=payer, budget=payer.pk, amount=values["cost"])
        return made


def decision(*parties: Party, **facts: Any) -> Decision:
    """A proposed selection of a call to some Parties."""
    workshop = builders.workshop(parties=parties)
    call = Call.objects.create(
        workshop=workshop,
        symbol="2013-104",
        opened_at=OPENED,
        deadline_at=CLOSED,
        deadline_zone="Asia/Amman",
        seats_per_party=3,
        state="closed",
    )
    facts = {"number": 1, "seats": 40, "currency": "USD", "proposed_at": DECIDED, "proposed_label": "First"} | facts
    return Decision(workshop, call, Selection.objects.create(call=call, **facts))


def groups() -> None:
    """Three of the UN regional groups, and the lists of least developed countries and of small island States."""
    for slug, name in GROUPS.items():
        Region.objects.create(slug=f"un-group-{slug}", of_list="un-group", name={"en": name})
    for slug, name in (("ldc", "Least developed countries"), ("sids", "Small island developing States")):
        Region.objects.create(slug=slug, of_list=slug, name={"en": name})


def member(party: Party, *regions: str, **dates: date) -> Party:
    """Put a Party on some lists."""
    for region in regions:
        RegionMembership.objects.create(region_id=region, party=party, **dates)
    return party


def samoa() -> Party:
    """A small island State, on the list of least developed countries until the end of 2013."""
    party = member(builders.party("WSM", "Samoa"), "un-group-asia-pacific", "sids")
    return member(party, "ldc", valid_to=date(2014, 1, 1))


def union() -> Party:
    """The European Union."""
    return builders.party("EUE", "European Union", kind="reio")


def money(workshop: Workshop, donor: Party, fund: str = "", amount: str = "10000.00") -> Contribution:
    """A donor's contribution in US dollars."""
    return Contribution.objects.create(
        programme=workshop.programme, donor=donor, fund=fund, kind="cash", amount=Decimal(amount), currency="USD"
    )
