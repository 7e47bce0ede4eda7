"""The seed of Annex II: what it plants, and that it never plants over what people changed."""

from datetime import date, datetime, timedelta
from io import StringIO
from itertools import pairwise

import pytest
from django.apps import apps
from django.core import serializers
from django.core.management import CommandError, call_command
from pytest_django import DjangoAssertNumQueries

from accounts.actors import Actor
from accounts.errors import NotFound
from accounts.models import ActivityEntry
from workshops.models import Contribution, Coverage, HostOffer, Party, Programme, Workshop
from workshops.queries.coverages import forgotten
from workshops.queries.parties import status_on
from workshops.verbs.seeds import seed

BY = Actor(label="test")


def everything() -> list[str]:
    """Every row of this floor as text, link tables included."""
    models = apps.get_app_config("workshops").get_models(include_auto_created=True)
    return [serializers.serialize("json", model._default_manager.order_by("pk")) for model in models]


def test_a_second_run_leaves_every_row_as_it_was(annex_ii: Programme, now: datetime) -> None:
    before = everything()
    again = seed("annex-ii", by=BY, at=now + timedelta(days=1))
    assert everything() == before
    assert sum(table.added for table in again) == 0
    assert ActivityEntry.objects.filter(verb="seed").count() == 1


def test_what_people_changed_stays(annex_ii: Programme, now: datetime) -> None:
    Party.objects.filter(code="JOR").update(language="en", name_en="Jordan (edited)")
    Workshop.objects.filter(slug="amman-2014").update(slug="petra-2014", city="Petra")
    Coverage.objects.filter(party="TUR").update(workshop=Workshop.objects.get(slug="petra-2014"))
    Contribution.objects.filter(donor="NOR").update(amount=100_000, currency="USD", fund="A fund")
    HostOffer.objects.filter(party="JOR").update(party="LBN", city="Beirut")
    Programme.objects.update(slug="annex-two")
    before = everything()
    assert sum(table.added for table in seed("annex-ii", by=BY, at=now)) == 0
    assert everything() == before


def test_what_is_missing_comes_back(annex_ii: Programme, now: datetime) -> None:
    annex_ii.partners.all().delete()
    Workshop.objects.get(slug="suva-2013").delete()
    added = {table.noun: table.added for table in seed("annex-ii", by=BY, at=now) if table.added}
    assert added == {"partners": 10, "workshops": 1, "coverage": 16}


@pytest.mark.django_db
def test_a_seed_takes_few_queries(now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(100):
        seed("annex-ii", by=BY, at=now)


@pytest.mark.django_db
def test_an_unknown_seed_is_refused_by_name(now: datetime) -> None:
    with pytest.raises(NotFound) as refusal:
        seed("annex-iii", by=BY, at=now)
    assert refusal.value.code == "seed_unknown"
    assert "annex-iii" in str(refusal.value)
    assert "annex-ii" in str(refusal.value)


@pytest.mark.django_db
def test_the_command_prints_its_counts() -> None:
    out = StringIO()
    call_command("seed", "annex-ii", stdout=out, skip_checks=True)
    assert "Parties: 198 added, 0 kept" in out.getvalue()
    assert "workshops: 10 added, 0 kept" in out.getvalue()


@pytest.mark.django_db
def test_the_command_ends_with_1_for_an_unknown_seed() -> None:
    with pytest.raises(CommandError, match="annex-iii") as error:
        call_command("seed", "annex-iii", skip_checks=True)
    assert error.value.returncode == 1
    assert not Party.objects.exists()


def test_every_party_of_the_time_stands_in_the_programme_once(annex_ii: Programme) -> None:
    assert annex_ii.coverages.exclude(workshop=None).count() == 194
    assert [row.party_id for row in annex_ii.coverages.filter(workshop=None)] == ["AND", "PSE"]
    assert not forgotten(annex_ii, date(2015, 5, 5)).exists()
    annex_ii.coverages.filter(party="AND").delete()
    assert [party.code for party in forgotten(annex_ii, date(2015, 5, 5))] == ["AND"]
    assert not forgotten(annex_ii, date(2014, 12, 31)).exists()


def test_e18_nobody_is_served_before_being_a_party(annex_ii: Programme) -> None:
    served = annex_ii.coverages.exclude(workshop=None).select_related("party", "workshop")
    assert [
        row.party_id for row in served if row.workshop and status_on(row.party, row.workshop.starts_on) != "party"
    ] == []
    assert served.get(party="SSD").workshop == Workshop.objects.get(slug="livingstone-2014")


def test_e17_the_union_is_served_once_and_beside_its_members(annex_ii: Programme) -> None:
    assert annex_ii.coverages.filter(party="EUE").count() == 1
    assert annex_ii.coverages.filter(party__unions="EUE").count() == 27


def test_the_ten_workshops_keep_to_the_plan(annex_ii: Programme) -> None:
    workshops = list(annex_ii.workshops.all())
    assert annex_ii.workshops_min <= len(workshops) <= annex_ii.workshops_max
    assert all(annex_ii.starts_on <= each.starts_on <= each.ends_on <= annex_ii.ends_on for each in workshops)
    assert {each.reference for each in workshops} >= {"ANNEX2-AMM", "ANNEX2-SUV"}
    for each in workshops:
        parties = each.parties.count()
        assert 2 * parties == each.seats <= each.host_offer.capacity, each.slug
        assert each.parties.filter(pk=each.host_id).exists(), each.slug
        assert each.host_offer.free_from <= each.starts_on < each.ends_on < each.host_offer.free_to, each.slug


def test_e24_no_two_workshops_are_in_one_week(annex_ii: Programme) -> None:
    weeks = [each.starts_on.isocalendar()[:2] for each in annex_ii.workshops.all()]
    assert len(set(weeks)) == 10
    assert all(
        earlier.ends_on < later.starts_on for earlier, later in pairwise(annex_ii.workshops.order_by("starts_on"))
    )


def test_the_programme_is_that_of_annex_ii(annex_ii: Programme) -> None:
    assert set(annex_ii.title) == set(annex_ii.objective) == {"ar", "zh", "en", "fr", "ru", "es"}
    assert [target.number for target in annex_ii.targets.all()] == [5, 11, 15]
    assert {(each.decision_id, each.paragraph) for each in annex_ii.mandates.all()} == {("xi-16", "5"), ("xi-24", "10")}
    assert [each.code for each in annex_ii.expectations.all()] == ["O1", "O2", "O3", "O4", "O5", "P1", "P2", "P3", "P4"]
    assert [each.code for each in annex_ii.curriculum_items.all()] == ["C1", "C2", "C3", "C4", "C5", "C6"]
    gifts = {(each.donor_id, each.fund, each.amount) for each in annex_ii.contributions.all()}
    assert gifts == {
        ("CAN", "", None), ("EUE", "", None), ("DEU", "", None), ("JPN", "Japan Biodiversity Fund", None), ("NOR", "", None),
        ("KOR", "", None),
    }  # fmt: skip
