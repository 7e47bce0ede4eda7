"""Pages of long lists."""

from typing import Any

import pytest
from django.contrib.admin.sites import site
from django.core.paginator import EmptyPage
from django.db.models import Count, Value
from django.db.models.functions import Concat

from accounts.pages import KeyPaginator
from config.pagination import PagePagination
from participants.models import Person
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> list[str]:
    """Seven people of whom the order by gender tells nothing; their keys from the first on."""
    rows = [builders.person(f"Person {number}", f"person{number}@ministry.example") for number in range(7)]
    return [str(row.pk) for row in sorted(rows, key=lambda row: row.pk)]


def keys(paginator: KeyPaginator) -> list[list[str]]:
    return [[str(row.pk) for row in page] for page in paginator]


def test_rows_that_are_equal_in_order_stand_on_one_page_each(people):
    assert keys(KeyPaginator(Person.objects.order_by("gender"), 3)) == [people[:3], people[3:6], people[6:]]
    assert keys(KeyPaginator(Person.objects.order_by("-gender"), 4)) == [people[:2:-1], people[2::-1]]
    assert keys(KeyPaginator(Person.objects.order_by(), 7)) == [people]


def test_an_order_of_its_own_and_one_by_key_stay(people):
    by_name = Person.objects.order_by(Concat("gender", Value("")).asc(), "-name")
    assert [row.name for row in KeyPaginator(by_name, 2).page(1)] == ["Person 6", "Person 5"]
    assert keys(KeyPaginator(Person.objects.order_by("-id"), 7)) == [people[::-1]]


def test_a_page_keeps_filters_joins_and_counts_and_asks_once(people, django_assert_num_queries):
    rows = (
        Person.objects.filter(name__gte="Person 2").select_related("organization").annotate(sent=Count("nominations"))
    )
    for size in (1, 3):
        paginator = KeyPaginator(rows.order_by("name"), size)
        assert paginator.count == 5
        with django_assert_num_queries(1):
            assert [(row.name, row.sent, row.organization) for row in paginator.page(2)][:1] == [
                (f"Person {2 + size}", 0, None)
            ]


@pytest.mark.parametrize(
    "rows",
    [
        lambda: Person.objects.order_by("name").distinct(),
        lambda: (everybody := Person.objects.order_by().all()).union(everybody).order_by("name"),
        lambda: Person.objects.order_by("name")[:9],
        lambda: list(Person.objects.order_by("name")),
    ],
    ids=["distinct", "union", "slice", "list"],
)
def test_rows_without_a_key_of_their_own_are_sliced_as_ever(people, rows: Any):
    assert [row.name for row in KeyPaginator(rows(), 3).page(2)] == ["Person 3", "Person 4", "Person 5"]


def test_there_is_no_page_after_the_last(people):
    with pytest.raises(EmptyPage):
        KeyPaginator(Person.objects.order_by("name"), 7).page(2)


def test_every_list_is_paged_so():
    assert PagePagination.django_paginator_class is KeyPaginator
    planner = [each for each in site._registry.values() if type(each).__module__.split(".")[0] != "django"]
    assert {each.paginator for each in planner} == {KeyPaginator}
