"""Two organizers at once: a call and its workshop change once, and what nominations rest on is never taken away."""

from collections import Counter

import pytest

from correspondence.models import Message
from participants.models import Nomination, Person
from participants.verbs.calls import open_call
from participants.verbs.candidates import Candidate
from participants.verbs.extensions import extend_call
from participants.verbs.moves_online import move_online
from participants.verbs.nominations import nominate
from participants.verbs.put_offs import put_off_workshop
from participants.verbs.terms import CallTerms, change_call
from tests.participants.conftest import BEFORE, DEADLINE, DECIDED
from tests.participants.test_concurrency import at_once
from tests.participants.test_extensions import LATER

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_call_is_opened_once(workshop, cbd, organizer, now):
    moment = {"deadline_at": DEADLINE, "deadline_zone": "UTC", "seats_per_party": 2, "by": organizer, "at": now}
    results = at_once(*[lambda: open_call(workshop, **moment)] * 4)
    assert results.count("illegal_step") == 3
    assert Message.objects.count() == 1


def test_a_call_is_extended_once(call, organizer):
    results = at_once(*[lambda: extend_call(call, LATER, "Asia/Amman", by=organizer, at=BEFORE)] * 4)
    assert results.count("deadline_not_later") == 3
    assert call.extensions.count() == 1
    assert Message.objects.filter(kind="call-extension").count() == 3


def test_a_workshop_is_put_off_and_moved_once(accepted, workshop, organizer):
    Person.objects.update(language="en")
    moved = at_once(*[lambda: move_online(workshop, "Closed.", "https://r.example", by=organizer, at=DECIDED)] * 4)
    off = at_once(*[lambda: put_off_workshop(workshop, "Flood.", by=organizer, at=DECIDED)] * 4)
    assert (moved.count("online_already"), off.count("put_off_already")) == (3, 3)
    workshop.refresh_from_db()
    assert workshop.revision == 2
    written = Counter(Message.objects.values_list("kind", flat=True))
    assert (written["moved-online"], written["put-off"]) == (3, 3)


def test_seats_taken_at_once_are_not_taken_away(call, jordan, jordanian, organizer):
    def job(number):
        candidate = Candidate(name=f"Expert {number}", email=f"expert{number}@ministry.example")
        return lambda: nominate(
            call, party=jordan, candidate=candidate, track="planning", sector="forest", by=jordanian, at=BEFORE
        )

    at_once(
        *[job(number) for number in range(3)],
        lambda: change_call(call, CallTerms(), seats_per_party=1, by=organizer, at=BEFORE),
    )
    call.refresh_from_db()
    assert Nomination.objects.count() <= call.seats_per_party
