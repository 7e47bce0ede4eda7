"""What every public noun has in common: anyone reads it, nobody writes it, practice copies stay out."""

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.actors import Actor
from tests import builders
from tests.api_scene import Scene, client, problem
from tests.workshops.api import rows

ADDRESSES = {
    "parties": "JOR",
    "regions": "ldc",
    "programmes": "annex-ii",
    "decisions": "xi-16",
    "targets": "aichi-15",
    "workshops": "amman-2014",
    "sessions": None,
    "materials": None,
    "outputs": None,
    "contributions": None,
}
QUERIES = {
    "parties": 5,
    "regions": 3,
    "programmes": 9,
    "decisions": 4,
    "targets": 2,
    "workshops": 3,
    "sessions": 2,
    "materials": 2,
    "outputs": 2,
    "contributions": 2,
}


@pytest.mark.usefixtures("public_rows")
@pytest.mark.parametrize(("noun", "key"), ADDRESSES.items())
def test_anyone_reads_the_list_and_the_one(noun: str, key: str | None):
    listed = client().get(f"/api/v1/{noun}/").json()
    assert listed["count"] == 1
    row = listed["results"][0]
    one = client().get(f"/api/v1/{noun}/{key or row['id']}/")
    assert (one.status_code, one.json()) == (200, row)


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("noun", "queries"), QUERIES.items())
def test_queries_of_the_list(noun: str, queries: int, count: int, django_assert_num_queries: DjangoAssertNumQueries):
    rows.everything(count)
    with django_assert_num_queries(queries):
        assert client().get(f"/api/v1/{noun}/").json()["count"] == count


@pytest.mark.parametrize("noun", ADDRESSES)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nobody_writes_them_here(noun: str, method: str, organizer: Actor):
    answer = getattr(client(organizer.user), method)(f"/api/v1/{noun}/", {}, format="json")
    assert problem(answer) == (405, "method_not_allowed", [])
    assert problem(getattr(client(), method)(f"/api/v1/{noun}/", {}, format="json"))[0] == 401


@pytest.mark.django_db
@pytest.mark.parametrize("noun", ["programmes", "workshops", "sessions", "materials", "outputs", "contributions"])
def test_practice_copies_are_for_organizers(noun: str, scene: Scene):
    real = builders.programme()
    practice = rows.a_programme(
        "annex-ii-practice", scene.jordan, rows.a_decision("XI/24", 24), code="PRACTICE", rehearsal_of=real
    )
    rows.a_workshop("amman-practice", practice)
    seen = scene.seen(f"/api/v1/{noun}/")
    public = 1 if noun in {"programmes", "workshops"} else 0
    assert seen.pop("organizer") == public + 1
    assert set(seen.values()) == {public}


@pytest.mark.django_db
@pytest.mark.parametrize("noun", ADDRESSES)
@pytest.mark.parametrize("key", ["nothing", "ZZZ", "0", "%00", "x" * 300, "..%2f", "%ff"])
def test_addresses_of_nothing(noun: str, key: str):
    assert client().get(f"/api/v1/{noun}/{key}/").status_code in {400, 404}
