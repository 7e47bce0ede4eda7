"""Parties, their names, the regions and who is in them, from the data files."""

from collections import defaultdict
from typing import Any

from accounts.texts import UN_LANGUAGES
from workshops.models import Party, PartyName, Region, RegionMembership
from workshops.queries.names import index
from workshops.verbs.fixtures import day, document, rows
from workshops.verbs.planting import Bed

UNION = "EUE"


def plant_parties(bed: Bed) -> None:
    """Plant Parties and other Governments, their earlier names, and the European Union's members."""
    lines = rows("parties")
    other_names = _other_names()
    created = bed.add_missing([_party(line, other_names[line["code"]]) for line in lines], ("code",))
    if any(party.code == UNION for party in created):
        members = Party.objects.filter(code__in=[line["code"] for line in lines if line["eu_member"]])
        Party.objects.get(code=UNION).members.set(members)
    bed.add_missing([_name(line) for line in rows("party_names")], ("party_id", "language", "name"))


def _other_names() -> dict[str, list[str]]:
    """Return by code the earlier names and those that are only typed: the latter are found but never claimed as names."""
    found = defaultdict(list)
    for line in (*rows("party_names"), *rows("search_names")):
        found[line["code"]].append(line["name"])
    return found


def _party(line: dict[str, str], other_names: list[str]) -> Party:
    name = {language: line[f"name_{language}"] for language in UN_LANGUAGES}
    return Party(
        **{
            column: line[column]
            for column in ("code", "iso2", "m49", "kind", "language", "formal_name", "capital", "zone")
        },
        name=name,
        name_en=name["en"],
        search_text=index((*name.values(), line["formal_name"], *other_names)),
        deposited_on=day(line["deposited_on"]),
        in_force_on=day(line["in_force_on"]),
        latitude=float(line["latitude"]),
        longitude=float(line["longitude"]),
    )


def _name(line: dict[str, str]) -> PartyName:
    return PartyName(
        party_id=line["code"],
        language=line["language"],
        name=line["name"],
        valid_from=day(line["valid_from"]),
        valid_to=day(line["valid_to"]),
    )


def plant_regions(bed: Bed) -> None:
    """Plant the lists' regions and their members; a Party that is in a region already keeps the dates it has."""
    entries: list[dict[str, Any]] = document("regions")
    bed.add_missing([_region(entry) for entry in entries], ("slug",))
    bed.add_missing([_membership(line) for line in rows("memberships")], ("region_id", "party_id"))


def _region(entry: dict[str, Any]) -> Region:
    return Region(slug=entry["slug"], of_list=entry["of_list"], parent_id=entry["parent"], name=entry["name"])


def _membership(line: dict[str, str]) -> RegionMembership:
    return RegionMembership(
        region_id=line["region"],
        party_id=line["code"],
        valid_from=day(line["valid_from"]),
        valid_to=day(line["valid_to"]),
    )
