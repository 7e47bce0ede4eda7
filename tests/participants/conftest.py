"""A workshop in Amman for Jordan and Lebanon, with focal points, up to the moment a test begins."""

from datetime import UTC, datetime

import pytest

from accounts.actors import Actor
from participants.models import Call, FocalPoint, Invitation, Nomination
from participants.verbs.calls import close_call, open_call
from participants.verbs.candidates import Candidate
from participants.verbs.invitations import accept, invite
from participants.verbs.nominations import nominate
from tests import builders
from tests.decisions import decide
from workshops.models import Party, Workshop

DEADLINE = datetime(2014, 3, 21, 14, 0, tzinfo=UTC)
RESPOND_BY = datetime(2014, 5, 1, 12, 0, tzinfo=UTC)
BEFORE = datetime(2014, 2, 1, 9, 0, tzinfo=UTC)
DECIDED = datetime(2014, 4, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def jordan(db: None) -> Party:
    return builders.party("JOR", "Jordan", language="ar")


@pytest.fixture
def lebanon(db: None) -> Party:
    return builders.party("LBN", "Lebanon", language="fr")


@pytest.fixture
def workshop(jordan: Party, lebanon: Party) -> Workshop:
    return builders.workshop(parties=(jordan, lebanon))


@pytest.fixture
def cbd(jordan: Party) -> FocalPoint:
    return builders.focal_point(jordan, "CBD-FP1", builders.person("رنا العلي", "rana@ministry.example"))


@pytest.fixture
def fao(jordan: Party) -> FocalPoint:
    return builders.focal_point(jordan, "FAO-FP", builders.person("Omar Haddad", "omar@agriculture.example"))


@pytest.fixture
def of_lebanon(lebanon: Party) -> FocalPoint:
    return builders.focal_point(
        lebanon, "CBD-FP1", builders.person("Samir Khoury", "samir@ministry.example", language="en")
    )


@pytest.fixture
def call(
    workshop: Workshop, cbd: FocalPoint, fao: FocalPoint, of_lebanon: FocalPoint, organizer: Actor, now: datetime
) -> Call:
    return open_call(
        workshop, deadline_at=DEADLINE, deadline_zone="Asia/Amman", seats_per_party=2, by=organizer, at=now
    )


@pytest.fixture
def jordanian(cbd: FocalPoint) -> Actor:
    """The CBD focal point of Jordan, acting."""
    return Actor(label=cbd.person.name, person_id=cbd.person_id)


@pytest.fixture
def nomination(call: Call, jordan: Party, jordanian: Actor) -> Nomination:
    return nominate(
        call,
        party=jordan,
        candidate=Candidate(name="Suharyanto", email="suharyanto@ministry.example"),
        track="biodiversity",
        sector="forest",
        by=jordanian,
        at=BEFORE,
    )


@pytest.fixture
def selected(nomination: Nomination, call: Call, organizer: Actor) -> Nomination:
    close_call(call, by=organizer, at=DEADLINE)
    decide(call, by=organizer, at=DECIDED)
    nomination.refresh_from_db()
    return nomination


@pytest.fixture
def invitation(selected: Nomination, organizer: Actor) -> Invitation:
    return invite(selected, respond_by=RESPOND_BY, by=organizer, at=DECIDED)


@pytest.fixture
def nominee(invitation: Invitation) -> Actor:
    """The invited person, acting."""
    person = invitation.nomination.person
    return Actor(label=person.name, person_id=person.pk)


@pytest.fixture
def accepted(invitation: Invitation, nominee: Actor) -> Invitation:
    return accept(invitation, by=nominee, at=DECIDED)
