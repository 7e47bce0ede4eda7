"""The search in the decisions."""

import pytest

from tests import builders
from workshops.models import DecisionIssue
from workshops.queries.decisions import citation_index

pytestmark = pytest.mark.django_db


def cite(reference, meeting, number, issue="Forest biodiversity", paragraphs=("5",)):
    decision = builders.decision(reference, meeting, number)
    slug = issue.lower().replace(" ", "-")
    position = DecisionIssue.objects.count() + 1
    row, _ = DecisionIssue.objects.get_or_create(slug=slug, defaults={"title": {"en": issue}, "position": position})
    index = citation_index(decision, row, paragraphs, ())
    decision.citations.create(issue=row, paragraphs=list(paragraphs), search_text=index)


@pytest.fixture
def three(db):
    cite("X/36", 10, 36)
    cite("IX/5", 9, 5, paragraphs=("1 (k)", "1 (g)"))
    cite("XI/24", 11, 24, issue="Protected areas", paragraphs=("10",))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"X/36", "IX/5", "XI/24"}),
        ("?q=forest", {"X/36", "IX/5"}),
        ("?q=XI/24", {"XI/24"}),
        ("?issue=protected-areas", {"XI/24"}),
        ("?meeting=10", {"X/36"}),
        ("?number=5", {"IX/5"}),
        ("?paragraph=1+(k)", {"IX/5"}),
        ("?q=forest&meeting=11", set()),
    ],
)
def test_what_fits_is_shown(client, three, query, found):
    response = client.get(f"/decisions/{query}")
    assert response.status_code == 200
    assert {each for each in ("X/36", "IX/5", "XI/24") if f"<h2>{each}</h2>" in response.text} == found


@pytest.mark.parametrize(
    "query",
    [
        "?meeting=ten",
        "?meeting=999999999999999999999999",
        "?number=-1",
        "?number=1.5",
        "?issue=none",
        "?q=" + "x" * 200,
        "?paragraph=" + "9" * 50,
        "?page=x",
        "?page=%C2%B2",
        "?q=%00",
        "?q=%FF",
        "?q=" + "x" * 5000,
    ],
)
def test_unusable_values_are_answered_with_a_sentence(client, three, query):
    response = client.get(f"/decisions/{query}")
    assert response.status_code in {400, 414}
    assert "note-late" in response.text or "<h1>" in response.text


@pytest.mark.parametrize("page", ["0", "-1", "2", "999999999999999999999"])
def test_a_page_the_list_does_not_have_is_404(client, three, page):
    response = client.get(f"/decisions/?page={page}")
    assert response.status_code == 404
    assert "The list has 1 pages." in response.text


def test_the_part_that_changes_in_place_comes_alone(client, three):
    response = client.get("/decisions/?q=forest", headers={"hx-request": "true"})
    assert response.status_code == 200
    assert "<html" not in response.text
    assert "2 decisions" in response.text


def test_the_list_takes_the_same_queries_for_one_and_three(client, django_assert_num_queries):
    cite("X/36", 10, 36)
    with django_assert_num_queries(4):
        client.get("/decisions/")
    cite("IX/5", 9, 5)
    cite("XI/24", 11, 24, issue="Protected areas")
    with django_assert_num_queries(4):
        client.get("/decisions/")
