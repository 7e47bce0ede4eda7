"""An organizer's browser, and a workshop in Amman whose call is open."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.actors import Actor
from participants.models import Call
from participants.verbs.calls import open_call
from tests import builders


@pytest.fixture
def door(organizer: Actor, client: Client) -> Client:
    """The organizer's browser."""
    assert organizer.user is not None
    client.force_login(organizer.user)
    return client


@pytest.fixture
def call(organizer: Actor) -> Call:
    """An open call to Jordan; pages read the clock, so its days lie ahead of it."""
    now = timezone.now()
    jordan = builders.party("JOR", "Jordan")
    builders.focal_point(jordan, who=builders.person("رنا العلي", "rana@ministry.example"))
    starts = (now + timedelta(days=90)).date()
    workshop = builders.workshop(parties=(jordan,), starts_on=starts)
    return open_call(
        workshop,
        deadline_at=now + timedelta(days=20),
        deadline_zone="Asia/Amman",
        seats_per_party=2,
        by=organizer,
        at=datetime(2014, 1, 6, 9, 0, tzinfo=UTC),
    )
