"""A programme with its workshops, from a pair of data files."""

from typing import Any

from django.db.models import Q

from workshops.models import (
    Contribution,
    Coverage,
    CurriculumItem,
    Expectation,
    HostOffer,
    Mandate,
    Partner,
    Programme,
    Workshop,
)
from workshops.models.host_offers import HostOfferState
from workshops.verbs.fixtures import certain_day, document
from workshops.verbs.planting import Bed

PLAIN = (
    "slug", "code", "title", "objective", "participants_rule", "method", "workshops_min", "workshops_max",
    "seats_per_party_min", "seats_per_party_max",
)  # fmt: skip
WORKSHOP_PLAIN = (
    "slug", "reference", "title", "city", "venue", "zone", "latitude", "longitude", "languages", "seats",
)  # fmt: skip


def plant_programme(bed: Bed, name: str) -> Programme:
    """Plant the programme of ``fixtures/<name>.json`` and the workshops of ``fixtures/<name>-workshops.json``."""
    entry: dict[str, Any] = document(name)
    programme = _plant_itself(bed, entry)
    _plant_definition(bed, programme, entry)
    _plant_contributions(bed, programme, entry)
    plans: list[dict[str, Any]] = document(f"{name}-workshops")
    workshops = _plant_workshops(bed, programme, plans)
    _plant_coverage(bed, programme, entry, plans, workshops)
    _plant_host_offers(bed, programme, plans, workshops)
    return programme


def _plant_itself(bed: Bed, entry: dict[str, Any]) -> Programme:
    row = Programme(
        **{column: entry[column] for column in PLAIN},
        starts_on=certain_day(entry["starts_on"]),
        ends_on=certain_day(entry["ends_on"]),
    )
    for created in bed.add_missing([row], ("slug",), ("code",)):
        created.targets.set(entry["targets"])
    return Programme.objects.get(Q(slug=row.slug) | Q(code=row.code))


def _plant_definition(bed: Bed, programme: Programme, entry: dict[str, Any]) -> None:
    mandates = [
        Mandate(programme=programme, decision_id=each["decision"], paragraph=each["paragraph"])
        for each in entry["mandates"]
    ]
    bed.add_missing(mandates, ("programme_id", "decision_id", "paragraph"))
    bed.add_missing(
        [Expectation(programme=programme, **each) for each in entry["expectations"]], ("programme_id", "code")
    )
    bed.add_missing([Partner(programme=programme, **each) for each in entry["partners"]], ("programme_id", "name"))
    targets = {each["code"]: each["targets"] for each in entry["curriculum"]}
    items = [
        CurriculumItem(programme=programme, code=each["code"], title=each["title"], text=each["text"])
        for each in entry["curriculum"]
    ]
    for item in bed.add_missing(items, ("programme_id", "code")):
        item.targets.set(targets[item.code])


def _plant_contributions(bed: Bed, programme: Programme, entry: dict[str, Any]) -> None:
    """Plant one contribution a donor: whoever has one already, as a person recorded it, gets no second one."""
    rows = [
        Contribution(
            programme=programme, donor_id=each["donor"], fund=each["fund"], kind=each["kind"], source=each["source"]
        )
        for each in entry["contributions"]
    ]
    bed.add_missing(rows, ("programme_id", "donor_id"))


def _plant_workshops(bed: Bed, programme: Programme, plans: list[dict[str, Any]]) -> dict[str, Workshop]:
    """Return the workshop of each plan, found by its slug or, when a person changed that, by its reference."""
    bed.add_missing([_workshop(programme, plan) for plan in plans], ("slug",), ("reference",))
    by_slug = {each.slug: each for each in programme.workshops.all()}
    by_reference = {each.reference: each for each in by_slug.values()}
    return {plan["slug"]: by_slug.get(plan["slug"]) or by_reference[plan["reference"]] for plan in plans}


def _workshop(programme: Programme, plan: dict[str, Any]) -> Workshop:
    return Workshop(
        programme=programme,
        host_id=plan["host"],
        starts_on=certain_day(plan["starts_on"]),
        ends_on=certain_day(plan["ends_on"]),
        **{column: plan[column] for column in WORKSHOP_PLAIN},
    )


def _plant_coverage(
    bed: Bed, programme: Programme, entry: dict[str, Any], plans: list[dict[str, Any]], workshops: dict[str, Workshop]
) -> None:
    served = [
        Coverage(programme=programme, party_id=code, workshop=workshops[plan["slug"]])
        for plan in plans
        for code in plan["parties"]
    ]
    left_out = [
        Coverage(programme=programme, party_id=each["party"], reason_left_out=each["reason"])
        for each in entry["left_out"]
    ]
    bed.add_missing(served + left_out, ("programme_id", "party_id"))


def _plant_host_offers(
    bed: Bed, programme: Programme, plans: list[dict[str, Any]], workshops: dict[str, Workshop]
) -> None:
    """Plant the accepted offer behind each workshop; a workshop that has one, or a host that made one, gets no second."""
    offers = [
        HostOffer(
            programme=programme,
            party_id=plan["host"],
            city=plan["city"],
            free_from=certain_day(plan["host_offer"]["free_from"]),
            free_to=certain_day(plan["host_offer"]["free_to"]),
            capacity=plan["host_offer"]["capacity"],
            covers=plan["host_offer"]["covers"],
            state=HostOfferState.ACCEPTED,
            workshop=workshops[plan["slug"]],
        )
        for plan in plans
    ]
    bed.add_missing(offers, ("workshop_id",), ("programme_id", "party_id"))
