"""A focal point puts another expert in the seat of one selected (E29)."""

from datetime import timedelta

import pytest
import time_machine

from participants.models import Nomination
from tests import builders
from tests.participants.conftest import DECIDED

pytestmark = pytest.mark.django_db

OTHER = {
    "name": "Daw Mya",
    "email": "mya@ministry.example",
    "gender": "woman",
    "sector": "forest",
    "letter_date": "2014-04-02",
    "reason": "A new post",
}


@pytest.fixture
def own(client, cbd, call, accepted):
    """The page of Jordan's focal point, by the session, the day after the decision."""
    cbd.person.user = builders.user("rana@ministry.example")
    cbd.person.save()
    with time_machine.travel(DECIDED + timedelta(days=1), tick=False):
        client.force_login(cbd.person.user)
        yield f"/my/calls/{call.pk}/JOR/"


def test_e29_the_list_leads_to_it_and_the_other_is_invited(client, own, accepted):
    nomination = accepted.nomination
    url = f"{own}{nomination.pk}/substitute/"
    assert url in client.get(own).text
    assert "is told that the invitation no longer stands" in client.get(url).text
    done = client.post(url, OTHER, follow=True)
    assert "received" in done.text
    after = Nomination.objects.get(replaces=nomination)
    assert (after.state, after.invitation.state, after.person.name) == ("selected", "open", "Daw Mya")
    nomination.refresh_from_db()
    assert nomination.state == "withdrawn"


@pytest.mark.parametrize(
    ("change", "field"), [({"reason": ""}, "reason"), ({"name": ""}, "name"), ({"email": "x"}, "email")]
)
def test_what_is_missing_is_said_beside_its_field(client, own, accepted, change, field):
    response = client.post(f"{own}{accepted.nomination.pk}/substitute/", OTHER | change)
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.text


def test_once_the_workshop_has_begun_it_is_not_offered(client, own, accepted, workshop):
    workshop.starts_on = DECIDED.date()
    workshop.save()
    assert "substitute" not in client.get(own).text
    refused = client.post(f"{own}{accepted.nomination.pk}/substitute/", OTHER)
    assert "The workshop has begun" in refused.text
