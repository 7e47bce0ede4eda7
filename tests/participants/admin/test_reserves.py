"""The reserves on a decision's page and on the organizers' desk."""

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.alerts import alerts
from participants.models import Nomination
from participants.verbs.invitations import decline, invite
from tests import builders
from tests.participants.conftest import DECIDED, RESPOND_BY
from tests.participants.decided import contribution, decide, donor, nominee

pytestmark = pytest.mark.django_db


@pytest.fixture
def door(client: Client) -> Client:
    """An organizer's browser."""
    client.force_login(builders.user("staff@secretariat.example", name="Staff", role="organizer", is_staff=True))
    return client


@pytest.fixture
def four(call, jordan, lebanon, organizer):
    return [
        nominee(call, party, number, organizer)
        for number, party in enumerate([jordan, jordan, lebanon, lebanon], start=1)
    ]


def moved():
    return [alert for alert in alerts(DECIDED) if "moved up" in alert.text]


def page_of(selection):
    return f"/admin/participants/selection/{selection.pk}/change/"


def test_the_page_says_of_each_reserve_where_it_stands(door, call, four):
    first, second, third, fourth = four
    call.seats_per_party = 1
    call.save()
    selection = decide(call, selected=[first], reserves=[second, fourth, third], seats=1)
    page = door.get(page_of(selection)).content.decode()
    section = page[page.index("Reserves, in order") :]
    told = ["Its Party has its 1 place already.", "Moves up next.", "Keeps the rules and waits for a further seat."]
    assert sorted(told, key=section.index) == told
    names = ["Expert 2", "Expert 4", "Expert 3"]
    assert sorted(names, key=section.index) == names


def test_a_proposal_has_no_reserves_yet(door, call, four):
    selection = decide(call, selected=four[:1], reserves=four[1:], seats=1)
    type(selection).objects.update(state="proposed")
    page = door.get(page_of(selection)).content.decode()
    assert "Moves up next." not in page


def test_the_page_asks_as_often_for_three_reserves_as_for_one(door, call, four):
    norway = donor(contribution(call, "Norway"), amount=9000)
    payers = {four[0]: [norway]}
    selection = decide(call, selected=four[:1], reserves=four[1:], seats=4, donors=[norway], payers=payers)
    door.get(page_of(selection))  # Django keeps the content type for the process
    counts = []
    for left in (3, 1):
        selection.entries.filter(position__gt=left).delete()
        with CaptureQueriesContext(connection) as asked:
            assert door.get(page_of(selection)).content.decode().count("Moves up next.") == 1
        counts.append(len(asked))
    assert counts == [19, 19]


def test_the_desk_leads_to_those_who_moved_up_and_are_not_invited(door, call, four, organizer):
    first, second, third, fourth = four
    decide(call, selected=[first, third], reserves=[second, fourth], seats=2)
    assert moved() == []
    for each in (first, third):
        invitation = invite(Nomination.objects.get(pk=each.pk), respond_by=RESPOND_BY, by=organizer, at=DECIDED)
        decline(invitation, by=organizer, at=DECIDED)
    [alert] = moved()
    assert (alert.tone, alert.text) == (
        "waits",
        f"2 people moved up in call {call.symbol} and wait for their invitations",
    )
    with time_machine.travel(DECIDED, tick=False):
        page = door.get(alert.address)
    assert {row.pk for row in page.context["cl"].result_list} == {second.pk, fourth.pk}
    invite(Nomination.objects.get(pk=second.pk), respond_by=RESPOND_BY, by=organizer, at=DECIDED)
    [alert] = moved()
    assert alert.text == f"1 person moved up in call {call.symbol} and waits for an invitation"
    call.workshop.put_off = True
    call.workshop.save()
    assert moved() == []
