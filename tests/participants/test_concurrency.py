"""Two people at once: limits and single steps hold on SQLite and on PostgreSQL."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from accounts.actors import Actor
from accounts.errors import Refused
from correspondence.models import Message
from participants.models import Dispute, Invitation, Nomination
from participants.verbs.candidates import Candidate
from participants.verbs.endorsements import endorse
from participants.verbs.invitations import accept, decline, invite
from participants.verbs.logistics import send_logistics_note
from participants.verbs.nominations import nominate, withdraw
from participants.verbs.postponements import postpone_workshop
from participants.verbs.ranks import rerank
from participants.verbs.visas import support_visa
from tests import builders
from tests.participants.conftest import BEFORE, DECIDED, RESPOND_BY

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs):
    """Run jobs in threads of their own; return the code of the refusal, or the result, of each."""

    def run(job):
        try:
            return job()
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=8) as pool:
        return list(pool.map(run, jobs))


def test_fifty_at_once_from_two_focal_points_never_exceed_the_partys_seats(call, jordan, jordanian, fao):
    of_agriculture = Actor(label=fao.person.name, person_id=fao.person_id)

    def job(number):
        return lambda: nominate(
            call,
            party=jordan,
            candidate=Candidate(name=f"Expert {number}", email=f"expert{number}@ministry.example"),
            track="planning",
            sector="forest",
            by=jordanian if number % 2 else of_agriculture,
            at=BEFORE,
        )

    results = at_once(*[job(number) for number in range(50)])
    assert results.count("party_limit") == 48
    live = Nomination.objects.exclude(state="withdrawn")
    assert list(live.order_by("rank").values_list("rank", flat=True)) == [1, 2]
    assert len(set(live.values_list("reference", flat=True))) == 2


def test_one_invitation_comes_of_two_clicks(selected, organizer):
    results = at_once(*[lambda: invite(selected, respond_by=RESPOND_BY, by=organizer, at=DECIDED)] * 4)
    assert results.count("already_invited") == 3
    assert Invitation.objects.count() == 1


def test_accept_and_decline_at_once_leave_one_answer(invitation, nominee, organizer):
    results = at_once(
        *[lambda: accept(invitation, by=nominee, at=DECIDED)] * 3,
        *[lambda: decline(invitation, by=organizer, at=DECIDED)] * 3,
    )
    invitation.refresh_from_db()
    assert invitation.state == "declined"
    assert results.count("illegal_step") >= 4


def test_what_changes_on_the_way_is_written_once_however_often_it_is_pressed(accepted, workshop, organizer, nominee):
    later, last = workshop.starts_on + timedelta(days=7), workshop.ends_on + timedelta(days=7)
    moved = at_once(*[lambda: postpone_workshop(workshop, later, last, "Flood", by=organizer, at=DECIDED)] * 4)
    noted = at_once(*[lambda: send_logistics_note(workshop, "Bring a coat.", by=organizer, at=DECIDED)] * 4)
    asked = at_once(*[lambda: support_visa(accepted, by=nominee, at=DECIDED)] * 4)
    assert moved.count("same_days") == 3
    assert sorted(noted) == [0, 0, 0, 1]
    assert asked.count("written_today") == 3
    workshop.refresh_from_db()
    assert workshop.revision == 1
    written = Counter(Message.objects.values_list("kind", flat=True))
    assert (written["postponement"], written["logistics-note"], written["visa-support"]) == (3, 1, 1)


def test_moving_and_answering_at_once_loses_neither(invitation, workshop, organizer, nominee):
    later, last = workshop.starts_on + timedelta(days=7), workshop.ends_on + timedelta(days=7)
    at_once(
        lambda: postpone_workshop(workshop, later, last, "Flood", by=organizer, at=DECIDED),
        lambda: accept(invitation, by=nominee, at=DECIDED),
        lambda: send_logistics_note(workshop, "Bring a coat.", by=organizer, at=DECIDED),
    )
    invitation.refresh_from_db()
    workshop.refresh_from_db()
    assert (invitation.state, workshop.starts_on) == ("accepted", later)


def test_a_withdrawal_a_signature_and_a_new_order_at_once_lose_nothing(call, jordan, jordanian, fao):
    call.planning_signatures, call.seats_per_party = "both", 3
    call.save()
    of_agriculture = Actor(label=fao.person.name, person_id=fao.person_id)
    rows = [
        nominate(
            call,
            party=jordan,
            candidate=Candidate(name=f"Expert {number}", email=f"expert{number}@ministry.example"),
            track="planning",
            sector="forest",
            by=jordanian,
            at=BEFORE,
        )
        for number in range(3)
    ]
    results = at_once(
        lambda: rerank(call, jordan, rows[::-1], by=jordanian, at=BEFORE),
        lambda: endorse(rows[0], by=of_agriculture, at=BEFORE),
        lambda: endorse(rows[1], by=of_agriculture, at=BEFORE),
        lambda: withdraw(rows[2], by=jordanian, at=BEFORE),
        lambda: rerank(call, jordan, rows[::-1], by=jordanian, at=BEFORE),
    )
    assert not [each for each in results if isinstance(each, str) and each != "not_all_named"]
    assert [Nomination.objects.get(pk=each.pk).state for each in rows] == ["submitted", "submitted", "withdrawn"]
    live = Nomination.objects.exclude(state="withdrawn").values_list("rank", flat=True)
    assert len(set(live)) == 2


def test_two_sides_of_a_dispute_and_a_withdrawal_at_once(call, jordan, jordanian):
    rival = builders.focal_point(jordan, "CBD-FP1", builders.person("Hani", "hani@cabinet.example", language="en"))
    other = Actor(label="Hani", person_id=rival.person_id)

    def job(number, by):
        return lambda: nominate(
            call,
            party=jordan,
            candidate=Candidate(name=f"Expert {number}", email=f"expert{number}@ministry.example"),
            track="biodiversity",
            sector="forest",
            by=by,
            at=BEFORE,
        )

    first = job(0, jordanian)()
    at_once(
        *[job(number, jordanian) for number in range(1, 4)],
        *[job(number, other) for number in range(4, 8)],
        lambda: withdraw(first, by=jordanian, at=BEFORE),
    )
    first.refresh_from_db()
    assert first.state == "withdrawn"
    assert set(Nomination.objects.exclude(pk=first.pk).values_list("state", flat=True)) == {"disputed"}
    sides = Counter(Nomination.objects.filter(state="disputed").values_list("focal_point", flat=True))
    assert max(sides.values()) <= 2
    assert Dispute.objects.count() == 1


def test_taking_both_of_two_joined_nominations_back_at_once_ends_both(call, jordan, jordanian, fao):
    call.planning_signatures = "both"
    call.save()
    of_agriculture = Actor(label=fao.person.name, person_id=fao.person_id)
    first, second = (
        nominate(
            call,
            party=jordan,
            candidate=Candidate(name="Expert", email="expert@ministry.example"),
            track="planning",
            sector="forest",
            by=by,
            at=BEFORE,
        )
        for by in (jordanian, of_agriculture)
    )
    assert second.joined_to == first
    results = at_once(
        lambda: withdraw(second, by=of_agriculture, at=BEFORE), lambda: withdraw(first, by=jordanian, at=BEFORE)
    )
    assert not [each for each in results if isinstance(each, str)]
    assert set(Nomination.objects.values_list("state", "joined_to")) == {("withdrawn", None)}
