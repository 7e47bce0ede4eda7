"""Two people at once: limits and single steps hold on SQLite and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from accounts.errors import Refused
from participants.models import Invitation, Nomination
from participants.verbs.invitations import accept, decline, invite
from participants.verbs.nominations import Candidate, nominate
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


def test_twenty_at_once_never_exceed_the_partys_seats(call, jordan, jordanian, organizer):
    def job(number):
        return lambda: nominate(
            call,
            party=jordan,
            candidate=Candidate(name=f"Expert {number}", email=f"expert{number}@ministry.example"),
            track="biodiversity",
            sector="forest",
            by=jordanian if number % 2 else organizer,
            at=BEFORE,
        )

    results = at_once(*[job(number) for number in range(20)])
    assert results.count("party_limit") == 18
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
