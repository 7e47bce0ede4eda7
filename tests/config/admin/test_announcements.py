"""What changes after people were asked: each step asks first, then leads to the letters it wrote, which wait to be let go."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client

from accounts.actors import Actor
from correspondence.models import Mailing, Message
from participants.models import Attendance, Call, FocalPoint, Invitation, Nomination
from participants.verbs.calls import close_call
from participants.verbs.invitations import accept, invite
from targets.verbs.submissions import ItemDraft, submit_targets
from tests import builders
from tests.config.admin.conftest import AT, DEADLINE, RESPOND_BY, Planner
from tests.config.admin.test_steps import call, confirm, nomination, start, workshop
from tests.decisions import decide
from workshops.models import Workshop

__all__ = ["call", "nomination", "workshop"]

EXTENSION = {"day": "2014-04-04", "time": "17:00", "zone": "Asia/Amman"}
DAYS = {"starts_on": "2014-09-14", "ends_on": "2014-09-18", "reason": "The venue was damaged."}
AFTER = datetime(2014, 6, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def invitation(nomination: Nomination, call: Call, by: Actor) -> Invitation:
    """The invitation of the one selected, accepted."""
    close_call(call, by=by, at=DEADLINE)
    decide(call, by=by, at=DEADLINE)
    nomination.refresh_from_db()
    return accept(invite(nomination, respond_by=RESPOND_BY, by=by, at=DEADLINE), by=by, at=DEADLINE)


def held(kind: str) -> list[str]:
    """Who has a letter of a kind that waits to be let go."""
    return sorted(Message.objects.filter(kind=kind, held=True).values_list("to_address", flat=True))


@time_machine.travel(AT, tick=False)
def test_a_call_is_extended(door: Client, call: Call) -> None:
    asked = start(door, "participants_call", "extend", call)
    assert "2 focal points get a letter with the new deadline" in asked
    assert 'value="2014-04-04"' in asked  # a fortnight after the deadline there is
    assert confirm(door, "participants_call", "extend", call, **EXTENSION) == ["1 call extended."]
    call.refresh_from_db()
    assert call.deadline_at == datetime(2014, 4, 4, 14, 0, tzinfo=UTC)
    assert len(held("call-extension")) == 2
    assert Mailing.objects.get().title == "Extension of a call: ANNEX2-AMM"


@time_machine.travel(AT, tick=False)
def test_an_earlier_deadline_is_refused_in_a_sentence_and_leaves_no_mailing(door: Client, call: Call) -> None:
    told = confirm(door, "participants_call", "extend", call, **EXTENSION | {"day": "2014-03-01"})
    assert told == ["1 skipped: The new deadline must come after the one there is. (ANNEX2-AMM-001)"]
    assert not Mailing.objects.exists()


@time_machine.travel(DEADLINE, tick=False)
def test_a_workshop_is_moved_to_other_days(door: Client, invitation: Invitation, workshop: Workshop) -> None:
    asked = start(door, "workshops_workshop", "postpone", workshop)
    assert "1 invited person gets a letter with the new calendar file" in asked
    assert 'value="2014-06-15"' in asked
    assert confirm(door, "workshops_workshop", "postpone", workshop, **DAYS) == ["1 workshop moved."]
    workshop.refresh_from_db()
    assert (workshop.starts_on, workshop.revision) == (date(2014, 9, 14), 1)
    assert held("postponement") == ["cbd-fp1.jor@ministry.example", "suharyanto@ministry.example"]


@pytest.mark.parametrize(
    "answers", [{"reason": ""}, {"starts_on": "soon"}, {"ends_on": ""}, {"reason": "x" * 1001}], ids=str
)
@time_machine.travel(DEADLINE, tick=False)
def test_a_postponement_asks_again_for_what_is_missing(
    answers: dict[str, str], door: Client, workshop: Workshop
) -> None:
    assert confirm(door, "workshops_workshop", "postpone", workshop, **DAYS | answers) == []
    workshop.refresh_from_db()
    assert workshop.revision == 0


@time_machine.travel(DEADLINE, tick=False)
def test_a_note_goes_to_who_accepted(door: Client, invitation: Invitation, workshop: Workshop) -> None:
    assert "1 person who accepted gets the note." in start(door, "workshops_workshop", "note", workshop)
    note = {"note": "The hotel is beside the venue.\r\n\r\nA bus leaves at 10:00."}
    assert confirm(door, "workshops_workshop", "note", workshop, **note) == ["1 letter written."]
    assert held("logistics-note") == ["suharyanto@ministry.example"]
    assert "venue.\n\nA bus" in Message.objects.get(kind="logistics-note").body
    assert confirm(door, "workshops_workshop", "note", workshop, **note) == ["0 letters written."]


@time_machine.travel(DEADLINE, tick=False)
def test_a_letter_for_the_visa_is_sent_for_a_person(door: Client, invitation: Invitation) -> None:
    assert confirm(door, "participants_invitation", "visa", invitation) == ["1 letter written."]
    assert held("visa-support") == ["suharyanto@ministry.example"]
    told = confirm(door, "participants_invitation", "visa", invitation)
    assert told == [f"1 skipped: A letter for Suharyanto was written today. ({invitation})"]


@time_machine.travel(DEADLINE, tick=False)
def test_answers_for_people_are_confirmed_in_letters_that_are_held(
    door: Client, invitation: Invitation, workshop: Workshop
) -> None:
    assert confirm(door, "participants_invitation", "decline", invitation, reason="Ill") == ["1 refusal recorded."]
    assert held("decline-received") == ["suharyanto@ministry.example"]
    assert Mailing.objects.get().title == f"Refusals recorded: {workshop.reference}"
    Invitation.objects.update(state="open")
    Message.objects.filter(kind="acceptance-received").delete()
    assert confirm(door, "participants_invitation", "accept", invitation) == ["1 acceptance recorded."]
    assert held("acceptance-received") == ["suharyanto@ministry.example"]
    assert confirm(door, "participants_invitation", "accept", invitation)[0].startswith("1 skipped: ")
    assert Mailing.objects.count() == 2


@time_machine.travel(AFTER, tick=False)
def test_decisions_on_targets_are_told_in_letters_that_are_held(door: Client, workshop: Workshop) -> None:
    party = builders.party("JOR")
    focal = Actor(label="Focal point", person_id=FocalPoint.objects.get(party=party).person_id)
    draft = ItemDraft(title="Restore forest", measure="restore")
    for step, kind, answers, title in (
        ("return", "submission-returned", {"reason": "Give the unit."}, "Targets returned"),
        ("accept", "submission-accepted", {}, "Targets accepted"),
    ):
        submission = submit_targets(workshop.programme, party, items=[draft], by=focal, at=AFTER)
        confirm(door, "targets_submission", step, submission, **answers)
        assert held(kind) == ["cbd-fp1.jor@ministry.example"]
        assert Mailing.objects.latest("pk").title == f"{title}: {workshop.reference}"


@time_machine.travel(AFTER, tick=False)
def test_certificates_go_to_who_was_present(door: Client, planner: Planner) -> None:
    planner.grow()
    planner.grow()
    rows = list(Attendance.objects.all())
    assert "Certify 2 people" in start(door, "participants_attendance", "certify", *rows)
    assert confirm(door, "participants_attendance", "certify", *rows) == ["2 certificates written."]
    assert held("certificate") == ["nominee.a@ministry.example", "nominee.b@ministry.example"]
    assert confirm(door, "participants_attendance", "certify", *rows) == ["0 certificates written."]


def test_steps_stand_where_they_fit(door: Client, invitation: Invitation, call: Call, workshop: Workshop) -> None:
    workshop.refresh_from_db()
    shown = door.get(f"/admin/workshops/workshop/{workshop.pk}/change/").content.decode()
    assert "Move to other days" in shown
    assert "Send a note on logistics" in shown
    assert "Changes told" in shown
    assert (
        "Send a letter for the visa"
        in door.get(f"/admin/participants/invitation/{invitation.pk}/change/").content.decode()
    )
    decided = door.get(f"/admin/participants/call/{call.pk}/change/").content.decode()
    assert "Extend the deadline" not in decided
