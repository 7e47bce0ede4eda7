"""The page of a call and the questions about its terms."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.actors import Actor
from participants.models import Call, FocalPoint, Nomination, Person
from participants.verbs.extensions import extend_call
from participants.verbs.terms import CallTerms, change_call
from tests import builders
from tests.config.admin.conftest import AT, DEADLINE
from tests.config.admin.test_announcements import held
from tests.config.admin.test_steps import CALL, call, confirm, nomination, start, workshop
from workshops.models import Coverage, Workshop

__all__ = ["call", "nomination", "workshop"]


def page(door: Client, row: Call) -> str:
    return door.get(reverse("admin:participants_call_change", args=[row.pk])).content.decode()


def asked(door: Client, row: Workshop, **answers: Any) -> str:
    """The page that comes back when the answers are wrong."""
    data = {"action": "open_call", "_selected_action": str(row.pk), "counted": "1", "confirm": "1"} | CALL | answers
    return door.post(reverse("admin:workshops_workshop_changelist"), data).content.decode()


@time_machine.travel(AT, tick=False)
def test_e22_a_new_call_is_proposed_until_the_day_is_over_everywhere(door: Client, workshop: Workshop) -> None:
    shown = start(door, "workshops_workshop", "open_call", workshop)
    assert '<option value="Etc/GMT+12" selected>anywhere on Earth, UTC−12</option>' in shown
    assert 'value="23:59"' in shown
    assert shown.count('<details class="more-questions">') == 3


@time_machine.travel(AT, tick=False)
def test_all_terms_are_asked_for_and_kept(door: Client, workshop: Workshop) -> None:
    terms = {
        "tracks": ["biodiversity"],
        "papers": ["letter"],
        "late_policy": "mark",
        "reminder_days": "14، 3",
        "funded_seats": "1",
        "funded_lists": ["ldc"],
        "funding_en": "The Fund pays one.",
        "file_reference": "SCBD/ABS/SBG/ET/ab/833615 January 2014",
        "criteria_en": "Experience in drylands.",
    }
    assert confirm(door, "workshops_workshop", "open_call", workshop, **CALL | terms) == ["1 call opened."]
    made = Call.objects.get()
    assert (made.tracks, made.papers, made.late_policy, made.reminder_days) == (
        ["biodiversity"],
        ["letter"],
        "mark",
        [14, 3],
    )
    assert (made.funded_seats, made.funded_lists, made.funding) == (1, ["ldc"], {"en": "The Fund pays one."})
    assert (made.file_reference, made.issued_on) == ("SCBD/ABS/SBG/ET/ab/83361", date(2014, 1, 5))
    assert made.criteria == {"en": "Experience in drylands."}


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"tracks": []}, "This field is required"),
        ({"reminder_days": "soon"}, "Give numbers of days, such as 14, 7, 2."),
        ({"reminder_days": "7, 7"}, "different numbers of days from 1 to 90"),
        ({"funded_seats": "3"}, "Not more experts can be financed than a Party may nominate."),
        ({"file_reference": "SCBD/ABS/833612 1 March 2014"}, "This can be read as"),
    ],
)
@time_machine.travel(AT, tick=False)
def test_what_is_wrong_is_told_beside_its_field_and_its_part_stands_open(
    answers: dict[str, Any], error: str, door: Client, workshop: Workshop
) -> None:
    shown = asked(door, workshop, **answers)
    assert error in shown
    assert '<details class="more-questions" open>' in shown
    assert not Call.objects.exists()


@time_machine.travel(AT, tick=False)
def test_the_terms_of_a_call_are_changed(door: Client, call: Call) -> None:
    shown = start(door, "participants_call", "change_terms", call)
    assert "Nobody is written to" in shown
    assert 'value="7, 2"' in shown
    answers = {name: value for name, value in CALL.items() if name not in {"day", "time", "zone"}}
    told = confirm(door, "participants_call", "change_terms", call, **answers | {"late_policy": "mark"})
    assert told == ["The terms of 1 call changed."]
    call.refresh_from_db()
    assert call.late_policy == "mark"


@time_machine.travel(AT, tick=False)
def test_e34_the_page_shows_every_deadline_who_extended_and_why(door: Client, call: Call, by: Actor) -> None:
    later = DEADLINE.replace(month=4)
    extend_call(call, later, "Asia/Amman", reason="Several Parties asked for it.", by=by, at=AT)
    shown = page(door, call)
    assert "Extensions" in shown
    assert "Several Parties asked for it." in shown
    assert str(by.label) in shown


@time_machine.travel(AT, tick=False)
def test_e12_the_page_names_who_answered_who_is_silent_and_where_nobody_could_be_asked(
    door: Client, call: Call, nomination: Nomination
) -> None:
    shown = page(door, call)
    assert "1 of 2" in shown
    assert "1 Party has not nominated" in shown
    assert "2 Parties without a focal point of a kind asked" in shown
    assert "no FAO focal point" in shown
    assert reverse("admin:participants_reopening_changelist") + f"?call__id__exact={call.pk}" in shown
    assert reverse("admin:participants_dispute_changelist") + f"?call__id__exact={call.pk}" in shown


def test_the_page_says_the_terms_in_words(door: Client, call: Call, by: Actor) -> None:
    shown = page(door, call)
    assert "National biodiversity expert and National planning, agriculture or forest expert" in shown
    assert (
        "Official letter, Nomination form, and Curriculum vitae" in shown or "Official letter, Nomination form" in shown
    )
    assert "The notification promises no money." in shown
    change_call(call, CallTerms(funded_seats=2, funded_lists=["ldc"]), seats_per_party=2, by=by, at=AT)
    assert "2 experts of each eligible Party: Least developed countries." in page(door, call)


@pytest.mark.parametrize("more", [0, 2])
def test_queries_of_the_page(
    more: int, door: Client, call: Call, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(more):
        party = builders.party(f"ZZ{'AB'[number]}", f"Land {number}")
        builders.focal_point(party)
        Coverage.objects.create(programme=call.workshop.programme, party=party, workshop=call.workshop)
    with django_assert_num_queries(13):
        page(door, call)


@time_machine.travel(AT, tick=False)
def test_a_workshop_is_put_off_and_moved_online(door: Client, call: Call, workshop: Workshop) -> None:
    Person.objects.update(language="en")
    asked_room = start(door, "workshops_workshop", "move_online", workshop)
    assert "letters for visas are no longer written" in asked_room
    room = {"web_address": "https://rooms.example/1", "reason": "Borders are closed."}
    assert confirm(door, "workshops_workshop", "move_online", workshop, **room) == ["1 workshop moved online."]
    assert len(held("moved-online")) == FocalPoint.objects.count()
    off = {"reason": "The venue was damaged."}
    assert confirm(door, "workshops_workshop", "put_off", workshop, **off) == ["1 workshop put off."]
    workshop.refresh_from_db()
    assert (workshop.put_off, workshop.online, workshop.revision) == (True, True, 2)
    shown = door.get(reverse("admin:workshops_workshop_change", args=[workshop.pk])).content.decode()
    assert 'value="put_off"' not in shown
    assert 'value="postpone"' in shown
    assert 'name="web_address"' not in shown
    assert "Put off" in door.get(reverse("admin:workshops_workshop_changelist")).content.decode()
    public = door.get(reverse("workshop", args=[workshop.slug])).content.decode()
    assert "Put off until further notice." in public
    assert "New dates will be told" in public
    assert "Held online." in public
    assert "rooms.example" not in public
