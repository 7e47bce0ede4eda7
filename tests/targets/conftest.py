"""Jordan, its workshop, and its focal point who submits."""

import pytest

from accounts.actors import Actor
from targets.verbs.submissions import ItemDraft, submit_targets
from tests import builders

RESTORE = ItemDraft(title="Restore degraded rangeland", measure="restore", as_written="882.86 km2", unit="km2")


@pytest.fixture
def jordan(db):
    return builders.party("JOR", "Jordan")


@pytest.fixture
def workshop(jordan):
    return builders.workshop(parties=(jordan,))


@pytest.fixture
def programme(workshop):
    return workshop.programme


@pytest.fixture
def focal_point(jordan):
    person = builders.focal_point(jordan).person
    return Actor(label=person.name, person_id=person.pk)


@pytest.fixture
def submit(programme, jordan, focal_point, now):
    def make(*drafts, by=focal_point, at=now, **fields):
        return submit_targets(programme, jordan, items=drafts or (RESTORE,), by=by, at=at, **fields)

    return make


def draft(**fields):
    return ItemDraft(**{"title": "Target", "measure": "restore", **fields})
