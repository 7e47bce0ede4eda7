"""Rows of the public nouns."""

from datetime import UTC, date, datetime

from tests import builders
from workshops.models import (
    Contribution,
    Coverage,
    Decision,
    DecisionCitation,
    DecisionIssue,
    Expectation,
    Mandate,
    Material,
    Output,
    Partner,
    Party,
    PartyName,
    Programme,
    Region,
    RegionMembership,
    Session,
    Workshop,
)
from workshops.queries.decisions import citation_index
from workshops.queries.names import searchable


def a_party(code: str, name: str, **fields: object) -> Party:
    """A Party that search finds, with an earlier name and a region."""
    party = builders.party(code, name, search_text=f" {searchable(name)} ", **fields)
    PartyName.objects.create(party=party, language="en", name=f"Old {name}", valid_to=date(2000, 1, 1))
    region, _ = Region.objects.get_or_create(slug="ldc", defaults={"of_list": "ldc", "name": {"en": "LDC"}})
    RegionMembership.objects.create(party=party, region=region, valid_from=date(1990, 1, 1), valid_to=date(2014, 1, 1))
    return party


def a_decision(reference: str, number: int) -> Decision:
    """A decision that is cited under forests, in paragraph 3 (f)."""
    decision = builders.decision(reference, number=number)
    issue, _ = DecisionIssue.objects.get_or_create(slug="forest", defaults={"title": {"en": "Forest"}, "position": 1})
    DecisionCitation.objects.create(
        decision=decision,
        issue=issue,
        paragraphs=["3 (f)"],
        parts=["annex"],
        search_text=citation_index(decision, issue, ["3 (f)"], ["annex"]),
    )
    return decision


def a_programme(slug: str, party: Party, decision: Decision, **fields: object) -> Programme:
    """A programme with one of everything a programme holds."""
    programme = builders.programme(slug, **fields)
    Mandate.objects.create(programme=programme, decision=decision, paragraph="5")
    Expectation.objects.create(programme=programme, kind="outcome", code="O1", text={"en": "National targets"})
    Partner.objects.create(programme=programme, name="FAO", role="partner")
    programme.targets.add(builders.target())
    item = programme.curriculum_items.create(code="C1", title={"en": "Aichi targets"}, text={"en": "Overview"})
    item.targets.add(builders.target())
    Coverage.objects.create(programme=programme, party=party, reason_left_out={"en": "It asked so."})
    return programme


def a_workshop(slug: str, programme: Programme) -> Workshop:
    """A workshop with a session, a material, an output and a contribution."""
    workshop = builders.workshop(slug, programme=programme, reference=f"{programme.code}-{slug}"[:40])
    session = Session.objects.create(
        workshop=workshop,
        curriculum_item=programme.curriculum_items.get(),
        title={"en": "Opening"},
        room="A",
        starts_at=datetime(2014, 6, 15, 6, tzinfo=UTC),
        ends_at=datetime(2014, 6, 15, 9, tzinfo=UTC),
    )
    Material.objects.create(
        programme=programme,
        workshop=workshop,
        session=session,
        kind="link",
        title="Quick guide",
        language="en",
        address="https://materials.example/guide",
        published_on=date(2014, 6, 1),
    )
    Output.objects.create(
        workshop=workshop, expectation=programme.expectations.get(), title="Plan", recorded_on=date(2014, 6, 19)
    )
    Contribution.objects.create(
        programme=programme,
        donor=workshop.host,
        kind="cash",
        amount="1000.50",
        currency="JPY",
        description=slug,
        earmark_workshop=workshop,
    )
    return workshop


def everything(count: int = 1) -> None:
    """So many rows of every public noun, the first ones by well-known names."""
    names = (("JOR", "Jordan"), ("EGY", "Egypt"), ("YEM", "Yemen"))
    for number, (code, name) in enumerate(names[:count]):
        party = a_party(code, name)
        decision = a_decision(f"XI/{16 + number}", 16 + number)
        slug = "annex-ii" if number == 0 else f"series-{number}"
        a_workshop(f"amman-{2014 + number}", a_programme(slug, party, decision))
        if number:
            builders.target(f"aichi-{number}", number)
            Region.objects.create(slug=f"region-{number}", of_list="sids", name={"en": f"Region {number}"})
