"""Statistics through the API: the organizers' own, in figures alone."""

import pytest

from participants.models import Person
from participants.queries.statistics_fields import FIELDS
from tests.api_scene import Scene, problem

WORKSHOP, PROGRAMME = "/api/v1/workshops/amman-2014/statistics/", "/api/v1/programmes/annex-ii/statistics/"


@pytest.mark.parametrize("address", [WORKSHOP, PROGRAMME])
def test_they_are_the_organizers(scene: Scene, address: str):
    assert scene.statuses(f"{address}?by=gender") == {
        "organizer": 200,
        "integrator": 403,
        "focal_point": 403,
        "participant": 403,
        "other_focal_point": 403,
        "stranger": 403,
        "anonymous": 401,
    }


@pytest.mark.parametrize("address", [WORKSHOP, PROGRAMME])
def test_shape(scene: Scene, address: str):
    scene.nominated(2)
    Person.objects.filter(name="Nominee One").update(gender="woman")
    found = scene.client("organizer").get(address, {"by": "gender"}).json()
    assert (found["field"], found["label"], found["people"]) == ("gender", "Gender", [2, 0, 0, 0, 0, 0])
    assert found["stages"] == ["nominated", "selected", "invited", "accepted", "registered", "attended"]
    woman, unstated = found["rows"][0], found["unstated"]
    assert (woman["value"], woman["label"], len(woman["cells"])) == ("woman", "Woman", 6)
    assert woman["cells"][0] == {"stage": "nominated", "count": 1, "of": 1, "percent": 100}
    assert unstated["cells"][0] == {"stage": "nominated", "count": 1, "of": 2, "percent": 50}
    assert unstated["cells"][1] == {"stage": "selected", "count": 0, "of": 0, "percent": None}


def test_an_unknown_field_is_refused(scene: Scene):
    organizer = scene.client("organizer")
    for by in ("shoe-size", ""):
        assert problem(organizer.get(WORKSHOP, {"by": by})) == (400, "field_unknown", ["by"])


@pytest.mark.parametrize("field", sorted(FIELDS))
def test_every_field_can_be_asked_for(scene: Scene, field: str):
    scene.nominated()
    assert scene.client("organizer").get(PROGRAMME, {"by": field}).json()["field"] == field
