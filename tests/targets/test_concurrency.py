"""Two people at once, on a database that lets them be."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from accounts.actors import CLOCK
from accounts.errors import Refused
from targets.models import Compilation, Submission
from targets.verbs.compilations import compile_submissions, request_compilation
from targets.verbs.submissions import ItemDraft, accept_submission, submit_targets
from tests import builders

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
ITEMS = (ItemDraft(title="Restore", measure="restore", value=Decimal(5), unit="ha"),)


def at_once(*steps: Callable[[], Any]) -> list[Any]:
    """Run the steps in threads of their own; a refusal is an answer too."""

    def run(step):
        try:
            return step()
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(run, steps))


@pytest.fixture
def jordan():
    return builders.party("JOR", "Jordan")


@pytest.fixture
def programme(jordan):
    return builders.workshop(parties=(jordan,)).programme


def test_versions_sent_at_once_are_numbered_one_by_one(programme, jordan, now):
    def submit():
        return submit_targets(programme, jordan, items=ITEMS, by=CLOCK, at=now).version

    assert sorted(at_once(*[submit] * 6)) == [1, 2, 3, 4, 5, 6]
    assert Submission.objects.get(state="submitted").version == 6


def test_of_accepting_and_sending_anew_at_once_both_orders_leave_one_of_each(programme, jordan, now):
    waiting = submit_targets(programme, jordan, items=ITEMS, by=CLOCK, at=now)

    def accept():
        return accept_submission(waiting, by=CLOCK, at=now).state

    def submit():
        return submit_targets(programme, jordan, items=ITEMS, by=CLOCK, at=now).version

    accepted, sent = at_once(accept, submit)
    waiting.refresh_from_db()
    assert sent == 2
    assert (accepted, waiting.state) in {("accepted", "accepted"), ("illegal_step", "superseded")}


def test_compilations_asked_for_at_once_have_numbers_of_their_own_and_are_made_once(programme, now):
    def request():
        return request_compilation(programme, by=CLOCK, at=now).number

    assert sorted(at_once(request, request, request)) == [1, 2, 3]
    key = Compilation.objects.get(number=1).pk
    made = at_once(*[lambda: compile_submissions(key, at=now)] * 3)
    assert sorted(each is not None for each in made) == [False, False, True]
