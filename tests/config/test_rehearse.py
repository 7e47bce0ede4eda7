"""The main job in one command: a workshop's life, twice the same, and adding up."""

import hashlib
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F, Sum

from accounts.models import User
from config.rehearsal import call as act_of_call
from config.rehearsal import play as played
from config.rehearsal.cast import SHAPES, Cast
from config.rehearsal.stage import DoesNotAddUp, Stage
from correspondence.models import Message
from participants.models import CostPart, Nomination, Person, Review, Selection
from participants.queries.selections import holders
from targets.models import Compilation
from workshops.models import Workshop

pytestmark = pytest.mark.django_db(transaction=True)

NEEDED = {
    "parties",
    "focal_points_mailed",
    "nominations",
    "selected",
    "reserves",
    "invitations",
    "accepted",
    "declined",
    "registered",
    "attended",
    "submissions",
    "target_items",
    "messages",
}


@pytest.fixture
def _seeded(db: None) -> None:
    call_command("seed", "annex-ii", verbosity=0)


def play(out: Path, *arguments: str) -> Any:
    call_command("rehearse", "--out", str(out), *arguments, skip_checks=True)
    return json.loads((out / "rehearsal.json").read_text(encoding="utf-8"))


@pytest.mark.usefixtures("_seeded")
def test_the_same_seed_gives_the_same_report_and_another_seed_another(tmp_path):
    amman = ("--workshop", "amman-2014", "--nominations", "20")
    first, second = play(tmp_path / "a", *amman), play(tmp_path / "b", *amman)
    other = play(tmp_path / "c", *amman, "--seed", "2")
    assert set(first["counts"]) >= NEEDED
    assert (first["counts"]["nominations"], first["counts"]["parties"]) == (20, 18)
    assert first["counts"] == second["counts"]
    decided = [_decided(each) for each in Selection.objects.order_by("decided_at", "id")]
    assert decided[0] == decided[1] != decided[2]
    assert {outcome for _number, outcome, _place, _points, _paid in decided[0]} >= {"selected", "reserve"}
    reports = [Path(each["report"]["json"]).read_bytes() for each in (first, second, other)]
    assert reports[0] == reports[1] != reports[2]
    assert first["digest"] == hashlib.sha256(reports[0]).hexdigest()
    assert set(first["report"]) == {"json", "xlsx", "pdf"}
    assert Path(first["report"]["pdf"]).read_bytes().startswith(b"%PDF")
    assert [step["name"] for step in first["steps"]][:2] == ["focal points imported", "focal points confirmed"]


def _decided(selection: Selection) -> list[tuple[Any, ...]]:
    """What a selection says of each nomination and who pays, by its number within the workshop."""
    return sorted(
        (
            each.nomination.reference.removeprefix(selection.call.workshop.reference),
            each.outcome,
            each.position or 0,
            each.score or 0,
            [(part.contribution.donor_id, part.amount) for part in each.parts.all()],
        )
        for each in selection.entries.select_related("nomination")
    )


@pytest.mark.usefixtures("_seeded")
def test_a_selection_is_scored_paid_for_and_approved_by_another(tmp_path):
    played = play(tmp_path, "--workshop", "suva-2013")
    counts, steps = played["counts"], [step["name"] for step in played["steps"]]
    at = steps.index("scored")
    assert steps[at : at + 3] == ["scored", "rules and budgets set", "participants selected"]
    selection = Selection.objects.get()
    assert (selection.origin, selection.state) == ("computed", "approved")
    assert (selection.proposed_label, selection.decided_label) == ("rehearsal", "rehearsal, second organizer")
    entries = selection.entries.values_list("outcome", "apart")
    assert entries.filter(outcome="selected").count() == counts["selected"]
    assert entries.filter(outcome="selected", apart=False).count() <= counts["seats"]
    placed = counts["selected"] + counts["reserves"] + counts["not_selected"]
    assert placed == selection.entries.count()
    # Parts of who gave the seat up stay on record; what holders cost is within the budgets.
    spent = CostPart.objects.filter(entry__in=holders(selection)).aggregate(total=Sum("amount"))["total"]
    assert 0 < counts["paid_for"] <= counts["selected"]
    assert 0 < spent <= counts["money"] + 1
    reviewers = User.objects.filter(role="reviewer")
    assert reviewers.count() == counts["reviewers"] == 2
    assert all(each.email.endswith(".example") and not each.has_usable_password() for each in reviewers)
    assert Review.objects.count() == counts["reviews"]
    assert not Review.objects.filter(nomination__party=F("reviewer__party")).exists()


@pytest.mark.usefixtures("_seeded")
def test_everything_adds_up_and_the_real_series_is_untouched(tmp_path):
    counts = play(tmp_path, "--workshop", "suva-2013")["counts"]
    assert counts["invitations"] == counts["accepted"] + counts["declined"]
    assert counts["selected"] + counts["promoted"] == counts["invitations"]
    assert counts["registered"] == counts["accepted"]
    assert set(counts["messages"]) == {"sent"}
    assert counts["messages"]["sent"] == Message.objects.count()
    real = Workshop.objects.filter(rehearsal_of__isnull=True)
    assert {each.stage for each in real} == {"planned"}
    assert not Nomination.objects.filter(call__workshop__in=real).exists()
    assert not Person.objects.filter(rehearsal__isnull=True).exists()
    assert not Person.objects.exclude(email="").exclude(email__endswith=".example").exists()
    assert Compilation.objects.get().sources.count() == counts["submissions_accepted"]


@pytest.mark.usefixtures("_seeded")
def test_ldn_quantities_of_the_countries_held_are_used_and_letters_of_others_wait_for_their_day(tmp_path):
    later = datetime(2031, 1, 1, tzinfo=UTC)
    Message.objects.create(
        key="other",
        kind="reserve",
        to_name="Other",
        to_address="other@ministry.example",
        created_at=later,
        due_at=later,
    )
    report = json.loads(Path(play(tmp_path, "--workshop", "amman-2014")["report"]["json"]).read_text(encoding="utf-8"))
    assert "at least 10,000 hectares" in json.dumps(report, ensure_ascii=False)


@pytest.mark.usefixtures("_seeded")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--workshop", "atlantis-2014"], "There is no workshop"),
        (["--programme", "atlantis"], "no such programme"),
        (["--nominations", "0"], "1 or more"),
        (["--nominations", "9999"], "at most"),
    ],
)
def test_what_cannot_be_played_is_said_in_one_sentence(arguments, sentence, tmp_path):
    with pytest.raises(CommandError, match=sentence):
        call_command("rehearse", "--out", str(tmp_path), *arguments, skip_checks=True)


@pytest.mark.usefixtures("_seeded")
def test_a_lost_letter_stops_the_rehearsal(tmp_path, monkeypatch):
    def call_and_lose_one(stage):
        act_of_call.call(stage)
        first = Message.objects.filter(topic=stage.workshop.reference).earliest("created_at", "id")
        Message.objects.filter(pk=first.pk).update(state="cancelled")

    acts = tuple((name, call_and_lose_one if name == "call opened" else act) for name, act in played.ACTS)
    monkeypatch.setattr(played, "ACTS", acts)
    with pytest.raises(CommandError, match=r"letters sent: \d+ found, \d+ expected"):
        call_command("rehearse", "--out", str(tmp_path), "--workshop", "suva-2013", skip_checks=True)


def test_two_counts_that_differ_are_named(db):
    stage = Stage.__new__(Stage)
    stage.workshop = Workshop(slug="amman-2014", starts_on=date(2014, 6, 8), ends_on=date(2014, 6, 12))
    with pytest.raises(DoesNotAddUp, match="amman-2014: letters: 3 found, 4 expected"):
        stage.expect("letters", 3, 4)


def test_the_cast_has_many_scripts_and_never_two_equal_addresses():
    from random import Random

    cast = Cast(Random(1))
    people = [cast.draw("JOR") for _ in range(300)]
    assert len({each.email for each in people}) == 300
    assert all(each.email.endswith(".example") for each in people)
    assert any(" " not in each.name and each.name.isascii() for each in people)
    scripts = {ord(each.name[0]) >> 8 for each in people}
    assert len(scripts) >= 7
    assert len(SHAPES) == 15
