"""Locks: in or out by an organizer's word."""

import pytest

from accounts.errors import Invalid, NotAllowed, Refused
from accounts.models import ActivityEntry
from participants.models import Lock
from participants.queries import locks as seen
from participants.queries.locks import locks_of
from participants.verbs.calls import close_call
from participants.verbs.candidates import Candidate
from participants.verbs.locks import lock, unlock
from participants.verbs.nominations import nominate, withdraw
from tests import builders
from tests.participants.conftest import BEFORE, DEADLINE, DECIDED
from tests.participants.test_concurrency import at_once
from tests.participants.test_rules import decide


def test_a_lock_takes_the_place_of_the_one_before(nomination, call, organizer):
    lock(nomination, "out", "Took part in Suva.", by=organizer, at=BEFORE)
    locked = lock(nomination, "in", " Host of the field trip. ", by=organizer, at=DECIDED)
    assert (locked.verdict, locked.reason, locked.set_by, locked.set_at) == (
        "in",
        "Host of the field trip.",
        organizer.user,
        DECIDED,
    )
    assert list(locks_of(call)) == [locked]
    told = ActivityEntry.objects.filter(verb="lock").order_by("at").values_list("changes", flat=True)
    assert [each["verdict"] for each in told] == ["out", "in"]


def test_a_lock_is_released_and_the_log_keeps_it(nomination, organizer):
    lock(nomination, "out", "Took part in Suva.", by=organizer, at=BEFORE)
    unlock(nomination, "It was somebody else.", by=organizer, at=DECIDED)
    assert not Lock.objects.exists()
    assert ActivityEntry.objects.get(verb="unlock").changes == {"verdict": "out", "reason": "It was somebody else."}
    with pytest.raises(Refused) as refused:
        unlock(nomination, by=organizer, at=DECIDED)
    assert refused.value.code == "not_locked"


@pytest.mark.parametrize(
    ("verdict", "reason", "code", "field"),
    [
        ("maybe", "Why", "unknown_choice", "verdict"),
        ("in", "  ", "reason_missing", "reason"),
        ("in", "x" * 501, "too_long", "reason"),
    ],
)
def test_a_lock_says_in_or_out_and_why(nomination, organizer, verdict, reason, code, field):
    with pytest.raises(Invalid) as invalid:
        lock(nomination, verdict, reason, by=organizer, at=BEFORE)
    assert (invalid.value.code, invalid.value.field) == (code, field)


def test_a_reason_for_releasing_is_short(nomination, organizer):
    lock(nomination, "in", "Host", by=organizer, at=BEFORE)
    with pytest.raises(Invalid) as invalid:
        unlock(nomination, "x" * 501, by=organizer, at=BEFORE)
    assert (invalid.value.code, Lock.objects.count()) == ("too_long", 1)


def test_organizers_alone_lock_and_see_locks(nomination, jordanian, organizer):
    locked = lock(nomination, "in", "Host", by=organizer, at=BEFORE)
    for job in (
        lambda: lock(nomination, "out", "Rival", by=jordanian, at=BEFORE),
        lambda: unlock(nomination, by=jordanian, at=BEFORE),
    ):
        with pytest.raises(NotAllowed):
            job()
    assert list(seen.visible_to(organizer.user)) == [locked]
    assert not seen.visible_to(builders.user("someone@ministry.example")).exists()


def test_what_no_longer_counts_is_not_locked(nomination, call, jordanian, organizer):
    lock(nomination, "in", "Host", by=organizer, at=BEFORE)
    withdraw(nomination, by=jordanian, at=BEFORE)
    for job in (
        lambda: lock(nomination, "out", "Gone", by=organizer, at=BEFORE),
        lambda: unlock(nomination, by=organizer, at=BEFORE),
    ):
        with pytest.raises(Refused) as refused:
            job()
        assert refused.value.code == "nomination_gone"
    assert not locks_of(call).exists()


def test_nobody_is_locked_in_without_a_signature(call, jordan, jordanian, organizer):
    call.planning_signatures = "both"
    call.save()
    waiting = nominate(
        call,
        party=jordan,
        candidate=Candidate(name="Expert", email="expert@ministry.example"),
        track="planning",
        sector="forest",
        by=jordanian,
        at=BEFORE,
    )
    with pytest.raises(Refused) as refused:
        lock(waiting, "in", "Host", by=organizer, at=BEFORE)
    assert refused.value.code == "not_submitted"
    assert lock(waiting, "out", "Took part in Suva.", by=organizer, at=BEFORE).verdict == "out"


def test_after_the_decision_nobody_is_locked(nomination, call, organizer):
    decide(call)
    for job in (
        lambda: lock(nomination, "out", "Late", by=organizer, at=DECIDED),
        lambda: unlock(nomination, by=organizer, at=DECIDED),
    ):
        with pytest.raises(Refused) as refused:
            job()
        assert refused.value.code == "already_decided"


def named(call, number, organizer):
    """A nomination of a Party of its own."""
    party = builders.party(f"ZZ{'ABC'[number]}", f"Land {number}")
    call.workshop.coverages.create(programme=call.workshop.programme, party=party)
    return nominate(
        call,
        party=party,
        candidate=Candidate(name=f"Expert {number}", email=f"expert{number}@ministry.example"),
        track="biodiversity",
        sector="forest",
        signature=builders.official(),
        by=organizer,
        at=BEFORE,
    )


@pytest.mark.parametrize("more", [0, 2])
def test_queries_of_locks(call, organizer, more, django_assert_num_queries):
    for number in range(1 + more):
        lock(named(call, number, organizer), "in", "Host", by=organizer, at=BEFORE)
    with django_assert_num_queries(1):
        assert [str(each.set_by) for each in locks_of(call)] == [str(organizer.user)] * (1 + more)


@pytest.mark.django_db(transaction=True)
def test_locks_at_once_leave_one(nomination, call, organizer):
    close_call(call, by=organizer, at=DEADLINE)
    results = at_once(
        *[lambda: lock(nomination, "in", "Host", by=organizer, at=DECIDED)] * 3,
        *[lambda: lock(nomination, "out", "Guest", by=organizer, at=DECIDED)] * 3,
    )
    assert not [each for each in results if isinstance(each, str)]
    assert Lock.objects.count() == 1
