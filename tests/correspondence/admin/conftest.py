"""An organizer's browser, a workshop in Amman whose call is open, and the addresses of letters."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actors import Actor
from participants.models import Call
from participants.verbs.calls import open_call
from tests import builders

KIND, LANGUAGE = "call-reminder", "fr"
BODY = "Cher {name},\n\nAvant le {deadline}.\n\n{link}\n\n{signatory}\n"


def page(name: str = "write", kind: str = KIND, language: str = LANGUAGE, *more: Any) -> str:
    return reverse(f"admin:correspondence_lettertemplate_{name}", args=[kind, language, *more])


def typed(**changes: object) -> dict[str, object]:
    return {"subject": "Rappel {symbol}", "body": BODY, "workshop": "", "based_on": "0", **changes}


def read(door: Client, address: str) -> str:
    got = door.get(address)
    assert got.status_code == 200
    return got.content.decode()


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
