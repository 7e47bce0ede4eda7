"""Moving a workshop into a virtual room."""

import pytest

from accounts.errors import Invalid, NotAllowed, Refused
from correspondence.models import Message
from participants.models import Nomination, Person
from participants.verbs.invitations import invite
from participants.verbs.moves_online import move_online
from participants.verbs.put_offs import put_off_workshop
from participants.verbs.visas import may_ask, support_visa
from tests.participants.conftest import BEFORE, DECIDED, RESPOND_BY
from workshops.models import Workshop

WHY = "Borders are closed."
ROOM = "https://rooms.example/western-asia"
PAGE = "http://127.0.0.1:8000/workshops/amman-2014/"


@pytest.fixture
def nomination(nomination: Nomination) -> Nomination:
    """All letters of this module are read in English."""
    Person.objects.update(language="en")
    nomination.refresh_from_db()
    return nomination


@pytest.fixture
def moved(workshop: Workshop, organizer):
    def done(room: str = ROOM, at=DECIDED) -> Workshop:
        return move_online(workshop, WHY, room, by=organizer, at=at)

    return done


def letters() -> dict[str, Message]:
    return {each.to_address: each for each in Message.objects.filter(kind="moved-online").order_by("created_at", "pk")}


def test_e26_everyone_is_told_and_the_room_to_invited_people_alone(accepted, moved):
    workshop = moved()
    assert (workshop.online, workshop.web_address, workshop.revision) == (True, ROOM, 1)
    told = letters()
    assert {address: ROOM in each.body for address, each in told.items()} == {
        "suharyanto@ministry.example": True,
        "rana@ministry.example": False,
        "omar@agriculture.example": False,
    }
    assert f"Address: {PAGE}" in told["rana@ministry.example"].body
    assert "Dates: 15–19 June 2014" in told["rana@ministry.example"].body
    event = told["suharyanto@ministry.example"].enclosures["calendar"]
    assert (event["place"], event["address"], event["revision"], event["cancelled"]) == ("Online", ROOM, 1, False)


def test_e26_who_is_nominated_and_not_decided_on_is_told_without_the_room(nomination, moved):
    moved(at=BEFORE)
    theirs = letters()["suharyanto@ministry.example"]
    assert ROOM not in theirs.body
    assert nomination.reference in theirs.body
    assert theirs.enclosures == {}


def test_letters_after_it_name_no_city(selected, organizer, moved):
    moved()
    invite(selected, respond_by=RESPOND_BY, by=organizer, at=DECIDED)
    body = Message.objects.get(kind="invitation").body
    assert "virtual format, hosted by Jordan" in body
    assert "Amman, Jordan" not in body


def test_nobody_needs_a_visa(accepted, nominee, moved):
    assert may_ask(accepted, DECIDED)
    moved()
    accepted.nomination.call.workshop.refresh_from_db()
    assert not may_ask(accepted, DECIDED)
    with pytest.raises(Refused) as refused:
        support_visa(accepted, by=nominee, at=DECIDED)
    assert refused.value.code == "workshop_online"


def test_the_room_can_be_told_later(accepted, moved):
    assert moved("").web_address == ""
    assert f"Address: {PAGE}" in letters()["suharyanto@ministry.example"].body
    again = moved(ROOM)
    assert (again.web_address, again.revision) == (ROOM, 2)
    assert f"Address: {ROOM}" in letters()["suharyanto@ministry.example"].body
    with pytest.raises(Refused) as refused:
        moved(ROOM)
    assert refused.value.code == "online_already"


@pytest.mark.parametrize(
    "room", ["rooms.example", "javascript:alert(1)", "ftp://rooms.example", "https://x.example/" + "x" * 300]
)
def test_a_wrong_address_is_refused(room, workshop, moved):
    with pytest.raises(Invalid) as refused:
        moved(room)
    assert (refused.value.code, refused.value.field) == ("web_address_wrong", "web_address")
    workshop.refresh_from_db()
    assert not workshop.online


def test_what_was_put_off_needs_days_first(workshop, organizer, moved):
    put_off_workshop(workshop, WHY, by=organizer, at=BEFORE)
    with pytest.raises(Refused) as refused:
        moved()
    assert refused.value.code == "workshop_put_off"


def test_only_organizers_move(workshop, jordanian):
    with pytest.raises(NotAllowed):
        move_online(workshop, WHY, ROOM, by=jordanian, at=BEFORE)
