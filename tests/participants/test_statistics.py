"""Statistics by any field, from the nomination to the attendance; people are counted, not rows."""

from datetime import date, timedelta
from typing import Any

import pytest

from participants.models import Attendance, Endorsement, Invitation, Nomination, Registration
from participants.queries.statistics import Table, table
from participants.queries.statistics_fields import FIELDS
from tests import builders
from tests.participants.decisions import CLOSED, DECIDED, OPENED, Decision, decision, groups, member, samoa, union

pytestmark = pytest.mark.django_db


@pytest.fixture
def jordan():
    groups()
    return member(builders.party(), "un-group-asia-pacific")


def invited(nomination: Nomination, state: str = "accepted") -> Invitation:
    Nomination.objects.filter(pk=nomination.pk).update(state="selected")
    answered = DECIDED if state in {"accepted", "declined"} else None
    due = DECIDED + timedelta(days=30)
    return Invitation.objects.create(
        nomination=nomination, state=state, invited_at=DECIDED, respond_by=due, responded_at=answered
    )


def registered(nomination: Nomination, **facts: Any) -> Registration:
    return Registration.objects.create(
        invitation=invited(nomination),
        badge_name="Badge",
        begun_at=DECIDED,
        registered_at=DECIDED,
        changed_at=DECIDED,
        **facts,
    )


def present(registration: Registration, days: int = 1) -> None:
    for day in range(days):
        Attendance.objects.create(
            registration=registration, day=date(2014, 6, 15 + day), recorded_at=DECIDED + timedelta(days=80)
        )


def counts(found: Table) -> dict[str, list[int]]:
    """The people of each stage by value; under "" who has none."""
    return {row.value: [cell.count for cell in row.cells] for row in (*found.rows, found.unstated)}


def by(made: Decision, field: str) -> dict[str, list[int]]:
    return counts(table(made.workshop, FIELDS[field]))


def test_each_stage_counts_those_who_came_so_far(jordan):
    made = decision(jordan)
    nominated = [made.nominated(jordan, person_gender="woman") for _each in range(3)]
    made.nominated(jordan, person_gender="woman", rank=None, state="withdrawn")
    invited(nominated[1], "declined")
    present(registered(nominated[2]), days=5)
    found = table(made.workshop, FIELDS["gender"])
    assert [str(stage.label) for stage in found.stages] == [
        "Nominated", "Selected", "Invited", "Accepted", "Registered", "Attended",
    ]  # fmt: skip
    assert counts(found) == {
        "woman": [3, 2, 2, 1, 1, 1],
        "man": [0, 0, 0, 0, 0, 0],
        "other": [0, 0, 0, 0, 0, 0],
        "": [0, 0, 0, 0, 0, 0],
    }
    assert found.people == (3, 2, 2, 1, 1, 1)


def test_e07_not_stated_is_a_row_of_its_own_and_no_part_of_the_shares(jordan):
    made = decision(jordan)
    for gender in ("woman", "man", "unknown"):
        made.nominated(jordan, person_gender=gender)
    found = table(made.workshop, FIELDS["gender"])
    first = [(row.label, row.cells[0].count, row.cells[0].of, row.cells[0].percent) for row in found.rows]
    assert first == [("Woman", 1, 2, 50), ("Man", 1, 2, 50), ("Another", 0, 2, 0)]
    unstated = found.unstated
    assert (unstated.label, unstated.cells[0].count, unstated.cells[0].of) == ("Not stated", 1, 3)
    assert unstated.cells[5].percent is None


def test_e17_the_european_union_is_no_country(jordan):
    made = decision(jordan, union())
    made.nominated(jordan)
    made.nominated(union())
    made.nominated(None)
    assert by(made, "government") == {"state": [1, *[0] * 5], "reio": [1, *[0] * 5], "": [1, *[0] * 5]}
    assert by(made, "ldc") == {"on": [0] * 6, "off": [1, *[0] * 5], "": [2, *[0] * 5]}
    assert [row.label for row in table(made.workshop, FIELDS["party"]).rows] == ["European Union", "Jordan"]


def test_e20_lists_are_those_of_the_day_of_each_call(jordan):
    made = decision(jordan, samoa())
    made.nominated(builders.party("WSM"))
    assert by(made, "ldc")["on"][0] == 1
    made.call.opened_at = OPENED + timedelta(days=60)
    made.call.save()
    assert by(made, "ldc") == {"on": [0] * 6, "off": [1, *[0] * 5], "": [0] * 6}
    assert by(made, "sids")["on"][0] == 1


def test_e21_each_list_of_regions_is_a_field_of_its_own(jordan):
    from workshops.models import Region

    Region.objects.create(slug="m49-western-asia", of_list="m49-subregion", name={"en": "Western Asia"})
    member(jordan, "m49-western-asia")
    made = decision(jordan, union())
    made.nominated(jordan)
    made.nominated(union())
    none = [0] * 6
    assert by(made, "un-group") == {
        "un-group-africa": none, "un-group-asia-pacific": [1, *none[1:]], "un-group-weog": none, "": [1, *none[1:]],
    }  # fmt: skip
    assert by(made, "m49-subregion") == {"m49-western-asia": [1, *none[1:]], "": [1, *none[1:]]}


def test_e04_a_joined_nomination_counts_once(jordan):
    made = decision(jordan)
    first = made.nominated(jordan, sector="forest")
    made.nominated(jordan, sector="planning", who=first.person, rank=None, state="joined", joined_to=first)
    assert {value: row[0] for value, row in by(made, "sector").items()} == {
        "conservation": 0, "forest": 1, "agriculture": 0, "planning": 0, "": 0,
    }  # fmt: skip
    found = table(made.workshop, FIELDS["state"])
    assert {row.value: row.cells[0].count for row in found.rows if row.cells[0].count} == {"submitted": 1, "joined": 1}
    assert found.people[0] == 1


def test_a_person_at_two_workshops_is_one_over_the_programme_and_practice_is_not_mixed_in(jordan):
    made = decision(jordan)
    nomination = made.nominated(jordan)
    for slug, programme in (
        ("beirut-2014", made.workshop.programme),
        ("copy", builders.programme("copy", code="COPY")),
    ):
        other = builders.workshop(slug, programme=programme)
        call = other.calls.create(
            symbol=slug, opened_at=OPENED, deadline_at=CLOSED, deadline_zone="UTC", seats_per_party=3, state="closed"
        )
        Decision(other, call, made.selection).nominated(jordan, who=nomination.person, track="planning")
    found = table(made.workshop.programme, FIELDS["track"])
    assert {row.value: row.cells[0].count for row in found.rows} == {"biodiversity": 1, "planning": 1}
    assert found.people[0] == 1


def test_both_signatures_of_one_nomination_are_told(jordan):
    made = decision(jordan)
    signed, _unsigned = made.nominated(jordan), made.nominated(jordan)
    for channel in ("cbd", "fao"):
        Endorsement.objects.create(
            nomination=signed, channel=channel, official="Minister", letter_date=date(2014, 1, 2), signed_at=DECIDED
        )
    assert {value: row[0] for value, row in by(made, "channel").items()} == {"cbd": 1, "fao": 1, "": 1}


def test_nationality_and_residence_are_known_of_the_registered_alone(jordan):
    made = decision(jordan)
    lebanon = builders.party("LBN", "Lebanon")
    present(registered(made.nominated(jordan), nationality=lebanon, residence=jordan), days=2)
    registered(made.nominated(jordan))
    made.nominated(jordan)
    found = table(made.workshop, FIELDS["nationality"])
    assert [str(stage) for stage in found.stages] == ["registered", "attended"]
    assert counts(found) == {"LBN": [1, 1], "": [1, 0]}
    assert by(made, "residence") == {"JOR": [1, 1], "": [1, 0]}


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("late", {"on": 1, "off": 1, "": 0}),
        ("rank", {"1": 1, "": 1}),
        ("organization", {"government": 0, "international": 0, "regional": 1, "civil": 0, "": 1}),
        ("language", {"ar": 1, "zh": 0, "en": 0, "fr": 0, "ru": 0, "es": 0, "": 1}),
        ("track", {"biodiversity": 2, "planning": 0, "": 0}),
        ("party", {"JOR": 1, "": 1}),
    ],
)
def test_every_other_field(jordan, field, expected):
    jordan.language = "ar"
    jordan.save()
    made = decision(jordan)
    made.nominated(jordan, late=True)
    made.nominated(None)
    assert {value: row[0] for value, row in by(made, field).items()} == expected


@pytest.mark.parametrize("field", sorted(FIELDS))
def test_values_and_the_unstated_make_up_everybody(jordan, field):
    """Where nobody has two values or two nominations, the rows add up to the people of each stage."""
    made = decision(jordan, samoa(), union())
    for place, party in enumerate((jordan, jordan, builders.party("WSM"), union(), None)):
        nomination = made.nominated(party, person_gender=("woman", "unknown")[place % 2], late=place == 1)
        if place < 3:
            present(registered(nomination, nationality=jordan if place else None))
    found = table(made.workshop, FIELDS[field])
    sums = tuple(
        sum(row.cells[place].count for row in (*found.rows, found.unstated)) for place in range(len(found.stages))
    )
    assert sums == found.people
    assert found.people[-2:] == (3, 3)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("field", "queries"), [("gender", 2), ("ldc", 2), ("party", 3), ("un-group", 3)])
def test_queries_do_not_grow_with_the_people(jordan, rows, field, queries, django_assert_num_queries):
    made = decision(jordan)
    for number in range(rows):
        present(registered(made.nominated(builders.party(f"XX{'ABC'[number]}", f"Land {number}"))))
    with django_assert_num_queries(queries):
        assert table(made.workshop, FIELDS[field]).people[0] == rows
