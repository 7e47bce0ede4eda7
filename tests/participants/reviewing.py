"""Reviewers of a call, and what they give."""

from datetime import datetime
from uuid import UUID

from accounts.actors import Actor
from accounts.models import User
from participants.models import Call, Nomination, Review, Selection
from participants.verbs.candidates import Candidate
from participants.verbs.nominations import nominate
from participants.verbs.reviewers import name_reviewer
from participants.verbs.reviews import score
from tests import builders
from tests.participants.conftest import BEFORE, DECIDED
from workshops.models import Party


def named(call: Call, name: str, party: Party, *, by: Actor, role: str = "reviewer", at: datetime = BEFORE) -> Actor:
    """Somebody who reviews a call, acting; an organizer with that role."""
    user = builders.user(
        f"{name}@review.example".lower(), name=name, role=role, is_staff=role == "organizer", language="en"
    )
    name_reviewer(call, user, party, by=by, at=at)
    return Actor(label=name, user=user)


def account(by: Actor) -> User:
    """The account of somebody who acts."""
    assert by.user is not None
    return by.user


def each(call: Call, *given: int) -> dict[UUID, int]:
    """Marks on the criteria of a call in their order; the last one again for the rest."""
    keys = list(call.scored.values_list("pk", flat=True))
    return dict(zip(keys, (*given, *[given[-1]] * len(keys)), strict=False))


def gave(nomination: Nomination, by: Actor, *given: int, at: datetime = BEFORE) -> Review:
    """A review of a nomination."""
    return score(nomination, each(nomination.call, *given), by=by, at=at)


def nominee(call: Call, party: Party, number: int, *, by: Actor, at: datetime = BEFORE) -> Nomination:
    """A nomination of a Party, entered by an organizer."""
    candidate = Candidate(
        name=f"Nominee {number} of {party.code}",
        email=f"nominee{number}.{party.code}@ministry.example".lower(),
        position="Head of section (synthetic)",
        phone="+962 6 000 0000",
    )
    return nominate(
        call,
        party=party,
        candidate=candidate,
        track="biodiversity",
        sector="forest",
        expertise="Restoration of drylands",
        signature=builders.official(),
        by=by,
        at=at,
    )


def decided(call: Call) -> Selection:
    """An approved selection, as a row: how it comes about is another matter."""
    return Selection.objects.create(
        call=call, number=1, state="approved", seats=1, proposed_at=DECIDED, decided_at=DECIDED
    )
