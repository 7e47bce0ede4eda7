"""The desk: what is due today, and where every workshop stands, in as many questions for three workshops as for one."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from accounts.models import User
from config.alerts import Alert, alerts
from config.desk import Due, Figures, latest_about, standings
from correspondence.models import Message
from correspondence.verbs.mailings import writing
from correspondence.verbs.relay import mark_away, stop_mail
from participants.models import Call, Invitation, Person
from participants.verbs.calls import close_call
from targets.models import Compilation
from tests import builders
from tests.config.admin.conftest import AT, DEADLINE, RESPOND_BY, Planner, by, door, planner, staff
from tests.correspondence.outbox import acceptance
from workshops.models import Workshop

__all__ = ["by", "door", "planner", "staff"]  # fixtures of the admin's tests

LATER = datetime(2014, 6, 20, 9, 0, tzinfo=UTC)


def told(found: list[Alert]) -> list[tuple[str, str]]:
    return [(alert.tone, alert.text) for alert in found]


def test_a_workshop_that_was_held_shows_all_its_figures(planner: Planner, staff: User) -> None:
    workshop = planner.grow()
    [row] = standings(staff)
    assert row.workshop == workshop
    assert row.figures == Figures(
        parties=1,
        nominated=1,
        nominations=1,
        selected=1,
        invited=1,
        accepted=1,
        declined=0,
        registered=1,
        attended=1,
        submissions=1,
        queued=5,
        sent=0,
        failed=0,
    )
    assert row.due is None


def test_the_next_date_follows_the_workshops_life(planner: Planner, staff: User) -> None:
    workshop = planner.grow()
    Workshop.objects.update(stage="planned")
    assert standings(staff)[0].due == Due("First day", date(2014, 6, 15), "Asia/Amman")
    Workshop.objects.update(stage="invited")
    Invitation.objects.update(state="open")
    assert standings(staff)[0].due == Due("First answer due", RESPOND_BY, "Asia/Amman")
    Call.objects.update(state="open", deadline_zone="Asia/Beirut")
    assert standings(staff)[0].due == Due("Nominations close", DEADLINE, "Asia/Beirut")
    Workshop.objects.filter(pk=workshop.pk).update(stage="cancelled")
    Call.objects.update(state="cancelled")
    Invitation.objects.update(state="cancelled")
    assert standings(staff)[0].due is None


@pytest.mark.parametrize(
    ("due", "now", "text"),
    [
        (
            Due("x", datetime(2014, 3, 21, 15, 0, tzinfo=UTC), "Asia/Amman"),
            datetime(2014, 3, 18, 21, 0, tzinfo=UTC),
            "Friday 21 March 2014, 17:00 in Amman (in 3 days)",
        ),
        (
            Due("x", datetime(2014, 3, 21, 15, 0, tzinfo=UTC), "Asia/Amman"),
            datetime(2014, 3, 21, 5, 0, tzinfo=UTC),
            "Friday 21 March 2014, 17:00 in Amman (today)",
        ),
        (
            Due("x", date(2014, 6, 15), "Asia/Amman"),
            datetime(2014, 6, 16, 5, 0, tzinfo=UTC),
            "Sunday 15 June 2014 (1 day ago)",
        ),
        (
            Due("x", date(2014, 6, 15), "Asia/Amman"),
            datetime(2016, 6, 16, 5, 0, tzinfo=UTC),
            "Sunday 15 June 2014 (2 years ago)",
        ),
    ],
)
def test_dates_are_told_with_weekday_place_and_distance(due: Due, now: datetime, text: str) -> None:
    assert due.told(now) == text


def test_nothing_is_due_in_an_empty_planner(db: None) -> None:
    assert alerts(AT) == []


def test_what_is_late_comes_before_what_is_due(planner: Planner) -> None:
    planner.grow()
    Call.objects.update(state="open")
    first, second, third = Message.objects.order_by("pk")[:3]
    Message.objects.filter(pk=first.pk).update(state="failed")
    Message.objects.filter(pk=second.pk).update(state="uncertain")
    Message.objects.filter(pk=third.pk).update(state="bounced")
    Invitation.objects.update(state="open")
    Compilation.objects.update(state="failed")
    assert told(alerts(LATER)) == [
        (
            "late",
            "Call SERA-CIT-001 is past its deadline and still open: Friday 21 March 2014, 16:00 in Amman (3 months ago)",
        ),
        ("late", "1 dispute over who speaks for a Party is open"),
        ("late", "1 invitation has no answer and its date has passed"),
        ("late", "1 message came back"),
        ("late", "1 message failed"),
        ("late", "1 message may or may not have gone out: decide"),
        ("late", "1 compilation failed"),
        ("waits", "1 Party asks for more time"),
        ("waits", "1 submission waits for review"),
    ]


def test_a_call_is_due_in_its_last_week_and_then_waits_for_a_decision(planner: Planner, by: Actor) -> None:
    planner.grow()
    Call.objects.update(state="open")
    calls = [text for _tone, text in told(alerts(DEADLINE - timedelta(days=6))) if text.startswith("Call")]
    assert calls == ["Call SERA-CIT-001 closes Friday 21 March 2014, 16:00 in Amman (in 6 days)"]
    assert not [text for _tone, text in told(alerts(DEADLINE - timedelta(days=8))) if text.startswith("Call")]
    call = Call.objects.get()
    call.nominations.update(state="submitted")
    close_call(call, by=by, at=DEADLINE)
    assert ("waits", "Call SERA-CIT-001 is closed and 1 nomination waits for a decision") in told(alerts(LATER))


def test_practice_is_shown_apart_and_asks_for_nothing(planner: Planner, door: Client) -> None:
    workshop = planner.grow()
    workshop.programme.rehearsal_of = builders.programme()
    workshop.programme.save()
    Person.objects.update(rehearsal=workshop.programme)
    Call.objects.update(state="open")
    assert alerts(LATER) == []
    page = door.get("/admin/")
    assert [row.workshop for row in page.context["practice"]] == [workshop]
    assert page.context["real"] == []


def test_the_desk_asks_as_often_for_three_workshops_as_for_one(planner: Planner, door: Client) -> None:
    counts = []
    for more in (1, 2):
        for _each in range(more):
            planner.grow()
        with time_machine.travel(LATER, tick=False), CaptureQueriesContext(connection) as asked:
            assert door.get("/admin/").status_code == 200
        counts.append(len(asked))
    assert counts == [32, 32]


def test_a_workshops_page_shows_its_life_and_what_was_done_last(planner: Planner, door: Client) -> None:
    workshop = planner.grow()
    page = door.get(f"/admin/workshops/workshop/{workshop.pk}/change/").content.decode()
    assert "Staff closed the call SERA-CIT-001." in page
    assert 'aria-current="step">Held' in page
    assert "Compile the targets" in page
    assert "Open the call" not in page
    assert [entry.verb for entry in latest_about(workshop)] == [
        "advance",
        "advance",
        "approve",
        "advance",
        "enter_selection",
        "close_call",
        "set_criteria",
        "open_call",
        "advance",
    ]


def test_the_desk_tells_of_mail_that_waits_for_a_person_or_a_server(by: Actor, staff: User) -> None:
    with writing("Invitations: ANNEX2-AMM", by=by, at=AT) as mailing:
        acceptance(1, mailing=mailing)
        acceptance(2, mailing=mailing)
    acceptance(3)
    assert told(alerts(AT)) == [("waits", "A mailing of 2 letters waits for you: Invitations: ANNEX2-AMM")]
    assert alerts(AT)[0].address == f"/admin/correspondence/mailing/{mailing.pk}/change/"
    mark_away("Connection refused", at=AT)
    away = alerts(AT)[0]
    assert (away.tone, away.text) == ("late", "The mail server is away since 6 Jan 2014, 09:00 UTC; 1 letter waits")
    assert away.address == "/admin/correspondence/message/mail-server/"
    stop_mail(by=by, at=AT)
    assert told(alerts(AT))[0] == ("late", f"{staff} stopped all mail (6 Jan 2014, 09:00 UTC); 1 letter waits")
