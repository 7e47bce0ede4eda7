"""Dead addresses, and those that live again."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from accounts.actors import Actor
from accounts.errors import NotAllowed, Refused
from accounts.models import ActivityEntry
from correspondence.models import DeadAddress
from correspondence.queries.addresses import dead, dead_among, revived_since, visible_to
from correspondence.verbs.addresses import revive_address
from correspondence.verbs.delivery import deliver_due
from tests import builders
from tests.conftest import NOW
from tests.correspondence.outbox import acceptance

pytestmark = pytest.mark.django_db

AMAL = "amal@ministry.example"


@pytest.fixture
def buried(db: None) -> DeadAddress:
    return DeadAddress.objects.create(address=AMAL, since=NOW, detail="550 5.1.1 User unknown")


def test_an_organizer_says_that_an_address_works_again(buried: DeadAddress, organizer: Actor):
    assert dead_among([AMAL, "badr@ministry.example"]) == {AMAL: "550 5.1.1 User unknown"}

    revive_address(buried, by=organizer, at=NOW + timedelta(days=1))

    assert dead_among([AMAL]) == {}
    assert not dead().exists()
    assert revived_since(AMAL, NOW)
    assert not revived_since(AMAL, NOW + timedelta(days=1))
    entry = ActivityEntry.objects.get()
    assert (entry.verb, entry.subject_label, entry.actor_label) == ("revive_address", AMAL, organizer.label)


def test_it_is_said_once(buried: DeadAddress, organizer: Actor):
    revive_address(buried, by=organizer, at=NOW)
    with pytest.raises(Refused) as refused:
        revive_address(buried, by=organizer, at=NOW + timedelta(days=1))
    assert refused.value.code == "address_works"
    buried.refresh_from_db()
    assert buried.revived_at == NOW


def test_others_say_nothing(buried: DeadAddress):
    with pytest.raises(NotAllowed):
        revive_address(buried, by=Actor(label="guest", user=builders.user("guest@ministry.example")), at=NOW)


def test_an_address_is_dead_once_at_a_time(buried: DeadAddress, organizer: Actor):
    with pytest.raises(IntegrityError), transaction.atomic():
        DeadAddress.objects.create(address=AMAL, since=NOW)
    revive_address(buried, by=organizer, at=NOW)
    DeadAddress.objects.create(address=AMAL, since=NOW)


def test_organizers_alone_see_them(buried: DeadAddress, organizer: Actor):
    assert organizer.user is not None
    assert list(visible_to(organizer.user)) == [buried]
    assert not visible_to(builders.user("guest@ministry.example")).exists()
    assert not visible_to(AnonymousUser()).exists()


@pytest.mark.django_db(transaction=True)
def test_mail_flows_again(buried: DeadAddress, organizer: Actor, mailoutbox: list[object]):
    revive_address(buried, by=organizer, at=NOW)
    message = acceptance()
    deliver_due(at=NOW)
    message.refresh_from_db()
    assert (message.state, len(mailoutbox)) == ("sent", 1)
