"""What each Party has answered, and where nobody could be asked."""

from datetime import date

import pytest
from django.utils import timezone

from participants.models import Call, Dispute
from participants.queries.answers import answers
from participants.queries.gaps import gaps
from participants.verbs.terms import CallTerms, change_call
from tests import builders
from tests.participants.conftest import BEFORE
from workshops.models import Coverage, Region, RegionMembership

TODAY = date(2014, 2, 1)


def test_e12_a_party_without_a_focal_point_of_a_kind_is_listed(call, fao):
    assert [(party.pk, channel) for party, channel in gaps(call, TODAY)] == [("LBN", "fao")]
    fao.valid_to = TODAY
    fao.save()
    assert [(party.pk, channel) for party, channel in gaps(call, TODAY)] == [("JOR", "fao"), ("LBN", "fao")]


def test_e12_who_has_no_address_cannot_be_asked(call, of_lebanon):
    of_lebanon.person.email = ""
    of_lebanon.person.save()
    assert [(party.pk, channel) for party, channel in gaps(call, TODAY)] == [("LBN", "cbd"), ("LBN", "fao")]


def test_e12_only_what_a_track_asks_for_can_be_missing(call, organizer):
    change_call(call, CallTerms(tracks=("biodiversity",)), seats_per_party=2, by=organizer, at=BEFORE)
    call.refresh_from_db()
    assert gaps(call, TODAY) == []


def test_e18_a_state_that_is_no_party_yet_is_no_gap(call, workshop):
    sudan = builders.party("SSD", "South Sudan", in_force_on=date(2014, 5, 18))
    Coverage.objects.create(programme=workshop.programme, party=sudan, workshop=workshop)
    assert "SSD" not in {party.pk for party, _channel in gaps(call, TODAY)}
    assert "SSD" in {party.pk for party, _channel in gaps(call, date(2014, 5, 18))}


def test_who_has_answered_with_how_many_and_who_is_silent(nomination, call):
    jordan, lebanon = answers(call, TODAY)
    assert (jordan.party.pk, jordan.nominated, jordan.seats, jordan.silent, jordan.gaps) == ("JOR", 1, 2, False, [])
    assert (lebanon.party.pk, lebanon.nominated, lebanon.silent, lebanon.gaps) == (
        "LBN",
        0,
        True,
        ["FAO focal point"],
    )


def test_e10_a_party_in_dispute_is_not_silent(call, lebanon):
    Dispute.objects.create(call=call, party=lebanon, raised_at=timezone.now())
    assert [(each.silent, each.disputed) for each in answers(call, TODAY)] == [(True, False), (False, True)]


def test_e20_who_is_financed_stood_in_the_list_on_the_day_of_the_call(call, jordan, lebanon):
    assert [each.financed for each in answers(call, TODAY)] == [None, None]
    call.funded_seats = 1
    assert [each.financed for each in answers(call, TODAY)] == [True, True]
    ldc = Region.objects.create(slug="ldc", of_list="ldc")
    RegionMembership.objects.create(region=ldc, party=jordan, valid_to=date(2014, 1, 7))
    RegionMembership.objects.create(region=ldc, party=lebanon, valid_to=date(2014, 1, 1))
    call.funded_lists = ["ldc"]
    assert [each.financed for each in answers(call, TODAY)] == [True, False]


@pytest.mark.parametrize("more", [0, 2])
def test_queries(more, call, workshop, django_assert_num_queries):
    for number in range(more):
        party = builders.party(f"ZZ{'AB'[number]}", f"Land {number}")
        Coverage.objects.create(programme=workshop.programme, party=party, workshop=workshop)
    seen = Call.objects.select_related("workshop__programme").get(pk=call.pk)
    with django_assert_num_queries(6):
        assert len(answers(seen, TODAY)) == 2 + more
