"""The activity log reads as sentences, one for every verb there is."""

import re
from datetime import UTC, datetime
from pathlib import Path

from accounts.admin.sentences import SENTENCES, sentence
from accounts.models import ActivityEntry

ROOT = Path(__file__).resolve().parents[3]
RECORDED = re.compile(r"\brecord\(\s*\"([a-z_]+)\"")


def test_every_verb_that_is_recorded_has_a_sentence() -> None:
    modules = [path for path in ROOT.glob("*/verbs/*.py") if path.parts[-3] != "tests"]
    verbs = {verb for path in modules for verb in RECORDED.findall(path.read_text())}
    assert len(verbs) > 30
    assert verbs - SENTENCES.keys() == set()


def test_an_entry_reads_as_a_sentence() -> None:
    entry = ActivityEntry(
        at=datetime(2014, 1, 6, tzinfo=UTC), actor_label="Staff", verb="open_call", subject_label="ANNEX2-AMM-001"
    )
    assert sentence(entry) == "Staff opened the call ANNEX2-AMM-001."


def test_a_verb_without_a_sentence_is_named() -> None:
    entry = ActivityEntry(at=datetime(2014, 1, 6, tzinfo=UTC), actor_label="x", verb="grow_trees", subject_label="y")
    assert sentence(entry) == "x: grow trees, y."
