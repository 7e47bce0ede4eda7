"""Letters a minute: in all, and to single domains."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from correspondence.models import Message, MessageAttempt
from correspondence.verbs.delivery import deliver_due
from tests.conftest import NOW
from tests.correspondence.outbox import acceptance
from tests.correspondence.test_claims import at_once

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def queue(domain: str, count: int) -> None:
    for number in range(count):
        acceptance(key=f"{domain}:{number}", address=f"p{number}@{domain}")


def sent() -> Counter[str]:
    addresses = Message.objects.filter(state="sent").values_list("to_address", flat=True)
    return Counter(address.rpartition("@")[2] for address in addresses)


def test_no_more_letters_a_minute_than_the_limit(settings: Settings):
    settings.MAIL_RATE = 3
    queue("ministry.example", 8)

    assert [deliver_due(at=NOW), deliver_due(at=NOW + MINUTE / 2)] == [3, 0]
    assert deliver_due(at=NOW + MINUTE + timedelta(seconds=1)) == 3
    assert deliver_due(at=NOW + 2 * MINUTE + timedelta(seconds=2)) == 2


def test_a_slow_domain_does_not_keep_the_others(settings: Settings):
    settings.MAIL_DOMAIN_RATES = {"slow.example": 2}
    queue("slow.example", 5)
    queue("ministry.example", 5)

    deliver_due(at=NOW)

    assert sent() == {"slow.example": 2, "ministry.example": 5}


def test_a_domain_over_its_limit_does_not_hide_those_behind_it(settings: Settings):
    settings.MAIL_DOMAIN_RATES = {"slow.example": 1}
    queue("slow.example", 60)  # more than a worker reserves at a time
    queue("ministry.example", 5)

    deliver_due(at=NOW)

    assert sent() == {"slow.example": 1, "ministry.example": 5}


def test_tries_that_were_refused_count(settings: Settings):
    settings.MAIL_RATE = 1
    message = acceptance(1)
    MessageAttempt.objects.create(message=message, number=9, started_at=NOW, finished_at=NOW, outcome="later")

    assert deliver_due(at=NOW + MINUTE / 2) == 0


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_share_the_limit(settings: Settings, tmp_path: Path):
    settings.MAIL_RATE = 10
    queue("ministry.example", 40)

    tried = at_once(tmp_path, lambda: deliver_due(at=NOW))

    assert sum(tried) == 10
