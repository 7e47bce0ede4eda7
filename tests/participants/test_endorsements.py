"""Who signs: the second signature, standing on the date of the letter, officials in place of a focal point."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed, Refused
from correspondence.models import Message
from participants.models import Endorsement, Nomination
from participants.queries.endorsements import missing, waiting_for
from participants.verbs.endorsements import Signature, endorse
from participants.verbs.nominations import withdraw
from tests import builders
from tests.participants.conftest import BEFORE
from tests.participants.test_nominations import put


@pytest.fixture
def both(call):
    """A call that asks for both signatures on the second track."""
    call.planning_signatures = "both"
    call.save()
    return call


@pytest.fixture
def of_agriculture(fao):
    """The FAO focal point of Jordan, acting."""
    return Actor(label=fao.person.name, person_id=fao.person_id)


def test_a_nomination_waits_for_the_second_signature_and_is_submitted_with_it(
    both, jordan, jordanian, of_agriculture, cbd, fao
):
    waiting = put(both, jordan, jordanian, track="planning")
    assert (waiting.state, sorted(missing(waiting)), waiting.rank) == ("waiting", ["fao"], 1)
    asked = Message.objects.get(kind="endorsement-request")
    assert asked.to_address == "omar@agriculture.example"
    assert "الفاو" in asked.body
    done = endorse(waiting, by=of_agriculture, at=BEFORE)
    assert (done.state, missing(done)) == ("submitted", frozenset())
    assert {each.channel: each.focal_point for each in done.endorsements.all()} == {"cbd": cbd, "fao": fao}


def test_either_signature_suffices_where_the_call_says_so(call, jordan, jordanian, of_agriculture):
    assert put(call, jordan, of_agriculture, 1, track="planning").state == "submitted"
    assert put(call, jordan, jordanian, 2, track="planning").state == "submitted"


def test_the_first_track_needs_a_cbd_focal_point_alone(both, jordan, jordanian):
    assert put(both, jordan, jordanian).state == "submitted"


def test_nobody_signs_twice_or_for_another_party(both, jordan, jordanian, of_lebanon, of_agriculture):
    waiting = put(both, jordan, jordanian, track="planning")
    with pytest.raises(NotAllowed):
        endorse(waiting, by=jordanian, at=BEFORE)
    with pytest.raises(NotAllowed):
        endorse(waiting, by=Actor(label="", person_id=of_lebanon.person_id), at=BEFORE)
    endorse(waiting, by=of_agriculture, at=BEFORE)
    with pytest.raises(Refused) as refused:
        endorse(waiting, by=of_agriculture, at=BEFORE)
    assert refused.value.code == "signed_already"


def test_who_waits_for_whom(both, jordan, jordanian, cbd, fao, of_lebanon):
    waiting = put(both, jordan, jordanian, track="planning")
    assert list(waiting_for([fao])) == [waiting]
    assert list(waiting_for([cbd])) == []
    assert list(waiting_for([of_lebanon])) == []


def test_e12_without_an_fao_focal_point_the_primary_one_is_asked_and_the_gap_stays(both, lebanon, of_lebanon):
    by = Actor(label="", person_id=of_lebanon.person_id)
    waiting = put(both, lebanon, by, track="planning")
    assert (waiting.state, sorted(missing(waiting))) == ("waiting", ["fao"])
    assert Message.objects.get(kind="endorsement-request").to_address == "samir@ministry.example"


def test_e12_a_senior_official_signs_where_there_is_no_focal_point(both, lebanon, of_lebanon, organizer):
    waiting = put(both, lebanon, Actor(label="", person_id=of_lebanon.person_id), track="planning")
    done = endorse(waiting, signature=builders.official("fao"), by=organizer, at=BEFORE)
    assert done.state == "submitted"


def test_e11_standing_is_judged_on_the_date_of_the_letter(call, jordan, cbd, organizer):
    cbd.valid_to = date(2014, 1, 20)
    cbd.save()
    with pytest.raises(Invalid) as refused:
        put(call, jordan, organizer, signature=Signature(focal_point=cbd))
    assert (refused.value.code, refused.value.field) == ("no_standing", "signature")
    old = put(call, jordan, organizer, signature=Signature(focal_point=cbd), letter_date=date(2014, 1, 19))
    assert (old.state, old.focal_point, old.letter_date) == ("submitted", cbd, date(2014, 1, 19))


def test_e11_whoever_no_longer_stands_cannot_date_a_letter_back(call, jordan, jordanian, cbd):
    cbd.valid_to = date(2014, 1, 20)
    cbd.save()
    with pytest.raises(NotAllowed):
        put(call, jordan, jordanian, letter_date=date(2014, 1, 19))


def test_e11_a_minister_is_accepted_with_a_note(call, jordan, organizer):
    signature = Signature(official="Minister of Water (synthetic)", note="Notification 2015-044")
    nomination = put(call, jordan, organizer, signature=signature)
    row = Endorsement.objects.get(nomination=nomination)
    assert (row.official, row.note, row.focal_point) == ("Minister of Water (synthetic)", "Notification 2015-044", None)
    assert nomination.state == "submitted"


@pytest.mark.parametrize(
    ("signature", "code", "field"),
    [
        (None, "signature_missing", "signature"),
        (Signature(official=" "), "signature_missing", "signature"),
        (Signature(official="Minister", note=""), "note_missing", "note"),
        (Signature(official="M" * 301, note="why"), "too_long", "official"),
        (Signature(official="Minister", channel="fao", note="why"), "unknown_choice", "channel"),
    ],
)
def test_a_letter_says_who_signed_it(signature, code, field, call, jordan, organizer):
    with pytest.raises(Invalid) as refused:
        put(call, jordan, organizer, signature=signature)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not Nomination.objects.exists()


def test_a_letter_bears_no_date_to_come_and_another_partys_signature_is_refused(call, jordan, of_lebanon, organizer):
    with pytest.raises(Invalid, match="still to come"):
        put(call, jordan, organizer, letter_date=BEFORE.date() + timedelta(days=1))
    with pytest.raises(Invalid, match="another Party"):
        put(call, jordan, organizer, signature=Signature(focal_point=of_lebanon))


def test_e04_the_fao_focal_point_names_whom_cbd_named_and_one_seat_is_held(both, jordan, jordanian, of_agriculture):
    first = put(both, jordan, jordanian, track="planning")
    second = put(both, jordan, of_agriculture, track="planning")
    first.refresh_from_db()
    assert (first.state, first.rank) == ("submitted", 1)
    assert (second.state, second.rank, second.joined_to) == ("joined", None, first)
    assert second.person == first.person
    assert {each.channel for each in first.endorsements.all()} == {"cbd", "fao"}
    assert put(both, jordan, jordanian, 2, track="planning").rank == 2  # one seat is still free


def test_e04_what_was_joined_stands_in_when_the_other_is_taken_back(both, jordan, jordanian, of_agriculture):
    first = put(both, jordan, jordanian, track="planning")
    second = put(both, jordan, of_agriculture, track="planning")
    withdraw(first, by=jordanian, at=BEFORE)
    second.refresh_from_db()
    assert (second.state, second.rank, second.joined_to, sorted(missing(second))) == ("waiting", 1, None, ["cbd"])


def test_e04_taking_the_joined_one_back_takes_its_signature_back(both, jordan, jordanian, of_agriculture):
    first = put(both, jordan, jordanian, track="planning")
    second = put(both, jordan, of_agriculture, track="planning")
    withdraw(second, by=of_agriculture, at=BEFORE)
    first.refresh_from_db()
    assert (first.state, sorted(missing(first))) == ("waiting", ["fao"])


def test_the_database_holds_who_signs(nomination, cbd):
    for wrong in (
        {"channel": "cbd", "focal_point": cbd},
        {"channel": "fao"},
        {"channel": "fao", "focal_point": cbd, "official": "Both"},
        {"channel": "un", "official": "Somebody"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Endorsement.objects.create(nomination=nomination, letter_date=BEFORE.date(), signed_at=BEFORE, **wrong)


def test_a_call_for_one_track_takes_no_other(call, jordan, jordanian):
    call.tracks, call.sectors = ["biodiversity"], ["forest"]
    call.save()
    with pytest.raises(Invalid) as refused:
        put(call, jordan, jordanian, track="planning")
    assert (refused.value.code, refused.value.field) == ("not_asked_for", "track")
    with pytest.raises(Invalid) as refused:
        put(call, jordan, jordanian, sector="agriculture")
    assert (refused.value.code, refused.value.field) == ("not_asked_for", "sector")
