"""The documentation holds: what it names exists, and what must be named in it is."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))

LINK = re.compile(r"\]\((?P<path>[^)\s#]*)(?:#(?P<fragment>[^)\s]+))?\)")
TEST = re.compile(r"`(?P<path>tests/[\w/]+\.py)::(?P<name>\w+)`")
ROW = re.compile(r"^\| (?P<id>S\d{3}) \|", re.MULTILINE)
REQUIREMENT = re.compile(r"^[a-z0-9.-]+", re.MULTILINE)
NAMED_PACKAGES = re.compile(r"^\| (?P<names>[a-z][a-z0-9., -]+) \| ", re.MULTILINE)


def _anchors(page: Path) -> set[str]:
    """Return the fragments that headings of a page answer to."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _broken(page: Path) -> list[str]:
    broken = []
    for link in LINK.finditer(page.read_text()):
        if "://" in link["path"] or link["path"].startswith("mailto:"):
            continue
        to = (page.parent / link["path"]).resolve() if link["path"] else page
        fragment = link["fragment"]
        if not to.exists() or (fragment and to.suffix == ".md" and fragment not in _anchors(to)):
            broken.append(link[0])
    return broken


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_relative_links_resolve(page: Path):
    assert _broken(page) == []


def test_a_broken_link_is_found(tmp_path: Path):
    page = tmp_path / "page.md"
    page.write_text(
        "# Only heading\n[a](gone.md) [b](#only-heading) [c](#no-such-heading) [d](https://planner.example/)\n"
    )
    assert _broken(page) == ["](gone.md)", "](#no-such-heading)"]


def test_every_test_named_in_coverage_exists():
    named = TEST.findall((DOCS / "coverage.md").read_text())
    assert named
    missing = [f"{path}::{name}" for path, name in named if name not in _functions(ROOT / path)]
    assert missing == []


def _functions(module: Path) -> set[str]:
    if not module.exists():
        return set()
    return {node.name for node in ast.walk(ast.parse(module.read_text())) if isinstance(node, ast.FunctionDef)}


def test_coverage_names_each_row_once_and_a_test_in_each():
    lines = [line for line in (DOCS / "coverage.md").read_text().splitlines() if ROW.match(line)]
    assert lines
    assert [line for line in lines if not TEST.search(line)] == []
    assert [key for key, times in Counter(line[2:6] for line in lines).items() if times > 1] == []


def test_decisions_are_numbered_once_and_without_gap():
    assert [int(page.name[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_says_its_number_context_decision_and_consequence(page: Path):
    text = page.read_text()
    assert text.startswith(f"# {int(page.name[:4])}. ")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert [each for each in headings if each in {"Context", "Decision", "Consequence"}] == [
        "Context",
        "Decision",
        "Consequence",
    ]
    assert len(text.splitlines()) < 60


def test_every_direct_dependency_has_its_reason():
    required = {
        name
        for source in (ROOT / "requirements").glob("*.in")
        for name in REQUIREMENT.findall(source.read_text())
        if not name.startswith("-")
    }
    page = (DOCS / "decisions" / "0010-dependencies.md").read_text()
    named = {name for row in NAMED_PACKAGES.findall(page) for name in row.split(", ")} - {"at run time"}
    assert named == required
