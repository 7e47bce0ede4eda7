"""The directory of a day: who stands, where nobody does, where several do, and how it came to be so."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from participants.models import FocalPoint
from participants.models.focal_points import FocalPointKind
from participants.queries.directory import Row, directory, gaps, history, overlaps, own_parties
from participants.verbs.deputies import name_deputy
from participants.verbs.focal_points import designate
from tests import builders
from workshops.models import Party

TODAY = date(2014, 1, 6)
PRIMARY, FAO = FocalPointKind.CBD_PRIMARY, FocalPointKind.FAO
pytestmark = pytest.mark.django_db


def read(rows: list[Row]) -> dict[str, list[list[str]]]:
    """The names of those who stand, by Party and kind."""
    return {row.party.pk: [[each.person.name for each in cell.standing] for cell in row.cells] for row in rows}


def test_e12_a_party_without_a_focal_point_of_the_kind_is_a_gap_that_stays_visible(cbd, fao, of_lebanon):
    rows = directory(TODAY, [PRIMARY, FAO])
    assert read(rows) == {"JOR": [["رنا العلي"], ["Omar Haddad"]], "LBN": [["Samir Khoury"], []]}
    assert [(row.party.pk, row.has_gap) for row in rows] == [("JOR", False), ("LBN", True)]
    assert [cell.gap for cell in rows[1].cells] == [False, True]
    assert [party.pk for party in gaps(TODAY, FAO)] == ["LBN"]
    assert [party.pk for party in gaps(date(2009, 12, 31), FAO)] == ["JOR", "LBN"]


def test_e12_a_deputy_alone_fills_no_gap(cbd, organizer, now):
    name_deputy(cbd, name="Layla", email="l@ministry.example", language="en", by=organizer, at=now)
    FocalPoint.objects.filter(pk=cbd.pk).update(valid_to=TODAY)
    [row] = directory(TODAY, [PRIMARY])
    assert (row.has_gap, [each.person.name for each in row.cells[0].deputies]) == (True, ["Layla"])
    assert [party.pk for party in gaps(TODAY, PRIMARY)] == ["JOR"]


def test_e10_several_who_stand_at_once_are_named_and_deputies_are_not_among_them(
    cbd, of_lebanon, jordan, organizer, now
):
    name_deputy(of_lebanon, name="Layla", email="l@ministry.example", language="en", by=organizer, at=now)
    assert overlaps(TODAY) == []
    after = builders.focal_point(
        jordan, who=builders.person("Huda", "huda@ministry.example"), valid_from=date(2013, 6, 1)
    )
    builders.focal_point(jordan, who=cbd.person, valid_from=date(2012, 1, 1))  # renewed, the same person
    assert overlaps(TODAY) == [("JOR", "CBD-FP1")]
    assert overlaps(TODAY, kinds=["FAO-FP"]) == []
    assert overlaps(date(2013, 5, 31)) == []
    [row, other] = directory(TODAY, [PRIMARY])
    assert (row.has_overlap, other.has_overlap) == (True, False)
    assert row.cells[0].standing[-1] == after


def test_who_ended_and_who_is_to_come_stay_apart(cbd, jordan, organizer, now):
    person = builders.person("Huda", "huda@ministry.example")
    after = designate(jordan, person, "CBD-FP1", valid_from=date(2014, 3, 1), succeeds=cbd, by=organizer, at=now)
    [before] = directory(TODAY, [PRIMARY])[0].cells
    assert (before.standing, before.coming, before.ended) == ([cbd], [after], [])
    [then] = directory(date(2014, 3, 1), [PRIMARY])[0].cells
    assert (then.standing, then.coming, then.ended) == ([after], [], [cbd])


def test_e16_e18_another_government_lacks_nobody_and_is_there_when_it_has_one(jordan):
    usa = builders.party("USA", "United States", in_force_on=None)
    sudan = builders.party("SSD", "South Sudan", in_force_on=date(2014, 5, 18))
    assert [row.party.pk for row in directory(TODAY, [PRIMARY])] == ["JOR"]
    builders.focal_point(usa)
    rows = directory(TODAY, [PRIMARY, FAO])
    assert [(row.party.pk, row.is_party, row.has_gap) for row in rows] == [("JOR", True, True), ("USA", False, False)]
    assert sudan in gaps(date(2014, 5, 18), PRIMARY)
    assert sudan not in gaps(date(2014, 5, 17), PRIMARY)


def test_practice_copies_have_a_directory_of_their_own(cbd, jordan):
    practice = builders.programme("practice", rehearsal_of=builders.programme())
    builders.focal_point(jordan, who=builders.person("Made Up", "m@practice.example", rehearsal=practice))
    assert read(directory(TODAY, [PRIMARY])) == {"JOR": [["رنا العلي"]]}
    assert read(directory(TODAY, [PRIMARY], rehearsal=practice)) == {"JOR": [["Made Up"]]}
    assert overlaps(TODAY) == []


@pytest.mark.parametrize("count", [1, 3])
def test_two_queries_whatever_the_number_of_parties(count: int, django_assert_num_queries: DjangoAssertNumQueries):
    for letter in "ABC"[:count]:
        party = builders.party(f"XX{letter}", f"Land {letter}")
        for kind in FocalPointKind.values:
            builders.focal_point(party, kind)
    with django_assert_num_queries(2):
        rows = directory(TODAY, list(FocalPointKind))
        assert sum(bool(cell.standing[0].person.name) for row in rows for cell in row.cells) == 16 * count


def test_a_history_tells_who_stood_and_who_recorded_it(
    cbd, jordan, organizer, now, django_assert_num_queries: DjangoAssertNumQueries
):
    person = builders.person("Huda", "huda@ministry.example")
    after = designate(
        jordan, person, "CBD-FP1", valid_from=date(2014, 1, 1), designation="MoE/12", succeeds=cbd, by=organizer, at=now
    )
    deputy = name_deputy(after, name="Layla", email="l@ministry.example", language="en", by=organizer, at=now)
    builders.focal_point(jordan, "FAO-FP")
    with django_assert_num_queries(2):
        told = history(jordan, "CBD-FP1")
    assert [(entry.mandate, entry.recorded_by, entry.recorded_at) for entry in told] == [
        (cbd, "", None),
        (after, str(organizer.user), now),
        (deputy, str(organizer.user), now),
    ]
    assert [entry.mandate.designation for entry in told] == ["", "MoE/12", ""]


def test_a_focal_point_sees_who_stands_for_the_own_party_alone(
    cbd, fao, of_lebanon, jordan: Party, django_assert_num_queries: DjangoAssertNumQueries
):
    practice = builders.programme("practice", rehearsal_of=builders.programme())
    made_up = builders.focal_point(jordan, who=builders.person("Made Up", "m@practice.example", rehearsal=practice))
    builders.focal_point(jordan, "CHM-FP", valid_to=date(2013, 1, 1))
    with django_assert_num_queries(1):
        [own] = own_parties(cbd.person, TODAY)
    assert (own.party, list(own.held), list(own.colleagues)) == (jordan, [cbd], [cbd, fao])
    [practised] = own_parties(made_up.person, TODAY)
    assert list(practised.colleagues) == [made_up]
    assert own_parties(cbd.person, date(2009, 1, 1)) == []
