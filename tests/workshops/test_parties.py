"""Parties by date, by name and by region, on the reference data itself."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from tests import builders
from workshops.models import Party, PartyName, Region, RegionMembership
from workshops.queries import parties, regions

pytestmark = pytest.mark.usefixtures("annex_ii")

CALL = date(2013, 11, 1)


@pytest.mark.parametrize(
    ("day", "count"),
    [
        ("1993-12-28", 0),
        ("2013-11-01", 193),
        ("2014-05-17", 193),
        ("2014-05-18", 194),
        ("2015-04-01", 194),
        ("2015-04-02", 195),
        ("2015-05-04", 195),
        ("2015-05-05", 196),
    ],
)
def test_e18_parties_are_counted_by_date(day: str, count: int) -> None:
    assert parties.parties_on(date.fromisoformat(day)).count() == count


def test_e18_party_only_from_a_date() -> None:
    south_sudan = Party.objects.get(code="SSD")
    assert south_sudan.deposited_on == date(2014, 2, 17)
    assert parties.status_on(south_sudan, date(2014, 5, 13)) == "other"
    assert parties.status_on(south_sudan, date(2014, 5, 17)) == "other"
    assert parties.status_on(south_sudan, date(2014, 5, 18)) == "party"


def test_every_date_of_entry_into_force_follows_article_36() -> None:
    """The ninetieth day after deposit, and not before the Convention itself was in force."""
    in_force = date(1993, 12, 29)
    dates = Party.objects.exclude(deposited_on=None).values_list("code", "deposited_on", "in_force_on")
    wrong = [
        code for code, deposit, entry in dates if entry != max(in_force, (deposit or date.min) + timedelta(days=90))
    ]
    assert wrong == []
    assert list(Party.objects.filter(deposited_on=None).exclude(in_force_on=None).values_list("code", flat=True)) == [
        "MNE"
    ]
    assert Party.objects.filter(in_force_on=in_force).count() == 30


def test_e16_other_governments_are_never_parties() -> None:
    others = Party.objects.filter(in_force_on=None)
    assert {party.code for party in others} == {"USA", "VAT"}
    assert {parties.status_on(party, date(2026, 1, 1)) for party in others} == {"other"}


def test_e17_the_european_union_is_a_party_and_no_country() -> None:
    union = Party.objects.get(code="EUE")
    assert (union.kind, union.iso2, union.m49, union.memberships.count()) == ("reio", "", "", 0)
    assert parties.status_on(union, CALL) == "party"
    assert union.members.count() == 27
    assert parties.parties_on(CALL).filter(kind="state").count() == 192


@pytest.mark.parametrize(
    ("code", "day", "language", "name"),
    [
        ("SWZ", "2018-04-18", "en", "Swaziland"),
        ("SWZ", "2018-04-19", "en", "Eswatini"),
        ("SWZ", "2014-01-01", "ru", "Свазиленд"),
        ("SWZ", "2014-01-01", "zh", "斯威士兰"),
        ("CPV", "2013-10-23", "en", "Cape Verde"),
        ("CPV", "2013-11-01", "en", "Cabo Verde"),
        ("CPV", "2013-10-23", "fr", "Cap-Vert"),
        ("MKD", "2014-06-08", "en", "The former Yugoslav Republic of Macedonia"),
        ("MKD", "2019-02-14", "en", "North Macedonia"),
        ("CZE", "2014-05-12", "es", "República Checa"),
        ("CZE", "2020-01-01", "es", "Chequia"),
        ("TUR", "2022-05-31", "en", "Turkey"),
        ("TUR", "2022-06-01", "en", "Türkiye"),
        ("SRB", "2002-06-01", "en", "Yugoslavia"),
        ("SRB", "2003-02-04", "en", "Serbia and Montenegro"),
        ("SRB", "2006-06-03", "en", "Serbia"),
        ("EUE", "2009-11-30", "fr", "Communauté européenne"),
        ("NRU", "2013-11-25", "en", "Nauru"),
        ("JOR", "2014-06-08", "ar", "الأردن"),
        ("JOR", "2014-06-08", "xx", "Jordan"),
    ],
)
def test_e14_the_name_is_that_of_the_documents_date(code: str, day: str, language: str, name: str) -> None:
    assert parties.name_on(Party.objects.get(code=code), date.fromisoformat(day), language) == name


def test_names_of_a_prefetched_list_cost_no_further_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        assert len([parties.name_on(party, CALL, "fr") for party in Party.objects.prefetch_related("names")]) == 198


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Swaziland", "SWZ"),
        ("Eswatini", "SWZ"),
        ("إسواتيني", "SWZ"),
        ("اسواتيني", "SWZ"),
        ("Эсватини", "SWZ"),
        ("Lao PDR", "LAO"),
        ("République du Congo", "COG"),
        ("cote d'ivoire", "CIV"),
        ("Côte d’Ivoire", "CIV"),
        ("CAPE VERDE", "CPV"),
        ("Turkey", "TUR"),
        ("turkiye", "TUR"),
        ("Czech Republic", "CZE"),
        ("FYROM", "MKD"),
        ("Timor Leste", "TLS"),
        ("老挝", "LAO"),
        ("jor", "JOR"),
        ("EUE", "EUE"),
        ("Oman", "OMN"),
        ("American Samoa", ""),
    ],
)
def test_e14_a_party_is_found_by_any_of_its_names(text: str, code: str) -> None:
    assert [party.code for party in parties.search(text)] == ([code] if code else [])


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Congo", {"COG", "COD"}),
        ("Republic of Congo", {"COG", "COD"}),
        ("Niger", {"NER", "NGA"}),
        ("Guinea", {"GIN", "GNB", "GNQ", "PNG"}),
        ("Korea", {"KOR", "PRK"}),
        ("Dominica", {"DMA", "DOM"}),
        ("Sudan", {"SDN", "SSD"}),
        ("刚果", {"COG", "COD"}),
        ("", set()),
        (" \t", set()),
    ],
)
def test_e15_all_that_fit_are_offered_and_none_is_chosen(text: str, codes: set[str]) -> None:
    assert {party.code for party in parties.search(text)} == codes


def test_a_name_for_search_only_is_no_name_of_the_party() -> None:
    assert not PartyName.objects.filter(name="Lao PDR").exists()


@pytest.mark.parametrize(
    ("day", "count"),
    [
        ("2013-11-01", 49),
        ("2014-01-01", 48),
        ("2017-06-04", 47),
        ("2020-12-04", 46),
        ("2024-01-01", 45),
        ("2025-01-01", 44),
    ],
)
def test_e20_least_developed_countries_are_those_of_the_day(day: str, count: int) -> None:
    assert parties.in_region("ldc", date.fromisoformat(day)).count() == count


def test_e20_unknown_is_not_no() -> None:
    samoa, venezuela = Party.objects.get(code="WSM"), Party.objects.get(code="VEN")
    assert parties.is_in(samoa, "ldc", date(2013, 12, 31))
    assert not parties.is_in(samoa, "ldc", date(2014, 1, 1))
    assert parties.class_in(samoa, "income", date(2024, 1, 1)) == Region.objects.get(slug="income-lower-middle")
    assert parties.class_in(samoa, "income", date(2013, 12, 31)) is None
    assert parties.class_in(venezuela, "income", date(2024, 1, 1)) is None


def test_e21_a_region_belongs_to_a_list() -> None:
    cyprus = Party.objects.get(code="CYP")
    assert parties.is_in(cyprus, "un-group-asia-pacific", CALL)
    assert parties.is_in(cyprus, "m49-subregion-western-asia", CALL)
    assert parties.is_in(cyprus, "m49-region", CALL)
    assert not parties.is_in(cyprus, "un-group-weog", CALL)


@pytest.mark.parametrize(
    ("region", "count"),
    [
        ("un-group-africa", 54),
        ("un-group-asia-pacific", 57),
        ("un-group-eastern-europe", 23),
        ("un-group-grulac", 33),
        ("un-group-weog", 29),
        ("lldc", 32),
        ("sids", 39),
    ],
)
def test_lists_have_as_many_members_as_their_owners_say(region: str, count: int) -> None:
    assert parties.in_region(region, CALL).count() == count


def test_no_list_has_a_government_twice_on_a_day() -> None:
    for day in (CALL, date(2024, 1, 1)):
        for of_list in Region.objects.order_by().values_list("of_list", flat=True).distinct():
            codes = Counter(regions.memberships_on(of_list, day).values_list("party_id", flat=True))
            assert [code for code, times in codes.items() if times > 1] == [], of_list


def test_every_party_but_the_union_has_codes_a_place_and_six_names() -> None:
    for party in Party.objects.exclude(code="EUE"):
        assert (len(party.iso2), len(party.m49)) == (2, 3), party.code
        assert all(party.name[language] for language in ("ar", "zh", "en", "fr", "ru", "es")), party.code
        assert party.capital, party.code
        assert party.zone, party.code
    assert not RegionMembership.objects.filter(party="EUE").exists()


def test_parties_and_regions_are_public() -> None:
    anybody = AnonymousUser()
    assert parties.visible_to(anybody).count() == 198
    assert regions.visible_to(builders.user("guest@ministry.example")).count() == 41
