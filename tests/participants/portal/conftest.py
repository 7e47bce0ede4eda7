"""Links and addresses of the pages, and the day on which they are opened."""

import pytest
import time_machine

from participants.models import PersonalLink
from participants.portal.links import address
from tests.participants.conftest import BEFORE


@pytest.fixture
def in_february():
    """Open the pages before the deadline of the call."""
    with time_machine.travel(BEFORE, tick=False):
        yield


@pytest.fixture
def nominate_url(call, cbd, in_february) -> str:
    return address(PersonalLink.objects.get(call=call, person=cbd.person))


@pytest.fixture
def invitation_url(invitation):
    with time_machine.travel(invitation.invited_at, tick=False):
        yield address(PersonalLink.objects.get(invitation=invitation))
