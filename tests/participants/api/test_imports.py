"""The directory of focal points as a file, through the API."""

from typing import Any

from accounts.models import ActivityEntry
from documents.tables import open_table
from tests.api_scene import Scene

EXPORT = "/api/v1/focal-points/export.csv"


def test_only_organizers_take_the_directory_out(scene: Scene):
    assert scene.statuses(EXPORT) == {
        "organizer": 200,
        "integrator": 403,
        "focal_point": 403,
        "participant": 403,
        "other_focal_point": 403,
        "stranger": 403,
        "anonymous": 401,
    }


def test_the_file_is_what_an_import_takes_and_is_logged(scene: Scene):
    got: Any = scene.client("organizer").get(EXPORT, headers={"accept": "text/csv"})
    assert got["Content-Type"] == "text/csv"
    table = open_table(b"".join(got.streaming_content))
    assert (table.header[:4], len(list(table.rows))) == (("party", "kind", "name", "email"), 2)
    assert ActivityEntry.objects.get(verb="export_directory").changes == {"rows": 2, "format": "csv"}
