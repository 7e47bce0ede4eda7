"""Steps: GET changes nothing, the first POST asks, the second does, and refusals are told with counts."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import ActivityEntry
from correspondence.models import Message
from participants.models import Attendance, Call, FocalPoint, Invitation, Nomination, PersonalLink, Registration
from participants.verbs.calls import open_call
from participants.verbs.candidates import Candidate
from participants.verbs.nominations import nominate
from targets.models import Compilation, Submission
from tests import builders
from tests.config.admin.conftest import AT, DEADLINE, Planner
from workshops.models import Workshop

CALL: dict[str, Any] = {
    "day": "2014-03-21",
    "time": "17:00",
    "zone": "Asia/Amman",
    "seats_per_party": "2",
    "tracks": ["biodiversity", "planning"],
    "planning_signatures": "either",
    "sectors": ["conservation", "forest", "agriculture", "planning"],
    "papers": ["letter", "form", "cv"],
    "late_policy": "refuse",
    "reminder_days": "7, 2",
    "funded_seats": "0",
}


def start(door: Client, noun: str, step: str, *rows: Any) -> str:
    """Ask for a step; return the text of the page of questions."""
    data = {"action": step, "_selected_action": [str(row.pk) for row in rows], "index": "0"}
    return door.post(reverse(f"admin:{noun}_changelist"), data).content.decode()


def confirm(door: Client, noun: str, step: str, *rows: Any, **answers: Any) -> list[str]:
    """Confirm a step; return the messages shown."""
    data = {
        "action": step,
        "_selected_action": [str(row.pk) for row in rows],
        "counted": str(len(rows)),
        "confirm": "1",
    }
    page = door.post(reverse(f"admin:{noun}_changelist"), data | answers, follow=True)
    return [str(message) for message in page.context["messages"]]


@pytest.fixture
def workshop(db: None) -> Workshop:
    """A planned workshop for Jordan and Lebanon, each with a focal point."""
    parties = (builders.party("JOR", "Jordan"), builders.party("LBN", "Lebanon"))
    for party in parties:
        builders.focal_point(party)
    return builders.workshop(parties=parties)


@pytest.fixture
def call(workshop: Workshop, by: Actor) -> Call:
    return open_call(workshop, deadline_at=DEADLINE, deadline_zone="Asia/Amman", seats_per_party=2, by=by, at=AT)


@pytest.fixture
def nomination(call: Call, by: Actor) -> Nomination:
    return nominate(
        call,
        party=builders.party("JOR"),
        candidate=Candidate(name="Suharyanto", email="suharyanto@ministry.example"),
        track="biodiversity",
        sector="forest",
        signature=builders.official(),
        by=by,
        at=AT,
    )


@time_machine.travel(AT, tick=False)
def test_a_call_is_opened_after_a_page_that_names_how_many_letters_go_out(door: Client, workshop: Workshop) -> None:
    asked = start(door, "workshops_workshop", "open_call", workshop)
    assert "2 focal points get a letter, each with a personal link to nominate." in asked
    assert "Open 1 call" in asked
    assert not Call.objects.exists()
    assert confirm(door, "workshops_workshop", "open_call", workshop, **CALL) == ["1 call opened."]
    call = Call.objects.get()
    assert (call.deadline_at, call.deadline_zone) == (datetime(2014, 3, 21, 15, 0, tzinfo=UTC), "Asia/Amman")
    assert Message.objects.count() == 2
    assert ActivityEntry.objects.get(verb="open_call").address == "127.0.0.1"


@time_machine.travel(AT, tick=False)
def test_a_second_submit_of_the_same_page_is_refused_politely(door: Client, workshop: Workshop) -> None:
    confirm(door, "workshops_workshop", "open_call", workshop, **CALL)
    [told] = confirm(door, "workshops_workshop", "open_call", workshop, **CALL)
    assert told.startswith("1 skipped: The workshop is “Call open” and cannot become “Call open”.")
    assert Call.objects.count() == 1


@time_machine.travel(AT, tick=False)
@pytest.mark.parametrize(
    ("answers", "error"),
    [
        (
            {"day": "2014-03-30", "time": "02:30", "zone": "Europe/Berlin"},
            "The clocks of this place leave out this time",
        ),
        ({"day": "9999-12-31", "time": "23:00", "zone": "America/Lima"}, "Choose a day nearer to now"),
        ({"day": "", "time": "17:00", "zone": "Asia/Amman"}, "This field is required"),
        ({"day": "2014-03-21", "time": "17:00", "zone": "Mars/Olympus"}, "Select a valid choice"),
    ],
)
def test_an_impossible_deadline_comes_back_beside_its_field(
    answers: dict[str, str], error: str, door: Client, workshop: Workshop
) -> None:
    data = {"action": "open_call", "_selected_action": str(workshop.pk), "counted": "1", "confirm": "1"}
    page = door.post(reverse("admin:workshops_workshop_changelist"), data | CALL | answers)
    assert error in page.content.decode()
    assert not Call.objects.exists()


@time_machine.travel(AT, tick=False)
def test_one_refusal_leaves_the_other_rows_alone(door: Client, workshop: Workshop) -> None:
    nobody = builders.workshop("nowhere-2014", parties=(builders.party("XXX", "Nowhere"),))
    told = confirm(door, "workshops_workshop", "open_call", workshop, nobody, **CALL)
    assert told[0] == "1 call opened."
    assert told[1].startswith("1 skipped: No focal point of the Parties served has an address")
    assert Call.objects.get().workshop == workshop


def test_rows_that_changed_since_the_page_was_shown_are_asked_about_again(door: Client, call: Call) -> None:
    data = {"action": "close", "_selected_action": str(call.pk), "counted": "5", "confirm": "1"}
    page = door.post(reverse("admin:participants_call_changelist"), data)
    assert "The rows have changed since you looked" in page.content.decode()
    call.refresh_from_db()
    assert call.state == "open"


def test_a_step_on_rows_that_are_gone_does_nothing(door: Client, call: Call) -> None:
    data = {"action": "close", "_selected_action": "00000000-0000-0000-0000-000000000000", "index": "0"}
    page = door.post(reverse("admin:participants_call_changelist"), data, follow=True)
    assert "nothing was done" in page.content.decode()


def test_get_never_does_a_step(door: Client, call: Call) -> None:
    data = {"action": "close", "_selected_action": str(call.pk), "counted": "1", "confirm": "1"}
    door.get(reverse("admin:participants_call_changelist"), data)
    call.refresh_from_db()
    assert call.state == "open"


@time_machine.travel(AT, tick=False)
def test_a_call_is_reminded_and_closed_from_its_own_page(door: Client, nomination: Nomination) -> None:
    call = nomination.call
    page = door.get(reverse("admin:participants_call_change", args=[call.pk])).content.decode()
    assert "1 Party has not nominated" in page
    assert "Remind the silent Parties" in page
    assert confirm(door, "participants_call", "remind", call) == ["1 reminder written."]
    assert confirm(door, "participants_call", "remind", call) == ["0 reminders written."]
    assert confirm(door, "participants_call", "close", call) == ["1 call closed."]


@time_machine.travel(DEADLINE, tick=False)
def test_the_selected_are_invited_with_counts_and_reasons(door: Client, planner: Planner) -> None:
    planner.grow()
    invited = Nomination.objects.get()
    [told] = confirm(
        door, "participants_nomination", "invite", invited, day="2014-05-01", time="12:00", zone="Asia/Amman"
    )
    assert told.startswith("1 skipped: ")
    assert "(" + invited.reference + ")" in told


def test_the_steps_of_the_flow_each_call_their_verb(door: Client, planner: Planner) -> None:
    workshop = planner.grow()
    registration, submission = Registration.objects.get(), Submission.objects.get()
    with time_machine.travel(datetime(2014, 6, 16, 9, 0, tzinfo=UTC), tick=False):
        told = confirm(door, "participants_registration", "attend", registration, day="2014-06-16")
        assert told == ["1 person marked as present."]
        assert Attendance.objects.count() == 2
        assert confirm(door, "participants_registration", "attend", registration, day="2014-06-30")[0].startswith(
            "1 skipped: The workshop was not held on this day."
        )
        assert confirm(door, "targets_submission", "return", submission, reason="Give the unit.") == [
            "1 submission returned."
        ]
        assert confirm(door, "targets_submission", "accept", submission)[0].startswith("1 skipped: ")
        assert confirm(door, "workshops_workshop", "compile", workshop) == ["1 compilation asked for."]
        assert confirm(
            door, "workshops_workshop", "ask_targets", workshop, day="2014-09-01", time="12:00", zone="UTC"
        ) == ["1 letter written."]
        assert confirm(door, "workshops_workshop", "reported", workshop) == ["1 workshop marked as reported."]
        assert confirm(door, "participants_invitation", "decline", Invitation.objects.get(), reason="Ill") == [
            "1 refusal recorded."
        ]
        assert confirm(
            door, "participants_personallink", "revoke", PersonalLink.objects.filter(purpose="nominate").get()
        ) == ["1 link revoked."]
        assert confirm(door, "participants_focalpoint", "end", FocalPoint.objects.get(), on="2014-06-16") == [
            "1 mandate ended."
        ]
    assert Compilation.objects.count() == 2


def test_messages_are_queued_again_and_withdrawn(door: Client, call: Call) -> None:
    failed, queued = Message.objects.order_by("to_address")
    Message.objects.filter(pk=failed.pk).update(state="failed")
    assert confirm(door, "correspondence_message", "retry", failed) == ["1 message queued again."]
    assert confirm(door, "correspondence_message", "cancel", queued) == ["1 message withdrawn."]


def test_selecting_all_rows_across_pages_names_and_does_all(door: Client, call: Call) -> None:
    address = reverse("admin:correspondence_message_changelist")
    first = Message.objects.all()[0]
    data = {"action": "cancel", "_selected_action": str(first.pk), "select_across": "1", "index": "0"}
    asked = door.post(address, data).content.decode()
    assert "Withdraw 2 messages" in asked
    assert 'name="select_across" value="1"' in asked
    page = door.post(address, data | {"counted": "2", "confirm": "1"} | {"_selected_action": ""}, follow=True)
    assert [str(message) for message in page.context["messages"]] == ["2 messages withdrawn."]


def test_a_step_from_a_rows_page_leads_back_to_it(door: Client, call: Call) -> None:
    data = {"action": "close", "_selected_action": str(call.pk), "counted": "1", "confirm": "1", "from_row": "1"}
    got = door.post(reverse("admin:participants_call_changelist"), data)
    assert got.headers["Location"] == reverse("admin:participants_call_change", args=[call.pk])
