"""What tests of this floor may ask for."""

from datetime import datetime

import pytest

from accounts.actors import Actor
from workshops.models import Programme
from workshops.verbs.seeds import seed


@pytest.fixture
def annex_ii(db: None, now: datetime) -> Programme:
    """The programme of Annex II with all reference data."""
    seed("annex-ii", by=Actor(label="test"), at=now)
    return Programme.objects.get(slug="annex-ii")
