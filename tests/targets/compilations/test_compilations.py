import hashlib
import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import ProtectedError

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed, Refused
from correspondence.models import StoredFile
from documents.canonical import canonical_json
from targets.models import Compilation, CompilationSource
from targets.queries.compilations import visible_to
from targets.tasks import compile_requested
from targets.verbs.compilations import compile_submissions, request_compilation, retry_compilation, sweep_compilations
from targets.verbs.submissions import AreaDraft, ItemDraft, accept_submission, submit_targets
from tests import builders
from tests.targets.compilations.conftest import CODES, compiled, file_of, restore, totals


def test_a_compilation_freezes_what_is_accepted_now(accepted, issue, programme, parties, organizer, now):
    source = accepted("GHA", restore(1000), restore(250))
    submit_targets(programme, parties["JOR"], items=(restore(7),), by=organizer, at=now)
    done = issue()
    assert (done.state, done.number, done.scope, str(done)) == ("ready", 1, "programme", "ANNEX2/C1")
    assert [use.submission for use in done.sources.all()] == [source]
    assert [dossier["code"] for dossier in done.snapshot["parties"]] == ["GHA"]
    coverage = done.snapshot["coverage"]
    assert {key: coverage[key] for key in ("parties", "served", "submitted", "accepted", "waiting", "none")} == {
        "parties": 4,
        "served": 4,
        "submitted": 2,
        "accepted": 1,
        "waiting": 1,
        "none": 2,
    }
    assert [row["code"] for row in coverage["missing"]] == ["ARM", "JOR", "ZMB"]


def test_e39_totals_are_ranges_where_overlap_is_unknown(accepted, issue):
    builders.target("aichi-11", 11)
    builders.target("aichi-15", 15)
    accepted("GHA", restore(1000, global_targets=("aichi-11", "aichi-15")), restore(250, global_targets=("aichi-15",)))
    accepted("JOR", restore(70))
    done = issue()
    assert totals(done)["restore"]["hectares"]["firm"] == {"low": "1070", "high": "1320"}
    by_target = {row["code"]: row for row in done.snapshot["totals"]["global_targets"]}
    assert by_target["aichi-11"]["measures"][0]["hectares"]["all"] == {"low": "1000", "high": "1000"}
    assert by_target["aichi-15"]["measures"][0]["hectares"]["all"] == {"low": "1000", "high": "1250"}
    assert (by_target["aichi-15"]["parties"], by_target["aichi-15"]["items"]) == (1, 2)


def test_e35_and_e40_shares_are_listed_and_soft_numbers_stand_apart(accepted, issue):
    share = ItemDraft(title="Half of all", measure="restore", value=Decimal(50), unit="percent")
    accepted("ZMB", share, restore(4_000_000, bound="up-to"), restore(1000, bound="at-least"))
    total = totals(issue())["restore"]
    assert (total["items"], total["quantified"], total["added"], total["listed_only"]) == (3, 3, 2, 1)
    assert total["hectares"] == {
        "firm": {"low": "1000", "high": "1000"},
        "not_firm": {"low": "4000000", "high": "4000000"},
        "all": {"low": "4000000", "high": "4001000"},
    }


def test_e41_an_issue_never_changes_and_the_next_marks_the_revision(accepted, issue, now):
    accepted("GHA", restore(1000))
    accepted("JOR", restore(5))
    first = issue()
    pinned = first.sources.get(submission__party="GHA").submission
    accepted("GHA", restore(2000))
    second = issue()
    before = (first.digest, file_of(first, "json"))
    again: Any = Compilation.objects.get(pk=first.pk)
    assert (again.digest, file_of(again, "json")) == before
    assert again.snapshot["parties"][0]["items"][0]["hectares"] == "1000"
    marks = {dossier["code"]: (dossier["version"], dossier["revised_from"]) for dossier in second.snapshot["parties"]}
    assert (second.number, marks) == (2, {"GHA": (2, 1), "JOR": (1, None)})
    with pytest.raises(ProtectedError):
        pinned.delete()
    assert compile_submissions(first.pk, at=now) is None
    with pytest.raises(Refused):
        retry_compilation(first, by=Actor(label="clock", is_clock=True), at=now)


def test_a_newer_version_that_waits_is_said(accepted, issue, programme, parties, organizer, now):
    accepted("GHA", restore(1000))
    submit_targets(programme, parties["GHA"], items=(restore(9),), by=organizer, at=now)
    (dossier,) = issue().snapshot["parties"]
    assert (dossier["version"], dossier["newer_waiting"]) == (1, True)


def test_the_digest_is_the_sha256_of_the_json_file(accepted, issue):
    accepted("GHA", restore("882.86", areas=(AreaDraft("Bawku", {"type": "Point", "coordinates": [-0.2, 11]}),)))
    done = issue()
    data = file_of(done, "json")
    assert done.digest == hashlib.sha256(data).hexdigest()
    assert json.loads(data) == done.snapshot
    done.refresh_from_db()
    assert canonical_json(done.snapshot) == data
    assert done.snapshot["parties"][0]["items"][0]["areas"] == [
        {"name": "Bawku", "hectares_stated": None, "mapped": True}
    ]


def test_equal_content_has_an_equal_digest_in_every_practice_copy(parties, programme, workshop, organizer, now):
    digests = set()
    for name in ("one", "two"):
        copy = builders.programme(f"practice-{name}", rehearsal_of=programme, title={"en": f"Copy {name}"})
        place = builders.workshop(
            f"{name}-amman", parties=tuple(parties.values()), programme=copy, rehearsal_of=workshop, city="Elsewhere"
        )
        sent = submit_targets(copy, parties["GHA"], items=(restore(10), restore(20)), by=organizer, at=now)
        accept_submission(sent, by=organizer, at=now)
        done = compiled(request_compilation(copy, workshop=place, by=organizer, at=now), now)
        digests.add(done.digest)
        assert done.snapshot["rehearsal"] is True
        assert done.snapshot["programme"]["code"] == "ANNEX2"
        assert done.snapshot["workshop"]["city"] == "Amman"
        assert str(done.pk) not in json.dumps(done.snapshot)
    assert len(digests) == 1


def test_the_digest_of_a_known_content_is_known(accepted, issue):
    """Held literally: the same content gives these bytes on SQLite and on PostgreSQL."""
    builders.target("aichi-15", 15)
    accepted("GHA", restore("882.86", as_written="882.86 ha", due_on=date(2030, 12, 31), global_targets=("aichi-15",)))
    accepted(
        "ZMB", ItemDraft(title="استعادة 恢复 Восстановить", measure="neutral", as_written="no net loss", unit="net")
    )
    assert issue().digest == "2ed7c6e1d8881afbe4c798c69d515f5a4a5f4c6dfe558a038acae24ba54b8d73"


def test_e14_a_party_has_the_name_of_the_day(accepted, issue, parties):
    parties["JOR"].names.create(language="en", name="Transjordan", valid_to=date(2014, 6, 1))
    accepted("JOR", restore(5))
    assert issue().snapshot["parties"][0]["name"] == "Transjordan"


class TestScope:
    def test_a_workshop_counts_its_own_parties(self, accepted, issue, programme, workshop):
        builders.workshop("second", parties=(builders.party("KEN", "Kenya"),), programme=programme)
        accepted("GHA", restore(1000))
        done = issue(workshop=workshop)
        assert (done.scope, done.snapshot["coverage"]["parties"]) == ("workshop", 4)
        assert done.snapshot["workshop"]["reference"] == workshop.reference
        assert issue().snapshot["coverage"]["parties"] == 5

    def test_some_parties(self, accepted, issue, parties):
        accepted("GHA", restore(1000))
        accepted("JOR", restore(5))
        done = issue(parties=[parties["JOR"], parties["ARM"]])
        assert (done.scope, done.snapshot["coverage"]["parties"]) == ("parties", 2)
        assert [dossier["code"] for dossier in done.snapshot["parties"]] == ["JOR"]

    def test_a_scope_must_be_one_and_covered(self, programme, workshop, parties, organizer, now):
        elsewhere = builders.workshop("other", programme=builders.programme("other-series"))
        for scope, code in (
            ({"workshop": workshop, "parties": [parties["JOR"]]}, "two_scopes"),
            ({"workshop": elsewhere}, "workshop_elsewhere"),
            ({"parties": [builders.party("KEN", "Kenya")]}, "party_not_covered"),
        ):
            with pytest.raises(Invalid) as refusal:
                request_compilation(programme, **scope, by=organizer, at=now)
            assert refusal.value.code == code
        assert not Compilation.objects.exists()

    def test_only_an_organizer_asks(self, programme, now):
        with pytest.raises(NotAllowed):
            request_compilation(programme, by=Actor(label="somebody"), at=now)


class TestWorkers:
    def test_of_two_workers_one_compiles(self, programme, organizer, now):
        requested = request_compilation(programme, by=organizer, at=now)
        assert compiled(requested, now).state == "ready"
        assert compile_submissions(requested.pk, at=now) is None
        compile_requested(str(requested.pk))
        assert StoredFile.objects.count() == 3

    def test_the_claim_of_a_dead_worker_is_taken_back(self, programme, organizer, now):
        requested = request_compilation(programme, by=organizer, at=now)
        Compilation.objects.update(state="running", claimed_at=now)
        assert sweep_compilations(at=now + timedelta(minutes=14)) == 0
        assert sweep_compilations(at=now + timedelta(minutes=15)) == 1
        requested.refresh_from_db()
        assert (requested.state, requested.claimed_at) == ("requested", None)

    def test_what_costs_three_workers_their_life_fails_and_can_be_asked_for_again(self, programme, organizer, now):
        requested = request_compilation(programme, by=organizer, at=now)
        Compilation.objects.update(state="running", claimed_at=now, attempts=3)
        assert sweep_compilations(at=now + timedelta(minutes=15)) == 0
        requested.refresh_from_db()
        assert (requested.state, requested.failure) == ("failed", "The worker was lost 3 times; it may lack memory.")
        assert retry_compilation(requested, by=organizer, at=now).attempts == 0
        assert compiled(requested, now).attempts == 1

    def test_a_worker_that_lost_its_claim_freezes_nothing(self, programme, organizer, now, monkeypatch):
        requested = request_compilation(programme, by=organizer, at=now)

        def taken_back(_snapshot):
            Compilation.objects.update(claimed_at=now + timedelta(hours=1))
            return []

        monkeypatch.setattr("targets.verbs.compilations.render_reports", taken_back)
        assert compile_submissions(requested.pk, at=now) is None
        assert not CompilationSource.objects.exists()

    def test_without_fonts_it_fails_with_a_sentence_and_can_be_retried(
        self, programme, organizer, now, settings, tmp_path
    ):
        fonts, settings.FONT_DIRS = settings.FONT_DIRS, [tmp_path]
        requested = request_compilation(programme, by=organizer, at=now)
        failed = compiled(requested, now)
        assert (failed.state, failed.digest) == ("failed", "")
        assert "Amiri" in failed.failure
        settings.FONT_DIRS = fonts
        retry_compilation(failed, by=organizer, at=now)
        assert compiled(requested, now).state == "ready"


def test_who_sees_which_compilation(accepted, issue, programme, parties, organizer, now):
    accepted("GHA", restore(1000))
    issue()
    request_compilation(programme, by=organizer, at=now)
    users = {}
    for code in ("GHA", "JOR"):
        users[code] = builders.user(f"{code.lower()}@ministry.example")
        builders.focal_point(parties[code], "CHM-FP", builders.person(user=users[code]))
    integrator = builders.user("system@partner.example", role="integrator")
    seen = [visible_to(user).count() for user in (organizer.user, users["GHA"], users["JOR"], integrator)]
    assert seen == [2, 1, 0, 1]
    assert visible_to(AnonymousUser()).count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_compiling_takes_the_same_queries_for_one_and_for_three_parties(
    accepted, programme, organizer, now, count, django_assert_num_queries
):
    builders.target("aichi-15", 15)
    for code in CODES[:count]:
        accepted(code, restore(10, global_targets=("aichi-15",), areas=(AreaDraft("Here"),)))
    requested = request_compilation(programme, by=organizer, at=now)
    with django_assert_num_queries(29):
        compile_submissions(requested.pk, at=now)
