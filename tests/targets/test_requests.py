"""Asking Parties for their national targets."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed
from accounts.tokens import derive
from correspondence.models import Message
from participants.models import PersonalLink
from participants.queries.links import resolve
from targets.verbs.requests import ask_for_targets
from tests import builders

AT = datetime(2014, 6, 25, 9, 0, tzinfo=UTC)
DUE = AT + timedelta(days=60)


@pytest.fixture
def workshop(db):
    jordan, lebanon = builders.party(), builders.party("LBN", "Lebanon", language="fr")
    made = builders.workshop(parties=(jordan, lebanon))
    builders.focal_point(jordan)
    builders.focal_point(lebanon)
    builders.focal_point(lebanon, "FAO-FP")
    return made


def test_cbd_focal_points_of_every_party_get_one_letter_with_a_link(workshop, organizer):
    assert ask_for_targets(workshop, due_at=DUE, by=organizer, at=AT) == 2
    letters = {each.to_address: each for each in Message.objects.all()}
    assert set(letters) == {"cbd-fp1.jor@ministry.example", "cbd-fp1.lbn@ministry.example"}
    link = PersonalLink.objects.get(party="LBN")
    assert letters["cbd-fp1.lbn@ministry.example"].link_key == link.pk
    assert resolve(derive(link.pk), "targets", at=AT).workshop == workshop


def test_asking_again_writes_only_to_who_is_new(workshop, organizer):
    ask_for_targets(workshop, due_at=DUE, by=organizer, at=AT)
    builders.focal_point(builders.party(), "CBD-FP2")
    assert ask_for_targets(workshop, due_at=DUE, by=organizer, at=AT) == 1
    assert ask_for_targets(workshop, due_at=DUE, by=organizer, at=AT) == 0
    assert Message.objects.count() == 3


def test_only_organizers_ask_and_only_for_a_day_to_come(workshop, organizer):
    with pytest.raises(NotAllowed):
        ask_for_targets(workshop, due_at=DUE, by=Actor(label="guest"), at=AT)
    with pytest.raises(Invalid, match="over already"):
        ask_for_targets(workshop, due_at=AT, by=organizer, at=AT)
    assert not Message.objects.exists()
