"""Who asks the REST API and about what; the rows of the flow are made by its verbs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from accounts.actors import Actor
from accounts.models import User
from participants.models import Call, Invitation, Nomination, Registration
from participants.verbs.calls import close_call, open_call
from participants.verbs.candidates import Candidate
from participants.verbs.invitations import accept, invite
from participants.verbs.nominations import nominate
from participants.verbs.persons import record_person
from participants.verbs.registrations import RegistrationDetails, register
from tests import builders
from tests.conftest import NOW
from tests.decisions import decide
from workshops.models import Party

ROLES = ("organizer", "integrator", "focal_point", "participant", "other_focal_point", "stranger", "anonymous")
DEADLINE = datetime(2014, 3, 21, 14, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Scene:
    """A call to Jordan and Egypt; the participant is Jordan's first nominee, the other focal point Egypt's."""

    by: Actor
    call: Call
    jordan: Party
    egypt: Party
    users: dict[str, User]

    def client(self, role: str) -> APIClient:
        """A client signed in as the role; anonymous for any other word."""
        return client(self.users.get(role))

    def seen(self, path: str) -> dict[str, int]:
        """For each role the number of rows it counts, or the status that refuses it the list."""
        answers = {role: self.client(role).get(path) for role in ROLES}
        return {
            role: got.json()["count"] if got.status_code == 200 else got.status_code for role, got in answers.items()
        }

    def statuses(self, path: str) -> dict[str, int]:
        """For each role the status of one address."""
        return {role: self.client(role).get(path).status_code for role in ROLES}

    def nominated(self, count: int = 1) -> list[Nomination]:
        """So many nominations of Jordan, the first of them of the participant."""
        return [self._nominate(number) for number in range(1, count + 1)]

    def _nominate(self, number: int) -> Nomination:
        name = "Nominee One" if number == 1 else f"Nominee {number}"
        candidate = Candidate(name=name, email=f"{name}@ministry.example".replace(" ", ".").lower())
        return nominate(
            self.call,
            party=self.jordan,
            candidate=candidate,
            track="biodiversity",
            sector="forest",
            signature=builders.official(),
            by=self.by,
            at=NOW,
        )

    def invited(self, count: int = 1) -> list[Invitation]:
        """So many invitations, after call and selection."""
        nominations = self.nominated(count)
        close_call(self.call, by=self.by, at=NOW)
        decide(self.call, selected=nominations, seats=count, by=self.by, at=NOW)
        respond_by = NOW + timedelta(days=30)
        return [invite(each, respond_by=respond_by, by=self.by, at=NOW) for each in nominations]

    def registered(self, count: int = 1) -> list[Registration]:
        """So many registrations, after the invitations were accepted."""
        accepted = [accept(each, by=self.by, at=NOW) for each in self.invited(count)]
        details = RegistrationDetails(badge_name="Nominee")
        return [register(each, details, by=self.by, at=NOW) for each in accepted]


def client(user: User | None = None) -> APIClient:
    """A client signed in as a user, or as nobody."""
    made = APIClient()
    if user is not None:
        made.force_authenticate(user)
    return made


def problem(response: Any) -> tuple[int, str, list[str]]:
    """A refusal as its status, its code and the fields it names."""
    body = response.json()
    return response.status_code, body["code"], [each["field"] for each in body["errors"]]


@pytest.fixture
def then() -> Iterator[datetime]:
    """The moment at which the doors read the clock."""
    with time_machine.travel(NOW, tick=False):
        yield NOW


@pytest.fixture
def scene(then: datetime, organizer: Actor) -> Scene:
    """An open call to two Parties, and somebody of every role."""
    jordan, egypt = builders.party(), builders.party("EGY", "Egypt")
    users = {role: User.objects.create_user(f"{role}@people.example") for role in ROLES[2:6]}
    users["integrator"] = User.objects.create_user("integrator@people.example", role="integrator")
    assert organizer.user is not None
    users["organizer"] = organizer.user
    for role, party in (("focal_point", jordan), ("other_focal_point", egypt)):
        person = builders.person(f"Focal Point of {party}", f"{role}@ministry.example", user=users[role])
        builders.focal_point(party, who=person)
    nominee = record_person(name="Nominee One", email="nominee.one@ministry.example", by=organizer, at=then)
    nominee.user = users["participant"]
    nominee.save(update_fields=["user"])
    workshop = builders.workshop(parties=(jordan, egypt))
    call = open_call(
        workshop, deadline_at=DEADLINE, deadline_zone="Asia/Amman", seats_per_party=3, by=organizer, at=then
    )
    return Scene(by=organizer, call=call, jordan=jordan, egypt=egypt, users=users)
