"""Possible duplicates in a browser: found, compared, merged and undone; on a phone, from the right, without scripts."""

import pytest
from django.utils import timezone

from accounts.actors import CLOCK
from participants.models import DuplicatePair, Merge
from participants.verbs.duplicates import find_pairs
from participants.verbs.persons import record_person
from tests import builders
from tests.e2e.conftest import PHONE, press

pytestmark = pytest.mark.e2e


@pytest.fixture
def pair(transactional_db):
    jordan = builders.party("JOR", "Jordan")
    for name, email, kind in (
        ("Mohammed Saleh", "m.saleh@ministry.example", "PA-FP"),
        ("محمد صالح", "saleh@mail.example", "FAO-FP"),
    ):
        person = record_person(name=name, email=email, by=CLOCK, at=timezone.now())
        builders.focal_point(jordan, kind, person)
    find_pairs(at=timezone.now())
    return DuplicatePair.objects.get()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_e06_the_pages_are_clean_and_fit_a_phone(language, pair, admin, clean):
    for address in ("", f"{pair.pk}/change/"):
        page = admin(f"/admin/participants/duplicatepair/{address}", language=language, size=PHONE)
        assert "محمد صالح" in page.inner_text("#content")
        clean(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_e06_an_organizer_merges_two_records_and_undoes_it(pair, admin, clean):
    page = admin("/admin/participants/duplicatepair/")
    press(page.get_by_role("link", name="Mohammed Saleh"))
    clean(page)
    press(page.get_by_role("button", name="Merge the two records"))
    clean(page)
    page.get_by_label("Mohammed Saleh").check()
    page.fill("[name=reason]", "yes")
    press(page.get_by_role("button", name="Merge 1 pair"))
    assert "at least 10 characters" in page.inner_text("#content")
    clean(page)
    page.fill("[name=reason]", "Answered our letter of 3 May")
    press(page.get_by_role("button", name="Merge 1 pair"))
    assert "1 pair merged." in page.inner_text("body")
    press(page.get_by_role("link", name="Merges", exact=True))
    press(page.get_by_role("link", name="محمد صالح"))
    clean(page)
    press(page.get_by_role("button", name="Undo the merge"))
    press(page.get_by_role("button", name="Undo 1 merge"))
    assert "1 merge undone." in page.inner_text("body")
    assert Merge.objects.get().undone_at is not None
