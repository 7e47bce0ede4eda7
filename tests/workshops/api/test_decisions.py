"""Decisions through the API."""

import pytest

from tests.api_scene import client, problem
from tests.workshops.api import rows

LIST = "/api/v1/decisions/"


@pytest.fixture(autouse=True)
def _decisions(db: None) -> None:
    rows.a_decision("XI/16", 16)
    rows.a_decision("XI/24", 24)


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("issue=forest", ["xi-16", "xi-24"]),
        ("issue=wetlands", []),
        ("meeting=11", ["xi-16", "xi-24"]),
        ("meeting=10", []),
        ("number=24", ["xi-24"]),
        ("paragraph=3 (f)", ["xi-16", "xi-24"]),
        ("paragraph=3", []),
        ("search=XI/24", ["xi-24"]),
        ("search=FOREST", ["xi-16", "xi-24"]),
    ],
)
def test_filters(query: str, slugs: list[str]):
    found = client().get(f"{LIST}?ordering=number&{query}").json()["results"]
    assert [each["slug"] for each in found] == slugs


@pytest.mark.parametrize("value", ["1.5", "-1", "99999999999999999999", "NaN", "eleven", "1e400"])
def test_numbers_that_are_none(value: str):
    assert problem(client().get(f"{LIST}?meeting={value}")) == (400, "invalid", ["meeting"])


def test_shape():
    assert client().get(f"{LIST}xi-16/").json() == {
        "slug": "xi-16",
        "reference": "XI/16",
        "meeting": 11,
        "number": 16,
        "citations": [
            {
                "issue": "forest",
                "title": {"en": "Forest"},
                "paragraphs": ["3 (f)"],
                "parts": ["annex"],
                "note": "",
            }
        ],
    }
