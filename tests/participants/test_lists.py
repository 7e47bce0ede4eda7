"""Lists of nominations: paged, filtered and searched, with as many queries for three rows as for one."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.sites import site
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from participants.models import Nomination
from participants.queries.nominations import visible_to
from tests import builders
from tests.api_scene import Scene, scene, then
from tests.conftest import NOW
from workshops.models import Party, Workshop

__all__ = ["scene", "then"]

ADMIN = "/admin/participants/nomination/"
API = "/api/v1/nominations/"
PAGES = [
    "",
    "?state__exact=submitted",
    "?q=nominee",
    "?q=%22nominee%22+ministry",
    f"?submitted_at__year={NOW.year}",
    "?p=2",
    "?o=2",
]
LISTS = ["", "?state=submitted", "?search=nominee", "?ordering=-state", "?page=2"]


@pytest.fixture
def desk(client: Client, db: None) -> Client:
    """An organizer's browser."""
    client.force_login(builders.user("desk@secretariat.example", role="organizer", is_staff=True))
    return client


@pytest.fixture
def single(monkeypatch: pytest.MonkeyPatch) -> None:
    """One row a page, so that a second page is there."""
    monkeypatch.setattr(site._registry[Nomination], "list_per_page", 1)
    monkeypatch.setattr("config.pagination.PagePagination.page_size", 1)


def add(scene: Scene, *numbers: int) -> None:
    """Write nominations of Egypt, numbered by the Party's rank."""
    for number in numbers:
        Nomination.objects.create(
            reference=f"{scene.call.workshop.reference}-{90 + number}",
            call=scene.call,
            party=scene.egypt,
            person=builders.person(
                f"Nominee José {number}", f"Jose.{number}@Ministry.example", search_text=f" nominee jose {number} "
            ),
            track="biodiversity",
            sector="forest",
            rank=number,
            submitted_at=NOW,
        )


def queries(get: Any, address: str) -> int:
    """How many questions a page asks the database, once it is warm."""
    get(address)
    with CaptureQueriesContext(connection) as seen:
        assert get(address).status_code == 200
    return len(seen)


def names(desk: Client, **given: str) -> list[str]:
    """The names on a page of the admin."""
    return [row.person.name for row in desk.get(ADMIN, given).context["cl"].result_list]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_of_the_admin_asks_as_much_for_three_rows_as_for_one(
    address: str, scene: Scene, desk: Client, single: None
) -> None:
    paged = "p=" in address
    add(scene, *(1, 2)[: 1 + paged])
    few = queries(desk.get, ADMIN + address)
    add(scene, *(2, 3)[paged:])
    assert queries(desk.get, ADMIN + address) == few


@pytest.mark.parametrize("role", ["organizer", "other_focal_point"])
@pytest.mark.parametrize("address", LISTS)
def test_a_page_of_the_api_asks_as_much_for_three_rows_as_for_one(
    address: str, role: str, scene: Scene, single: None
) -> None:
    paged = "page=" in address
    add(scene, *(1, 2)[: 1 + paged])
    get = scene.client(role).get
    few = queries(get, API + address)
    add(scene, *(2, 3)[paged:])
    assert queries(get, API + address) == few
    assert get(API + address).json()["count"] == 3


def test_the_admin_shows_the_newest_first_and_the_api_the_oldest(scene: Scene, desk: Client) -> None:
    add(scene, 1, 2)
    Nomination.objects.filter(rank=1).update(submitted_at=NOW + timedelta(days=1))
    assert names(desk) == ["Nominee José 1", "Nominee José 2"]
    rows = scene.client("organizer").get(API).json()["results"]
    assert [row["rank"] for row in rows] == [2, 1]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("jose -92", [2]),
        ("JOSÉ", [1, 2]),
        ('"josé 1"', [1]),
        ("'2 jose'", []),
        ("jose.1@ministry", [1]),
        ("-92", [2]),
        ("egypt", [1, 2]),
        ("egy jose -92", [2]),
        ("eg", [1, 2]),
        ("jordan", []),
        ("jose %", []),
        ('"', []),
    ],
)
def test_e02_words_are_found_in_names_addresses_references_and_parties(
    words: str, numbers: list[int], scene: Scene, desk: Client
) -> None:
    Party.objects.filter(pk="EGY").update(search_text=" egypt ")
    add(scene, 1, 2)
    assert sorted(names(desk, q=words)) == [f"Nominee José {number}" for number in numbers]


def test_days_are_offered_where_nobody_searches_and_where_somebody_chose_one(scene: Scene, desk: Client) -> None:
    add(scene, 1)
    for given, offered in (
        ({}, True),
        ({"q": "jose"}, False),
        ({"q": "jose", "submitted_at__year": str(NOW.year)}, True),
    ):
        page = desk.get(ADMIN, given)
        assert (page.context["cl"].date_hierarchy is not None) is offered
        assert ("change-list-dates" in page.content.decode() or "toplinks" in page.content.decode()) is offered
        assert len(page.context["cl"].result_list) == 1


def test_a_focal_point_of_a_practice_copy_sees_each_row_once(scene: Scene) -> None:
    practice = builders.programme("practice", rehearsal_of=scene.call.workshop.programme)
    Workshop.objects.filter(pk=scene.call.workshop_id).update(programme=practice)
    user = builders.user("synthetic@people.example")
    person = builders.person("Synthetic", "synthetic@ministry.example", user=user, rehearsal=practice)
    builders.focal_point(scene.egypt, "CBD-FP2", person)
    for number in range(3):
        builders.person(f"Other {number}", f"other{number}@ministry.example", rehearsal=practice)
    add(scene, 1, 2)
    Nomination.objects.filter(rank=1).update(person=person)
    assert [row.rank for row in visible_to(user).order_by("rank")] == [1, 2]
    assert visible_to(user).count() == 2
