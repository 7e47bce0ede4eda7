"""Copying a programme for practice."""

from datetime import date, datetime, timedelta

import pytest

from accounts.actors import Actor
from accounts.errors import Invalid, Refused
from accounts.models import ActivityEntry
from workshops.models import Contribution, Programme, Workshop
from workshops.verbs.programmes import copy_for_practice

CHOSEN = ("amman-2014", "kingston-2014")


def test_a_practice_copy_has_all_that_defines_the_programme(
    annex_ii: Programme, organizer: Actor, now: datetime
) -> None:
    copy = copy_for_practice(annex_ii, by=organizer, at=now)
    assert (copy.slug, copy.code, copy.rehearsal_of) == ("annex-ii-practice-1", "ANNEX2-R1", annex_ii)
    assert (copy.title, copy.objective, copy.starts_on) == (annex_ii.title, annex_ii.objective, annex_ii.starts_on)
    for noun in ("mandates", "expectations", "partners", "curriculum_items", "contributions", "coverages", "workshops"):
        assert getattr(copy, noun).count() == getattr(annex_ii, noun).count() > 0, noun
    assert set(copy.targets.all()) == set(annex_ii.targets.all())
    pairs = zip(annex_ii.curriculum_items.all(), copy.curriculum_items.all(), strict=True)
    assert all(set(real.targets.all()) == set(twin.targets.all()) for real, twin in pairs)
    assert ActivityEntry.objects.get(verb="copy_for_practice").changes["source"] == "annex-ii"


def test_its_workshops_start_afresh(annex_ii: Programme, organizer: Actor, now: datetime) -> None:
    Workshop.objects.filter(slug="amman-2014").update(stage="held", last_number=36)
    real = Workshop.objects.get(slug="amman-2014")
    twin = copy_for_practice(annex_ii, by=organizer, at=now).workshops.get(rehearsal_of=real)
    assert (twin.slug, twin.reference) == ("amman-2014-practice-1", "ANNEX2-R1-AMM")
    assert (twin.stage, twin.last_number) == ("planned", 0)
    assert (twin.starts_on, twin.seats, twin.zone) == (real.starts_on, real.seats, real.zone)
    assert set(twin.parties.all()) == set(real.parties.all())


def test_the_real_programme_stays_as_it_was(annex_ii: Programme, organizer: Actor, now: datetime) -> None:
    before = (list(annex_ii.workshops.values()), list(annex_ii.coverages.values()), Programme.objects.values().get())
    copy_for_practice(annex_ii, by=organizer, at=now)
    assert before == (
        list(annex_ii.workshops.values()),
        list(annex_ii.coverages.values()),
        Programme.objects.values().get(slug="annex-ii"),
    )


def test_copies_count_up(annex_ii: Programme, organizer: Actor, now: datetime) -> None:
    copies = [copy_for_practice(annex_ii, only=["amman-2014"], by=organizer, at=now) for _ in range(2)]
    assert [copy.code for copy in copies] == ["ANNEX2-R1", "ANNEX2-R2"]
    copies[0].workshops.all().delete()
    copies[0].delete()
    assert copy_for_practice(annex_ii, only=["amman-2014"], by=organizer, at=now).slug == "annex-ii-practice-3"


def test_only_the_chosen_workshops_come_along(annex_ii: Programme, organizer: Actor, now: datetime) -> None:
    copy = copy_for_practice(annex_ii, only=CHOSEN, by=organizer, at=now)
    assert [each.slug for each in copy.workshops.all()] == ["amman-2014-practice-1", "kingston-2014-practice-1"]
    assert copy.coverages.exclude(workshop=None).count() == 18 + 14
    assert copy.coverages.filter(workshop=None).count() == 2


def test_all_dates_move_together(annex_ii: Programme, organizer: Actor, now: datetime) -> None:
    copy = copy_for_practice(annex_ii, only=CHOSEN, first_day=date(2027, 3, 7), by=organizer, at=now)
    moved = date(2027, 3, 7) - date(2014, 6, 8)
    starts = [each.starts_on for each in copy.workshops.all()]
    assert starts == [date(2027, 3, 7), date(2014, 9, 15) + moved]
    assert all(each.ends_on - each.starts_on == timedelta(days=4) for each in copy.workshops.all())
    assert (copy.starts_on, copy.ends_on) == (annex_ii.starts_on + moved, annex_ii.ends_on + moved)


def test_money_for_one_workshop_follows_it_or_stays(annex_ii: Programme, organizer: Actor, now: datetime) -> None:
    amman, suva = (Workshop.objects.get(slug=slug) for slug in ("amman-2014", "suva-2013"))
    Contribution.objects.filter(donor="NOR").update(earmark_workshop=amman)
    Contribution.objects.filter(donor="JPN").update(earmark_workshop=suva)
    copy = copy_for_practice(annex_ii, only=CHOSEN, by=organizer, at=now)
    marks = {each.donor_id: each.earmark_workshop for each in copy.contributions.select_related("earmark_workshop")}
    assert set(marks) == {"CAN", "EUE", "DEU", "NOR", "KOR"}
    assert marks["NOR"] == copy.workshops.get(rehearsal_of=amman)


@pytest.mark.parametrize(("only", "code"), [(["nowhere-2014"], "unknown_workshop"), ([], "no_workshop")])
def test_a_choice_that_cannot_be_met_leaves_nothing(
    annex_ii: Programme, organizer: Actor, now: datetime, only: list[str], code: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        copy_for_practice(annex_ii, only=only, by=organizer, at=now)
    assert (refusal.value.code, refusal.value.field) == (code, "only")
    assert Programme.objects.count() == 1


def test_a_practice_copy_is_not_copied(annex_ii: Programme, organizer: Actor, now: datetime) -> None:
    copy = copy_for_practice(annex_ii, only=CHOSEN, by=organizer, at=now)
    with pytest.raises(Refused) as refusal:
        copy_for_practice(copy, by=organizer, at=now)
    assert refusal.value.code == "already_practice"
