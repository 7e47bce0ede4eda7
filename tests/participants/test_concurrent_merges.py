"""Merging while others merge, undo, nominate and look for duplicates: nobody is lost and nobody waits for ever."""

import pytest

from participants.models import Merge, Nomination
from participants.verbs.calls import open_call
from participants.verbs.candidates import Candidate
from participants.verbs.duplicates import find_pairs
from participants.verbs.merges import merge, undo_merge
from participants.verbs.nominations import nominate
from participants.verbs.persons import change_person
from tests import builders
from tests.participants.conftest import BEFORE, DEADLINE, DECIDED
from tests.participants.test_concurrency import at_once
from workshops.models import Coverage

pytestmark = pytest.mark.django_db(transaction=True)

WHY = "The same passport was shown"


def put(call, party, name, email, track, by, channel):
    candidate = Candidate(name=name, email=email)
    return nominate(
        call,
        party=party,
        candidate=candidate,
        track=track,
        sector="forest",
        signature=builders.official(channel),
        by=by,
        at=BEFORE,
    )


@pytest.fixture
def two(call, jordan, organizer):
    return (
        put(call, jordan, "Mohammed Saleh", "m.saleh@ministry.example", "biodiversity", organizer, "cbd").person,
        put(call, jordan, "محمد صالح", "saleh@mail.example", "planning", organizer, "fao").person,
    )


def test_merging_from_both_sides_at_once_makes_one_merge(two, organizer):
    one, other = two
    results = at_once(
        *[lambda: merge(one, other, reason=WHY, by=organizer, at=DECIDED)] * 3,
        *[lambda: merge(other, one, reason=WHY, by=organizer, at=DECIDED)] * 3,
    )
    assert results.count("merged_already") == 5
    done = Merge.objects.get()
    results = at_once(*[lambda: undo_merge(done, by=organizer, at=DECIDED)] * 4)
    assert results.count("undone_already") == 3
    assert {each.person.nominations.count() for each in Nomination.objects.all()} == {1}


def test_nominating_and_merging_at_once_leaves_nobody_with_the_merged_row(
    two, workshop, jordan, lebanon, call, organizer
):
    kept, gone = two
    other = builders.workshop("beirut-2014", host=lebanon)
    Coverage.objects.filter(workshop=workshop).update(workshop=other)  # the Parties are served by the next workshop now
    second = open_call(other, deadline_at=DEADLINE, deadline_zone="UTC", seats_per_party=2, by=organizer, at=BEFORE)

    at_once(
        lambda: put(second, jordan, gone.name, gone.email, "planning", organizer, "fao"),
        lambda: merge(kept, gone, reason=WHY, by=organizer, at=DECIDED),
        lambda: find_pairs(everybody=True, at=DECIDED),
        lambda: change_person(kept, position="Director", by=organizer, at=DECIDED),
    )
    assert Merge.objects.count() == 1
    assert not gone.nominations.exists()
    assert kept.nominations.filter(call=second).count() == 1
