"""E10: two who say they speak for a Party."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed, Refused
from correspondence.models import Message
from participants.models import Dispute, Nomination
from participants.queries.problems import waiting
from participants.verbs.calls import close_call
from participants.verbs.disputes import settle_dispute
from tests import builders
from tests.participants.conftest import BEFORE, DEADLINE
from tests.participants.test_nominations import put


@pytest.fixture
def newcomer(jordan):
    """Somebody whom another ministry designated to the same office since January."""
    return builders.focal_point(
        jordan,
        "CBD-FP1",
        builders.person("Hani Nasser", "hani@cabinet.example", language="en"),
        valid_from=date(2014, 1, 15),
    )


@pytest.fixture
def rival(newcomer):
    return Actor(label=newcomer.person.name, person_id=newcomer.person_id)


@pytest.fixture
def disputed(call, jordan, jordanian, rival):
    """Two of the one, two of the other; all places are claimed twice."""
    return [put(call, jordan, by, number) for number, by in enumerate([jordanian, jordanian, rival, rival], start=1)]


def states(rows):
    return [Nomination.objects.get(pk=each.pk).state for each in rows]


def test_e10_both_lists_are_stored_and_none_is_taken(disputed, call, organizer):
    assert states(disputed) == ["disputed"] * 4
    assert [each.rank for each in disputed] == [1, 2, 1, 2]
    assert Dispute.objects.get().settled_at is None
    close_call(call, by=organizer, at=DEADLINE)
    assert not waiting(call).exists()
    told = Message.objects.filter(kind="nomination-disputed")
    assert sorted(told.values_list("to_address", flat=True)) == ["hani@cabinet.example", "rana@ministry.example"]


def test_e10_neither_side_exceeds_the_places(disputed, call, jordan, jordanian, rival):
    for by in (jordanian, rival):
        with pytest.raises(Refused) as refused:
            put(call, jordan, by, 9)
        assert refused.value.code == "party_limit"


def test_e10_the_one_who_stood_on_the_date_of_the_letter_counts(disputed, newcomer, organizer):
    done = settle_dispute(Dispute.objects.get(), newcomer, note="Note verbale of 15 January", by=organizer, at=BEFORE)
    assert (done.standing, done.judged_on, done.settled_at) == (newcomer, BEFORE.date(), BEFORE)
    assert states(disputed) == ["set-aside", "set-aside", "submitted", "submitted"]
    letters = Message.objects.filter(kind="dispute-settled")
    assert letters.count() == 2
    english = letters.get(to_address="hani@cabinet.example")
    assert "Hani Nasser" in english.body
    assert "1 February 2014" in english.body
    assert "Note verbale of 15 January" in english.body


def test_e10_who_had_no_mandate_on_that_date_cannot_be_confirmed(disputed, cbd, organizer):
    cbd.valid_to = date(2014, 1, 31)
    cbd.save()
    with pytest.raises(Invalid) as refused:
        settle_dispute(Dispute.objects.get(), cbd, note="They said so", by=organizer, at=BEFORE)
    assert (refused.value.code, refused.value.field) == ("no_standing", "standing")
    assert states(disputed) == ["disputed"] * 4


def test_e10_settling_is_for_organizers_once_and_on_a_ground(disputed, newcomer, fao, jordanian, organizer):
    dispute = Dispute.objects.get()
    with pytest.raises(NotAllowed):
        settle_dispute(dispute, newcomer, note="x", by=jordanian, at=BEFORE)
    with pytest.raises(Invalid, match="ground"):
        settle_dispute(dispute, newcomer, note=" ", by=organizer, at=BEFORE)
    with pytest.raises(Refused, match="sent no nomination"):
        settle_dispute(dispute, fao, note="x", by=organizer, at=BEFORE)
    settle_dispute(dispute, newcomer, note="x", by=organizer, at=BEFORE)
    with pytest.raises(Refused, match="settled already"):
        settle_dispute(dispute, newcomer, note="x", by=organizer, at=BEFORE)


def test_e10_primary_and_secondary_share_a_list_until_one_contests_it(call, jordan, jordanian):
    second = builders.focal_point(
        jordan, "CBD-FP2", builders.person("Dana Saleh", "dana@ministry.example", language="en")
    )
    by = Actor(label="", person_id=second.person_id)
    assert put(call, jordan, jordanian, 1).state == "submitted"
    assert (put(call, jordan, by, 2).state, Dispute.objects.count()) == ("submitted", 0)
    with pytest.raises(Refused, match="places of the Party"):
        put(call, jordan, by, 3)
    contested = put(call, jordan, by, 3, contest=True)
    assert (contested.state, contested.rank) == ("disputed", 1)
    assert sorted(Nomination.objects.values_list("state", flat=True)) == ["disputed"] * 3


def test_e10_a_deputy_carries_the_word_of_the_focal_point(call, jordan, jordanian, cbd):
    deputy = builders.focal_point(
        jordan, "CBD-FP1", builders.person("Deputy", "deputy@ministry.example"), deputy_of=cbd
    )
    put(call, jordan, jordanian, 1)
    assert put(call, jordan, Actor(label="", person_id=deputy.person_id), 2).state == "submitted"
    assert not Dispute.objects.exists()


def test_e10_the_other_track_goes_on_in_places_neither_list_claims(call, jordan, jordanian, rival, fao):
    put(call, jordan, jordanian, 1)
    put(call, jordan, rival, 2)
    by_fao = Actor(label="", person_id=fao.person_id)
    assert (put(call, jordan, by_fao, 3, track="planning").rank, Dispute.objects.count()) == (2, 1)
    with pytest.raises(Refused, match="places of the Party"):
        put(call, jordan, by_fao, 4, track="planning")


def test_one_open_dispute_a_party_and_call(disputed, call, jordan):
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispute.objects.create(call=call, party=jordan, raised_at=BEFORE)
