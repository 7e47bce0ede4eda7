"""Numbers, stages and the desk's list of workshops."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from operator import attrgetter

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from accounts.actors import Actor
from accounts.errors import NotFound, Refused
from accounts.models import ActivityEntry
from tests import builders
from workshops.models import Material, Session, Workshop
from workshops.queries import contributions, curricula, host_offers, materials, outputs, sessions, workshops
from workshops.verbs.programmes import copy_for_practice
from workshops.verbs.workshops import advance, next_reference


@pytest.mark.django_db
def test_references_count_up_and_are_padded() -> None:
    workshop = builders.workshop(reference="ANNEX2-AMM")
    same = Workshop.objects.get(pk=workshop.pk)
    assert [next_reference(workshop), next_reference(same), next_reference(workshop)] == [
        "ANNEX2-AMM-001",
        "ANNEX2-AMM-002",
        "ANNEX2-AMM-003",
    ]
    Workshop.objects.update(last_number=999)
    assert next_reference(workshop) == "ANNEX2-AMM-1000"
    assert workshop.last_number == 1000


@pytest.mark.django_db
def test_a_workshop_that_is_gone_gives_no_number() -> None:
    workshop = builders.workshop()
    Workshop.objects.all().delete()
    with pytest.raises(NotFound) as refusal:
        next_reference(workshop)
    assert refusal.value.code == "workshop_unknown"


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_callers_at_once_get_different_numbers() -> None:
    workshop = builders.workshop(reference="ANNEX2-AMM")

    def ask(_: int) -> str:
        try:
            return next_reference(Workshop(pk=workshop.pk))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        given = list(pool.map(ask, range(40)))
    assert sorted(given) == [f"ANNEX2-AMM-{number:03d}" for number in range(1, 41)]


def test_a_workshop_moves_through_its_stages(organizer: Actor, now: datetime) -> None:
    workshop = builders.workshop()
    for stage in ("called", "selected", "invited", "held", "reported"):
        assert advance(workshop, stage, by=organizer, at=now) is workshop
        assert (workshop.stage, Workshop.objects.get().stage) == (stage, stage)
    assert ActivityEntry.objects.filter(verb="advance")[0].changes == {"before": "held", "stage": "reported"}


def test_a_step_that_is_not_in_the_table_is_refused_and_leaves_nothing(organizer: Actor, now: datetime) -> None:
    workshop = builders.workshop()
    with pytest.raises(Refused) as refusal:
        advance(workshop, "held", by=organizer, at=now)
    assert (refusal.value.code, refusal.value.field) == ("illegal_step", "stage")
    assert (workshop.stage, Workshop.objects.get().stage) == ("planned", "planned")
    assert not ActivityEntry.objects.exists()


def test_practice_is_for_organizers_and_its_own_people(organizer: Actor, now: datetime) -> None:
    real = builders.workshop(parties=(builders.party(),))
    copy = copy_for_practice(real.programme, by=organizer, at=now)
    practice = copy.workshops.get()
    guest, synthetic = builders.user("guest@ministry.example"), builders.user("synthetic@ministry.example")
    builders.person(email="guest@ministry.example", user=guest)
    builders.person(email="synthetic@ministry.example", user=synthetic, rehearsal=copy)
    assert set(workshops.visible_to(AnonymousUser())) == {real}
    assert set(workshops.visible_to(guest)) == {real}
    assert set(workshops.visible_to(synthetic)) == {real, practice}
    assert organizer.user is not None
    assert set(workshops.visible_to(organizer.user)) == {real, practice}


def test_drafts_and_offers_are_for_organizers(organizer: Actor, now: datetime) -> None:
    workshop = builders.workshop()
    draft = Material(title="Draft", address="https://example.org/draft")
    paper = Material(title="Paper", address="https://example.org/paper", published_on=now.date())
    for each in (draft, paper):
        each.programme, each.kind, each.language = workshop.programme, "document", "en"
        each.save()
    workshop.programme.host_offers.create(
        party=workshop.host, city="Amman", free_from="2014-06-01", free_to="2014-07-01", capacity=40
    )
    assert organizer.user is not None
    assert set(materials.visible_to(organizer.user)) == {draft, paper}
    assert set(materials.visible_to(AnonymousUser())) == {paper}
    assert host_offers.visible_to(organizer.user).count() == 1
    assert host_offers.visible_to(AnonymousUser()).count() == 0
    for noun in (contributions, curricula, outputs, sessions):
        assert noun.visible_to(AnonymousUser()).count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_the_desks_list_is_one_query(rows: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    parties = (builders.party("JOR", "Jordan"), builders.party("LBN", "Lebanon"))
    for number in range(rows):
        programme = builders.programme(f"series-{number}")
        workshop = builders.workshop(f"w{number:02d}-2014", programme=programme, parties=parties)
        for hour in (9, 11, 14):
            starts = datetime(2014, 6, 15, hour, tzinfo=UTC)
            Session.objects.create(workshop=workshop, starts_at=starts, ends_at=starts.replace(hour=hour + 1))
    counts = attrgetter("party_count", "session_count", "material_count")
    with django_assert_num_queries(1):
        listed = [counts(each) for each in workshops.with_counts(Workshop.objects.all())]
    assert listed == [(2, 3, 0)] * rows
    with django_assert_num_queries(1):
        assert workshops.at_stage(Workshop.objects.all()) == {"planned": rows}
