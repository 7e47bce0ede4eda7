"""Decisions of Annex I."""

import pytest
from django.contrib.auth.models import AnonymousUser

from workshops.models import DecisionCitation, DecisionIssue
from workshops.queries import decisions

pytestmark = pytest.mark.usefixtures("annex_ii")


def test_annex_i_has_23_issues_and_58_decisions() -> None:
    assert DecisionIssue.objects.count() == 23
    assert DecisionCitation.objects.values("decision").distinct().count() == 58
    assert decisions.visible_to(AnonymousUser()).count() == 59
    uncited = decisions.visible_to(AnonymousUser()).filter(citations=None)
    assert [decision.reference for decision in uncited] == ["XI/24"]


def test_issues_stand_in_the_order_of_the_source() -> None:
    assert [issue.title["zh"] for issue in DecisionIssue.objects.all()[:2]] == ["生态系统恢复", "海洋和沿海生物多样性"]
    assert all(set(issue.title) == {"ar", "zh", "en", "fr", "ru", "es"} for issue in DecisionIssue.objects.all())


def test_a_level_word_is_marked_as_a_reading() -> None:
    """The Chinese edition has one word for goal, objective and target; the paragraphs are firm."""
    for citation in DecisionCitation.objects.all():
        claims = any(word in part for word in ("goal", "objective", "target", "目标") for part in citation.parts)
        assert claims == ("to be confirmed" in citation.note), str(citation)


@pytest.mark.parametrize(
    ("text", "references"),
    [
        ("XI/16", ["XI/16"]),
        ("xi/24", ["XI/24"]),
        ("X/2", ["X/2"]),
        ("VIII/19 B", ["VIII/19 B"]),
        ("X/29 §13", ["X/29"]),
        ("X/29 §14", []),
        ("cop 11 island", ["XI/15"]),
        ("tourism", ["VII/14"]),
        ("forêts", ["X/36", "IX/5", "VIII/19 B", "VI/22", "V/4"]),
        ("旅游业", ["VII/14"]),
        ("", []),
        ("no such thing", []),
    ],
)
def test_decisions_are_found_by_number_meeting_issue_and_paragraph(text: str, references: list[str]) -> None:
    assert [decision.reference for decision in decisions.search(text)] == references


@pytest.mark.parametrize(("paragraph", "references"), [("3 (f)", ["IX/16"]), ("72", ["X/29"]), ("7", [])])
def test_a_paragraph_fits_whole(paragraph: str, references: list[str]) -> None:
    assert [decision.reference for decision in decisions.with_paragraph(paragraph)] == references
