"""Addresses: dead ones, and those of the activity log."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import ActivityEntry
from correspondence.models import DeadAddress
from participants.verbs.purges import purge
from tests import builders
from tests.participants.conftest import BEFORE

pytestmark = pytest.mark.django_db(transaction=True)

PDF = b"%PDF-1.4 a letter"
LAST_DAY = date(2014, 6, 19)


def night(days: int) -> datetime:
    """The night in which so many days have passed since the last day of the workshop."""
    return datetime(2014, 6, 19, 20, 0, tzinfo=UTC) + timedelta(days=days)


def test_a_dead_address_stays_while_somebody_has_it_in_any_script(db):
    builders.person(email="анна@почта.рф")
    for address in ("анна@xn--80a1acny.xn--p1ai", "nobody@ministry.example"):
        DeadAddress.objects.create(address=address, since=BEFORE)
    purge(at=BEFORE + timedelta(days=30, minutes=1))
    assert [each.address for each in DeadAddress.objects.all()] == ["анна@xn--80a1acny.xn--p1ai"]


def test_network_addresses_leave_the_log_after_a_year(invitation):
    ActivityEntry.objects.update(address="192.0.2.1", at=BEFORE)
    purge(at=BEFORE + timedelta(days=365))
    assert not ActivityEntry.objects.filter(at=BEFORE, address__isnull=True).exists()
    purge(at=BEFORE + timedelta(days=365, minutes=1))
    assert not ActivityEntry.objects.filter(address__isnull=False).exists()
