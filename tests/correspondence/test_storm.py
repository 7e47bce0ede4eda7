"""3,000 invitations through a storm: nobody gets two letters, nobody is skipped, and every doubt has a worker's death to it.

Real PostgreSQL and Redis, real worker processes, a real SMTP server. Workers are killed with -9 at random moments, Redis is
flushed, the server drops connections and answers 421, 451 and 550 by script. ``make test`` runs it by itself and shows the
counts it prints.
"""

import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from celery import Celery
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from redis import Redis

from accounts.actors import Actor
from correspondence.models import Message, MessageState
from correspondence.verbs.sweeps import sweep
from participants.models import Invitation
from participants.verbs.invitations import invite
from tests.correspondence.crowd import crowd
from tests.correspondence.weather import Weather, number_of
from tests.correspondence.workers import SLOTS, Workers

pytestmark = [pytest.mark.storm, pytest.mark.services, pytest.mark.django_db(transaction=True)]

INVITEES = 3000
KILLS = 10
FLUSHES = 3
PATIENCE_SECONDS = 240.0
SEED = 20261120
RANDOM = random.Random(SEED)


@pytest.fixture
def redis_url() -> str:
    """A database of Redis that only this test uses: it is flushed."""
    return settings.REDIS_URL.rpartition("/")[0] + "/9"


@pytest.fixture
def broker(redis_url: str) -> Iterator[Celery]:
    """The broker the workers listen to."""
    Redis.from_url(redis_url).flushdb()
    app = Celery("storm", broker=redis_url, set_as_current=False)
    app.set_current()
    yield app
    app.close()
    Redis.from_url(redis_url).flushdb()


@pytest.fixture
def weather(broker: Celery) -> Iterator[Weather]:
    with Weather() as server:
        yield server


@pytest.fixture
def workers(weather: Weather, redis_url: str, tmp_path: Path) -> Iterator[Workers]:
    crew = Workers(tmp_path, smtp_port=weather.port, redis_url=redis_url)
    yield crew
    crew.close()


def let_time_pass() -> None:
    """Let every wait be over: that of a refusal for now, of a dead worker's reservation, of a server that was away."""
    now = timezone.now()
    with transaction.atomic():
        # What a worker holds at this moment is left to its next turn: waiting for it while holding others is a deadlock.
        queued = Message.objects.select_for_update(skip_locked=True).filter(state=MessageState.QUEUED)
        waiting = Message.objects.filter(pk__in=list(queued.values_list("pk", flat=True)))
        waiting.filter(due_at__gt=now).update(due_at=now)
        waiting.filter(claimed_at__isnull=False).update(claimed_at=F("claimed_at") - timedelta(minutes=2))


def in_state(*states: str) -> int:
    return Message.objects.filter(state__in=states).count()


def rage(workers: Workers, redis_url: str) -> int:
    """Kill and flush until every blow has fallen and no letter waits; return how many workers were killed."""
    blows = ["kill"] * KILLS + ["flush"] * FLUSHES
    RANDOM.shuffle(blows)
    workers.start()
    killed, until, next_blow = 0, time.monotonic() + PATIENCE_SECONDS, time.monotonic() + 3
    while blows or in_state("queued", "sending"):
        assert time.monotonic() < until, f"{in_state('queued')} letters still wait"
        sweep(at=timezone.now())
        let_time_pass()
        if blows and time.monotonic() > next_blow:
            killed += strike(blows.pop(), workers, redis_url)
            next_blow = time.monotonic() + RANDOM.uniform(0.2, 2.5)
        if not blows and not in_state("queued"):
            break
        time.sleep(0.2)
    return killed


def strike(blow: str, workers: Workers, redis_url: str) -> int:
    if blow == "flush":
        Redis.from_url(redis_url).flushdb()
        return 0
    workers.start()  # its successor is there first, as a supervisor would see to it
    workers.kill(RANDOM.choice(workers.running[:-1]))
    return 1


def test_every_invitee_has_one_mail_or_a_row_that_says_why_not(
    workers: Workers, weather: Weather, redis_url: str, organizer: Actor, capsys: pytest.CaptureFixture[str]
):
    began = timezone.now()
    nominations, respond_by = crowd(INVITEES, at=began)
    workers.start()
    for nomination in nominations:
        invite(nomination, respond_by=respond_by, by=organizer, at=timezone.now())
        if nomination.reference.endswith("999"):
            strike("kill", workers, redis_url)

    killed = rage(workers, redis_url) + INVITEES // 1000
    assert set(workers.stop(30)) <= {0, -signal.SIGTERM}  # the latter when it had hardly begun
    settle_the_dead(began)

    states = Counter(Message.objects.values_list("state", flat=True))
    with capsys.disabled():
        print(  # noqa: T201  # the figures are what the test is for
            f"\n   {INVITEES} invitations, {killed} workers of {SLOTS} slots killed, Redis flushed {FLUSHES} times:"
            f" {dict(sorted(states.items()))}; the server said {dict(sorted(weather.said.items()))}"
        )
    assert Invitation.objects.count() == Message.objects.count() == INVITEES
    assert set(states) <= {"sent", "failed", "uncertain"}
    assert states["uncertain"] <= killed * SLOTS
    check_each(weather)


def settle_the_dead(began: datetime) -> None:
    """Sweep as beat does eleven minutes later."""
    while sweep(at=timezone.now() + timedelta(minutes=11)).uncertain:
        pass
    assert not Message.objects.filter(created_at__lt=began).exists()


def check_each(weather: Weather) -> None:
    """Compare what the server took with what the outbox says, letter by letter."""
    assert set(weather.taken.values()) == {1}  # nobody has two
    rows = {str(row.pk): row for row in Message.objects.all()}
    assert set(weather.taken) <= set(rows)
    for key, row in rows.items():
        refused = number_of(row.to_address) % 50 == 7
        if row.state == MessageState.SENT:
            assert weather.taken[key] == 1
            assert not refused
        elif row.state == MessageState.FAILED:
            assert key not in weather.taken
            assert (refused, row.detail) == (True, "550 5.1.1 Bad weather")
        assert row.attempts.count() == row.attempts_made
