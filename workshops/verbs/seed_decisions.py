"""Decisions with the issues of Annex I, and the global targets, from the data files."""

from typing import Any

from workshops.models import Decision, DecisionCitation, DecisionIssue, Framework, Target
from workshops.queries.decisions import citation_index
from workshops.verbs.fixtures import certain_day, day, document
from workshops.verbs.planting import Bed


def plant_decisions(bed: Bed) -> None:
    """Plant Annex I of the note: issues, decisions and where each is cited; and the decisions of the mandate."""
    annex: dict[str, list[dict[str, Any]]] = document("decisions")
    decisions = {entry["slug"]: Decision(**entry) for entry in annex["decisions"]}
    issues = [
        DecisionIssue(slug=entry["slug"], title=entry["title"], position=entry["position"]) for entry in annex["issues"]
    ]
    bed.add_missing(issues, ("slug",), ("position",))
    bed.add_missing(list(decisions.values()), ("slug",), ("reference",))
    citations = [
        _citation(decisions[entry["decision"]], issue, entry)
        for issue, row in zip(issues, annex["issues"], strict=True)
        for entry in row["citations"]
    ]
    bed.add_missing(citations, ("decision_id", "issue_id"))


def _citation(decision: Decision, issue: DecisionIssue, entry: dict[str, Any]) -> DecisionCitation:
    return DecisionCitation(
        decision_id=decision.slug,
        issue_id=issue.slug,
        paragraphs=entry["paragraphs"],
        parts=entry["parts"],
        note=entry["note"],
        search_text=citation_index(decision, issue, entry["paragraphs"], entry["parts"]),
    )


def plant_targets(bed: Bed) -> None:
    """Plant the frameworks, each with its own dates, and their targets."""
    frameworks: list[dict[str, Any]] = document("frameworks")
    bed.add_missing([_framework(entry) for entry in frameworks], ("slug",))
    bed.add_missing(
        [_target(entry, row["slug"]) for row in frameworks for entry in row["targets"]],
        ("code",),
        ("framework_id", "number"),
    )


def _framework(entry: dict[str, Any]) -> Framework:
    return Framework(
        slug=entry["slug"],
        title=entry["title"],
        adopted_on=certain_day(entry["adopted_on"]),
        due_on=day(entry["due_on"]),
        source=entry["source"],
    )


def _target(entry: dict[str, Any], framework: str) -> Target:
    return Target(**(entry | {"framework_id": framework, "due_on": day(entry["due_on"])}))
