"""The shares of a selection, each with what it is a part of."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participants.models import Selection
from participants.queries.sector_coverage import sector_coverage
from participants.queries.shares import Spread, entries_of, percent, shares, shares_of
from tests import builders
from tests.participants.decisions import decision, groups, member, money, samoa, union

pytestmark = pytest.mark.django_db


@pytest.fixture
def jordan():
    groups()
    return member(builders.party(), "un-group-asia-pacific")


def counted(spread: Spread) -> dict[str, int]:
    return {share.value: share.count for share in spread.shares}


def again(made) -> Selection:
    """The selection as a page reads it, with its call."""
    return Selection.objects.select_related("call").get(pk=made.selection.pk)


def test_e07_gender_that_is_not_stated_stands_beside_the_shares_and_is_never_guessed(jordan):
    made = decision(jordan)
    for number in range(32):
        gender = "woman" if number < 12 else "man" if number < 29 else "other" if number < 30 else "unknown"
        made.entry(jordan, rank=None, state="withdrawn", person_gender=gender, person_name=f"Ms. Expert {number}")
    found = shares(made.selection).selected.gender
    assert counted(found) == {"woman": 12, "man": 17, "other": 1}
    assert (found.stated, found.unstated, found.people) == (30, 2, 32)
    assert [(share.label, share.of, share.percent) for share in found.shares] == [
        ("Woman", 30, 40),
        ("Man", 30, 57),
        ("Another", 30, 3),
    ]


def test_e17_the_european_union_is_a_party_and_no_country_and_in_no_region(jordan):
    eu = union()
    eu.members.add(member(builders.party("FRA", "France"), "un-group-weog"))
    made = decision(jordan, eu)
    made.entry(jordan)
    made.entry(jordan)
    made.entry(eu)
    selected = shares(made.selection).selected
    assert (selected.people, selected.countries, selected.unions) == (3, 1, 1)
    assert counted(selected.regions) == {"un-group-africa": 0, "un-group-asia-pacific": 2, "un-group-weog": 0}
    assert (selected.regions.stated, selected.regions.unstated) == (2, 1)


def test_e20_lists_are_those_of_the_day_of_the_call(jordan):
    made = decision(jordan, samoa())
    made.entry(samoa_again())
    made.entry(jordan)
    lists = shares(made.selection).selected.lists
    assert [(share.value, share.count, share.of, share.percent) for share in lists] == [
        ("ldc", 1, 2, 50),
        ("sids", 1, 2, 50),
    ]
    later = shares_of(made.made, date(2014, 1, 1)).lists
    assert [(share.value, share.count) for share in later] == [("ldc", 0), ("sids", 1)]


def samoa_again():
    return builders.party("WSM", "Samoa")


def test_e21_a_region_is_of_one_list_and_the_others_do_not_count(jordan):
    from workshops.models import Region

    Region.objects.create(slug="m49-western-asia", of_list="m49-subregion", name={"en": "Western Asia"})
    member(jordan, "m49-western-asia")
    made = decision(jordan)
    made.entry(jordan)
    assert counted(shares(made.selection).selected.regions) == {
        "un-group-africa": 0,
        "un-group-asia-pacific": 1,
        "un-group-weog": 0,
    }


def test_e04_somebody_nominated_twice_is_one_person(jordan):
    made = decision(jordan)
    first = made.nominated(jordan, sector="forest")
    made.nominated(jordan, sector="planning", who=first.person, rank=None, state="joined", joined_to=first)
    found = shares_of(made.made, date(2014, 1, 6))
    assert found.people == 1
    assert counted(found.sectors) == {"conservation": 0, "forest": 1, "agriculture": 0, "planning": 0}


def test_e16_experts_of_organizations_and_observers_stand_apart(jordan):
    holy_see = builders.party("VAT", "Holy See", in_force_on=None)
    made = decision(jordan)
    made.entry(jordan, person_gender="woman", track="planning", sector="planning")
    made.entry(None, person_gender="woman")
    made.entry(holy_see, person_gender="woman", entry_apart=True)
    made.entry(None, "reserve", entry_apart=True)
    found = shares(made.selection)
    assert (found.selected.people, counted(found.selected.gender)["woman"], found.selected.countries) == (1, 1, 1)
    assert counted(found.selected.tracks) == {"biodiversity": 0, "planning": 1}
    assert (found.apart.organizations, found.apart.observers) == (1, 1)
    assert (found.apart_reserves.organizations, found.apart_reserves.observers) == (1, 0)
    assert (found.reserves.people, found.own) == (0, 1)


def test_donors_pay_for_people_in_exact_money(jordan):
    norway = builders.party("NOR", "Norway")
    made = decision(jordan)
    fund, other = money(made.workshop, norway, "LifeWeb"), money(made.workshop, builders.party("JPN", "Japan"))
    made.entry(jordan, entry_payer=fund, entry_cost=Decimal("1200.10"))
    made.entry(jordan, entry_payer=fund, entry_cost=Decimal("1300.20"))
    made.entry(jordan, entry_payer=other, entry_cost=Decimal("0.30"))
    made.entry(samoa_again(), entry_cost=Decimal("900.00"))
    made.entry(jordan, "reserve", rank=None, state="withdrawn")
    found = shares(made.selection)
    assert [(donor.label, donor.people, donor.money, donor.currency) for donor in found.donors] == [
        ("Japan", 1, Decimal("0.30"), "USD"),
        ("Norway (LifeWeb)", 2, Decimal("2500.30"), "USD"),
    ]
    assert found.own == 1


def test_s029_sector_coverage_of_each_country(jordan):
    made = decision(jordan)
    made.entry(jordan, sector="forest")
    made.entry(jordan, "reserve", sector="planning")
    made.entry(samoa_again(), "not-selected", sector="forest")
    made.entry(None, sector="agriculture")
    rows = sector_coverage(entries_of(made.selection), ["forest", "planning"])
    assert [
        (str(row.party), [(each.label, each.nominated, each.selected, each.reserves) for each in row.sectors])
        for row in rows
    ] == [
        ("Jordan", [("Forest", 1, 1, 0), ("Planning", 1, 0, 1)]),
        ("Samoa", [("Forest", 1, 0, 0), ("Planning", 0, 0, 0)]),
    ]
    assert [[each.value for each in row.missing] for row in rows] == [["planning"], ["forest", "planning"]]


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_the_people(jordan, rows, django_assert_num_queries):
    made = decision(jordan)
    donor = money(made.workshop, builders.party("NOR", "Norway"))
    for _each in range(rows):
        made.entry(jordan, entry_payer=donor, entry_cost=Decimal(1000))
    selection = again(made)
    with django_assert_num_queries(3):
        assert shares(selection).selected.people == rows
    with django_assert_num_queries(1):
        assert len(sector_coverage(entries_of(selection), ["forest"])) == 1


def test_a_selection_of_nobody_has_shares_of_nothing(jordan):
    found = shares(decision(jordan).selection)
    assert (found.selected.people, found.selected.countries, found.donors, found.own) == (0, 0, (), 0)
    assert {share.percent for share in found.selected.gender.shares} == {None}


@given(count=st.integers(0, 10_000), others=st.integers(0, 10_000))
def test_a_share_and_the_rest_make_a_hundred_but_for_rounding(count, others):
    of = count + others
    if not of:
        assert percent(count, of) is None
        return
    one, other = percent(count, of), percent(others, of)
    assert one is not None
    assert other is not None
    assert 100 <= one + other <= 101
    assert abs(one * of - 100 * count) * 2 <= of
